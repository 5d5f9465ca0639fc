"""Whom to ask what, and when: invitations are written here, and posted when they are due (`posting.py`)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from bookings.actions.register import record_origin
from bookings.locking import lock_event, lock_persons
from bookings.models import Booking
from evaluation.attending import (
    completed_and_not_asked,
    events_asked_about,
    events_just_completed,
    events_just_over,
    there_and_not_asked,
)
from evaluation.links import token_hash_of
from evaluation.models import Invitation, Response, Stage
from evaluation.pairing import pairing_key
from evaluation.questionnaires import current_version
from evaluation.timing import BASELINE_GRACE, closes_at, follow_up_day, in_the_morning
from training.catalogue.models import Event
from training.people.models import Partnership, Person
from training.record.actions import hold_certificates
from training.web.references import new_reference
from training.web.when import london_day


def plan_asking(*, now: datetime.datetime) -> int:
    """Write every invitation that is missing; returns how many. Safe to run twice and by two workers at once."""
    follow_moved_dates(now=now)
    before = list(_to_ask_before(now).values_list("event_id", flat=True).distinct().order_by("event_id"))
    over = list(events_just_over(now).values_list("pk", flat=True).order_by("pk"))
    done = list(events_just_completed(now).values_list("pk", flat=True).order_by("pk"))
    return (
        sum(ask_before(event_pk=pk, now=now) for pk in before)
        + sum(ask_after(event_pk=pk, now=now) for pk in over)
        + sum(ask_after_completion(event_pk=pk, now=now) for pk in done)
    )


@transaction.atomic
def ask_before(*, event_pk: int, now: datetime.datetime) -> int:
    """Baselines of one date. Whoever moved here from another date keeps the link that they have."""
    event = lock_event(event_pk)
    bookings = _not_heard_from(list(_to_ask_before(now).filter(event=event)))
    held = _open_elsewhere(bookings)
    for booking in bookings:
        if kept := held.get(booking.episode):
            kept.booking = booking
            kept.closes_at = closes_at(Stage.BASELINE, kept.due_at, _start(event))
            kept.save(update_fields=["booking", "closes_at"])
    new = [booking for booking in bookings if booking.episode not in held]
    return _invite(event, Stage.BASELINE, [(booking, now) for booking in new])


@transaction.atomic
def ask_after(*, event_pk: int, now: datetime.datetime) -> int:
    """The end form now and "two months on" later, for those who were there."""
    event = lock_event(event_pk)
    bookings = there_and_not_asked(event)
    lock_persons(*(booking.person_id for booking in bookings))
    ended_on = london_day(event.ends_at or now)
    _hold_certificates(event, bookings, now)
    return _ask_both(event, [(booking, ended_on) for booking in bookings], now)


@transaction.atomic
def ask_after_completion(*, event_pk: int, now: datetime.datetime) -> int:
    """The same for e-learning, which has no end: by the day on which each person has finished it."""
    event = lock_event(event_pk)
    finished = completed_and_not_asked(event, now)
    lock_persons(*(booking.person_id for booking, _ in finished))
    return _ask_both(event, finished, now)


def _ask_both(event: Event, finished: list[tuple[Booking, datetime.date]], now: datetime.datetime) -> int:
    later = list(_follow_ups(finished))
    return _invite(event, Stage.END, [(booking, now) for booking, _ in finished]) + _invite(
        event, Stage.FOLLOW_UP, later
    )


def _hold_certificates(event: Event, bookings: Iterable[Booking], now: datetime.datetime) -> None:
    """Where the partnership wants the form first: for those whom we can ask, until the form closes."""
    if not Partnership.objects.filter(certificates_wait_for_form=True).exists():
        return
    people = Person.objects.filter(pk__in=[booking.person_id for booking in bookings]).exclude(email="")
    asked = list(people.values_list("pk", flat=True))
    until = london_day(closes_at(Stage.END, now, _start(event)))
    hold_certificates(person_ids=asked, origin=record_origin(event), until=until)


def follow_moved_dates(*, now: datetime.datetime) -> int:
    """A date that was put off or brought forward: its baselines stay open until its new start."""
    starts = Event.objects.filter(bookings=OuterRef("booking_id")).values("starts_at")[:1]
    rows = Invitation.objects.filter(stage=Stage.BASELINE, is_spent=False, booking__event__starts_at__gt=now)
    moved = rows.exclude(closes_at=F("booking__event__starts_at") + BASELINE_GRACE)
    just_after = F("due_at") + datetime.timedelta(minutes=1)
    return Invitation.objects.filter(pk__in=moved.values("pk")).update(
        closes_at=Greatest(Subquery(starts) + BASELINE_GRACE, just_after)
    )


def _to_ask_before(now: datetime.datetime) -> QuerySet[Booking]:
    """Booked on a date to come, and neither asked on this booking nor heard from on an earlier one of the episode."""
    baselines = Invitation.objects.filter(stage=Stage.BASELINE)
    has_been = Q(booking=OuterRef("pk")) | Q(booking__episode=OuterRef("episode"), is_spent=True)
    events = events_asked_about().filter(starts_at__gt=now)
    return Booking.objects.expected().filter(~Exists(baselines.filter(has_been)), event__in=events.values("pk"))


def _not_heard_from(bookings: list[Booking]) -> list[Booking]:
    """Without those who answered today, perhaps before they moved here: invitations say so only from the night on."""
    keys = {booking.pk: pairing_key(booking.episode) for booking in bookings}
    rows = Response.objects.filter(stage=Stage.BASELINE, pairing_key__in=list(keys.values()))
    answered = set(rows.values_list("pairing_key", flat=True))
    return [booking for booking in bookings if keys[booking.pk] not in answered]


def _open_elsewhere(bookings: Iterable[Booking]) -> dict[object, Invitation]:
    """Unanswered baselines of the same episodes on other bookings, by episode, locked."""
    episodes = [booking.episode for booking in bookings]
    rows = Invitation.objects.select_for_update(of=("self",)).filter(
        stage=Stage.BASELINE, is_spent=False, booking__episode__in=episodes
    )
    return {invitation.booking.episode: invitation for invitation in rows.select_related("booking")}


def _follow_ups(finished: list[tuple[Booking, datetime.date]]) -> Iterable[tuple[Booking, datetime.datetime]]:
    """Each with its morning; whoever cannot be asked in time without being asked twice in a month is left out."""
    taken = _days_taken({booking.person_id for booking, _ in finished})
    for booking, ended_on in finished:
        if day := follow_up_day(ended_on, taken[booking.person_id]):
            yield booking, in_the_morning(day)


def _days_taken(person_ids: set[int]) -> dict[int, list[datetime.date]]:
    rows = Invitation.objects.filter(stage=Stage.FOLLOW_UP, booking__person_id__in=person_ids)
    taken: dict[int, list[datetime.date]] = defaultdict(list)
    for person_id, due_at in rows.values_list("booking__person_id", "due_at"):
        taken[person_id].append(london_day(due_at))
    return taken


def _invite(event: Event, stage: Stage, due: list[tuple[Booking, datetime.datetime]]) -> int:
    version = current_version(stage, event.version.course)
    rows = []
    for booking, due_at in due:
        reference = new_reference()
        rows.append(
            Invitation(
                reference=reference,
                token_hash=token_hash_of(reference),
                booking=booking,
                stage=stage,
                version=version,
                due_at=due_at,
                closes_at=closes_at(stage, due_at, event.starts_at or due_at),
            )
        )
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _start(event: Event) -> datetime.datetime:
    if event.starts_at is None:
        raise ValueError(f"{event} has no date")
    return event.starts_at
