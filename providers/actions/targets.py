"""Setting what is expected of providers from a day on."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from providers.errors import ProvidersError
from providers.models import KpiTarget
from providers.targets import words_of
from training.governance.actions import record_decision
from training.governance.models import Body, Decision
from training.people.models import Partnership, Person, User
from training.people.permissions import Permission
from training.web.periods import quarter_of
from training.web.when import london_day
from training.web.words import full_day


@dataclass(frozen=True)
class TargetText:
    """`value` is a share from 0 to 1 or a mean out of 5; None expects nothing any more. With `body`, it decided."""

    measure: str
    value: Decimal | None
    in_force_from: datetime.date
    reason: str
    body: Body | None = None
    held_on: datetime.date | None = None
    minute: str = ""


def may_set_targets(user: User) -> bool:
    """Coordinators, and the members of the PDL subgroup."""
    mays = user.may(Permission.MANAGE_CONTRACTS) or user.may(Permission.RECOMMEND_PROGRAMME)
    return user.person is not None and mays


@transaction.atomic
def set_target(*, text: TargetText, by: User, now: datetime.datetime) -> KpiTarget:
    """From a day of this quarter or later on; the same day again replaces what was set for it.

    The same form twice changes nothing. Raises ProvidersError for a quarter that is over: its figures stand.
    """
    person = _require(by)
    Partnership.objects.select_for_update(no_key=True).get()
    reason = " ".join(text.reason.split())
    if not reason:
        raise ProvidersError("Say why, in a sentence.")
    first_month = Partnership.objects.values_list("financial_year_starts_month", flat=True).get()
    earliest = quarter_of(london_day(now), first_month).starts_on
    if text.in_force_from < earliest:
        raise ProvidersError(f"Enter {full_day(earliest)} or a later day: what was expected before that stands.")
    held = KpiTarget.objects.filter(measure=text.measure, in_force_from=text.in_force_from).first()
    if held is not None and (held.value, held.reason) == (text.value, reason):
        return held
    target = held or KpiTarget(measure=text.measure, in_force_from=text.in_force_from)
    target.value, target.reason, target.set_by, target.set_at = text.value, reason, person, now
    target.decision = _decision(text, person, now)
    target.full_clean(exclude=["decision", "set_by"])
    target.save()
    return target


def _require(by: User) -> Person:
    if by.person is None or not may_set_targets(by):
        raise ProvidersError("Only a coordinator or a member of the PDL subgroup sets what is expected.")
    return by.person


def _decision(text: TargetText, person: Person, now: datetime.datetime) -> Decision | None:
    if text.body is None or text.held_on is None:
        return None
    measure = KpiTarget.Measure(text.measure).label
    words = words_of(text.measure, text.value) if text.value is not None else "nothing"
    return record_decision(
        body=text.body,
        held_on=text.held_on,
        subject=f"What is expected of providers: {measure}",
        outcome=f"{words.capitalize()} from {full_day(text.in_force_from)}.",
        minute=text.minute,
        by=person,
        now=now,
    )
