"""Recording complaints, deciding them, and recording what was seen of a date's teaching."""

import datetime
import uuid

from django.db import transaction

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError
from providers.models import Commission, Complaint, Engagement, Observation, Provider
from training.catalogue.models import Event
from training.people.models import User
from training.web.when import london_day


@transaction.atomic
def record_complaint(
    *,
    provider: Provider | None,
    event: Event | None,
    received_on: datetime.date,
    about: str,
    submission: uuid.UUID | None,
    by: User,
    now: datetime.datetime,
) -> Complaint:
    """About a provider, one of its dates, or neither: the partnership itself. The same form twice is one.

    With a date alone it is about whoever has the order for it. Raises ProvidersError.
    """
    person = require_contracts(by)
    if submission and (same := Complaint.objects.filter(submission=submission).first()):
        return same
    if received_on > london_day(now):
        raise ProvidersError("Enter the day on which it came, not one to come.")
    if not (text := " ".join(about.split())):
        raise ProvidersError("Say what it is about, without names.")
    ordered = _provider_of(event) if event else None
    if provider and event and ordered != provider:
        raise ProvidersError(f"{event.reference} is not ordered from {provider}. Choose one or the other.")
    return Complaint.objects.create(
        provider=provider or ordered, event=event, received_on=received_on, about=text, recorded_by=person,
        recorded_at=now, submission=submission,
    )  # fmt: skip


@transaction.atomic
def decide_complaint(
    *, complaint: Complaint, standing: str, decided_on: datetime.date, outcome: str, by: User, now: datetime.datetime
) -> Complaint:
    """Upheld, not upheld or taken back, with what came of it. A second click changes nothing. ProvidersError."""
    person = require_contracts(by)
    locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if locked.standing != Complaint.Standing.OPEN:
        return locked
    if not locked.received_on <= decided_on <= london_day(now):
        raise ProvidersError("Enter the day of the decision: not before the complaint came, and not one to come.")
    if not (text := " ".join(outcome.split())):
        raise ProvidersError("Enter what came of it.")
    locked.move_to(standing, on=decided_on, outcome=text, by=person)
    return locked


@transaction.atomic
def record_observation(
    *,
    event: Event,
    who: str,
    verdict: str,
    what_was_seen: str,
    submission: uuid.UUID | None,
    by: User,
    now: datetime.datetime,
) -> Observation:
    """On the day on which the date began. The same form twice is one. Raises ProvidersError.

    Somebody of that name whom the provider engages is refused: they would judge themselves.
    """
    person = require_contracts(by)
    if submission and (same := Observation.objects.filter(submission=submission).first()):
        return same
    if event.starts_at is None or event.starts_at > now or event.standing == Event.Standing.CANCELLED:
        raise ProvidersError("This date has not run, so nobody can have seen it.")
    who, seen = " ".join(who.split()), what_was_seen.strip()
    if not who or not seen:
        raise ProvidersError("Enter who was there and what they saw.")
    provider, on = _provider_of(event), london_day(event.starts_at)
    if provider and Engagement.objects.on(on).filter(person__name__iexact=who, provider=provider).exists():
        raise ProvidersError(f"{who} works for {provider}. Name somebody who does not.")
    return Observation.objects.create(
        event=event, provider=provider, observed_on=on, who=who, verdict=verdict, what_was_seen=seen,
        recorded_by=person, recorded_at=now, submission=submission,
    )  # fmt: skip


def _provider_of(event: Event) -> Provider | None:
    live = Commission.objects.live().filter(event=event).select_related("contract__provider").first()
    return live.contract.provider if live else None
