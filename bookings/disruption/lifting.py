"""A suspension ends, for all of its dates or for some: those ahead come back, those whose day has passed are lost."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.disruption.noting import note, tell_soon
from bookings.errors import BookingsError
from bookings.locking import lock_events
from bookings.models import Booking, BookingStep, DisruptedDate, Notice, Status, Suspension
from bookings.models.booking import LIVE
from bookings.rights import require_coordinator
from providers.actions.pausing import give_up_orders, take_up_orders
from training.catalogue.actions.suspending import close_events, resume_events
from training.catalogue.models import Event
from training.people.models import Person, User
from training.web.when import london_day

GOES_ON = "It takes place after all."
DAY_PASSED = "It was suspended when its day came, so it did not take place."


@dataclass(frozen=True)
class Lifted:
    """How many dates take place after all, are lost, and stay stopped."""

    resumed: int = 0
    lost: int = 0
    staying: int = 0


@transaction.atomic
def lift_suspension(
    *,
    suspension: Suspension,
    from_day: datetime.date,
    by: User,
    now: datetime.datetime,
    only: Collection[str] | None = None,
) -> Lifted:
    """Dates from this day on take place after all, as they were: places, waiting lists, trainers, orders.

    `only` names the references of some dates: then the suspension stays in force for the others. Those before the day
    stay stopped until theirs has passed. Everybody concerned is told once. A second click changes nothing.
    """
    person = require_coordinator(by)
    locked = Suspension.objects.select_for_update(no_key=True).get(pk=suspension.pk)
    if from_day < london_day(now):
        raise BookingsError("Choose today or a later day: what is past cannot take place.")
    if only is None and not locked.is_lifted:
        _end(locked, from_day, person, now)
    rows, events = _lock_suspended(locked)
    ahead = [row for row in rows if _is_ahead(events[row.event_id], now)]
    chosen = [
        row
        for row in ahead
        if london_day(events[row.event_id].starts_at or now) >= from_day
        and (only is None or events[row.event_id].reference in only)
    ]
    passed = [row for row in rows if row not in ahead]
    _resume(locked, chosen, events, person, now)
    _lose(locked, passed, events, person, now)
    tell_soon()
    return Lifted(len(chosen), len(passed), len(ahead) - len(chosen))


def _end(suspension: Suspension, from_day: datetime.date, by: Person, now: datetime.datetime) -> None:
    suspension.lifted_from, suspension.lifted_by, suspension.lifted_at = from_day, by, now
    suspension.save(update_fields=["lifted_from", "lifted_by", "lifted_at"])
    for place in suspension.places.all():
        ends = from_day if place.period.upper is None else min(from_day, place.period.upper)
        place.period = DateRange(place.period.lower, max(ends, place.period.lower))
        place.save(update_fields=["period"])


def _lock_suspended(suspension: Suspension) -> tuple[list[DisruptedDate], dict[int, Event]]:
    keys = suspension.dates.suspended().order_by("event").values_list("event", flat=True)
    events = lock_events(*keys)
    rows = suspension.dates.suspended().filter(event__in=events).order_by("event")
    return list(rows), events


def _is_ahead(event: Event, now: datetime.datetime) -> bool:
    return event.starts_at is not None and event.starts_at > now


def _resume(
    suspension: Suspension, rows: Sequence[DisruptedDate], events: dict[int, Event], by: Person, now: datetime.datetime
) -> None:
    if not rows:
        return
    dates = [events[row.event_id] for row in rows]
    _became(rows, DisruptedDate.Status.RESUMED, by, now)
    resume_events(dates, reason=GOES_ON, by=by, now=now)
    take_up_orders(dates, reason=GOES_ON, by=by, now=now)
    note(Notice.What.RESUMED, rows, now=now, suspension=suspension)


def _lose(
    suspension: Suspension,
    rows: Sequence[DisruptedDate],
    events: dict[int, Event],
    by: Person | None,
    now: datetime.datetime,
) -> None:
    """`by` is None when no more was done than a day went by; the dates' own history then names who suspended them."""
    if not rows:
        return
    dates, who = [events[row.event_id] for row in rows], by or suspension.made_by
    _became(rows, DisruptedDate.Status.LOST, by, now)
    bookings = _end_bookings(dates, by, now)
    note(Notice.What.LOST, rows, now=now, suspension=suspension, bookings=bookings)  # while all are still on them
    give_up_orders(dates, reason=DAY_PASSED, by=who, now=now)
    close_events(dates, reason=DAY_PASSED, by=who, now=now)


def _became(rows: Sequence[DisruptedDate], status: str, by: Person | None, now: datetime.datetime) -> None:
    for row in rows:
        row.move_to(status, by=by, now=now)
    DisruptedDate.objects.bulk_update(rows, ["status", "ended_by", "ended_at"])


def _end_bookings(events: Sequence[Event], by: Person | None, now: datetime.datetime) -> list[Booking]:
    """Everybody's on these dates, at once: nobody is charged for a date that we did not hold."""
    live = Booking.objects.filter(event__in=events, status__in=LIVE).select_for_update(no_key=True)
    bookings = list(live.order_by("pk"))
    became = {one.pk: _end_of(one) for one in bookings}
    for status in set(became.values()):
        keys = [pk for pk, value in became.items() if value == status]
        Booking.objects.filter(pk__in=keys).update(status=status)
    BookingStep.objects.bulk_create(
        BookingStep(
            booking=one, was=one.status, became=became[one.pk], at=now, by=by, code="date_lost", reason=DAY_PASSED
        )
        for one in bookings
    )
    return bookings


def _end_of(booking: Booking) -> Status:
    return Status.WITHDRAWN if booking.status == Status.REQUESTED else Status.EVENT_CANCELLED


def lose_passed_dates(*, now: datetime.datetime) -> int:
    """For the clock: suspended dates whose day has come and gone. Gives how many. Safe to run twice, or two at once."""
    passed = DisruptedDate.objects.suspended().filter(event__starts_at__lte=now)
    keys = passed.order_by("suspension").values_list("suspension", flat=True).distinct()
    return sum(_lose_passed_of(pk, now) for pk in list(keys) if pk is not None)


@transaction.atomic
def _lose_passed_of(suspension_pk: int, now: datetime.datetime) -> int:
    suspension = Suspension.objects.select_for_update(no_key=True).get(pk=suspension_pk)
    rows, events = _lock_suspended(suspension)
    passed = [row for row in rows if not _is_ahead(events[row.event_id], now)]
    _lose(suspension, passed, events, None, now)
    if passed:
        tell_soon()
    return len(passed)
