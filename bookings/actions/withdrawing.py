"""A course leaves the catalogue while dates of it are open: what becomes of each is said, and happens at once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models, transaction

from bookings.actions.cutting import last_booked_first
from bookings.actions.replacing import carry_over
from bookings.disruption import cancel_event_with_bookings
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_events, lock_persons
from bookings.models import Booking, Status
from bookings.places.reading import belongs, room_of
from bookings.rights import require_coordinator
from bookings.rules.eligibility import reasons_not_bookable
from training.catalogue.actions.courses import withdraw_course
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Course, Equivalence, Event
from training.catalogue.problems import dates_still_open
from training.people.models import Person, User
from training.web.reasons import blocking
from training.web.when import london_day


class Becomes(models.TextChoices):
    RUN = "run", "Let it run with those booked"
    CANCEL = "cancel", "Cancel it and tell everybody"
    HAND_OVER = "hand_over", "Move those booked to another course’s date"


@dataclass(frozen=True)
class Fate:
    """What becomes of one date; `target` is where those booked go, if they are handed over."""

    becomes: Becomes
    target: Event | None = None


def targets_of(course: Course, now: datetime.datetime) -> "models.QuerySet[Event]":
    """Open dates with places of courses that count as this one."""
    equal = Equivalence.objects.filter(counts_as=course).values("course")
    rows = Event.objects.open_for_booking(now).filter(version__course__in=equal, starts_at__gt=now)
    rows = rows.filter(version__course__in=Course.objects.in_catalogue(), places_offered__gt=models.F("places_held"))
    return rows.select_related("version__course").order_by("starts_at", "pk")


@transaction.atomic
def withdraw_with_dates(
    *, course: Course, fates: Mapping[int, Fate], reason: str, by: User, now: datetime.datetime
) -> Course:
    """`fates` by the id of each open date to come. All of it in one transaction; a second click changes nothing.

    Whoever cannot be handed over (the other date is full, or they are elsewhere that day) is told of a cancellation.
    Refused when a date has no fate, such as one opened meanwhile.
    """
    person = require_coordinator(by)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.standing == Course.Standing.WITHDRAWN:
        return locked
    events = list(dates_still_open(locked, now))
    if missing := [event.reference for event in events if event.pk not in fates]:
        raise BookingsError(f"Say what becomes of {', '.join(missing)} too.")
    reason = " ".join(reason.split())[:300]
    ending = [event for event in events if fates[event.pk].becomes != Becomes.RUN]
    if ending and not reason:
        raise BookingsError("Enter why it is withdrawn: everybody booked, waiting or teaching is told.")
    allowed = set(targets_of(locked, now).values_list("pk", flat=True))
    targets = {event.pk: _target(fates[event.pk], allowed) for event in ending}
    lock_events(*targets, *(target.pk for target in targets.values() if target))
    for event in ending:
        if target := targets[event.pk]:
            _hand_over(event, target, reason, person, now)
        cancel_event_with_bookings(event=event, reason=reason, by=by, now=now)
    try:
        return withdraw_course(course=locked, by=by, now=now, running=[event.pk for event in events])
    except CatalogueError as error:
        raise BookingsError(str(error)) from None


def _target(fate: Fate, allowed: set[int]) -> Event | None:
    if fate.becomes != Becomes.HAND_OVER:
        return None
    if fate.target is None or fate.target.pk not in allowed:
        raise BookingsError("Choose an open date with places of a course that counts as this one.")
    return fate.target


def _hand_over(event: Event, target: Event, reason: str, by: Person, now: datetime.datetime) -> None:
    """In the order in which they got their places, as long as there is one for each."""
    booked = [one for one in reversed(last_booked_first(event)) if one.status == Status.BOOKED]
    lock_persons(*(one.person_id for one in booked))
    for pk in [one.pk for one in booked]:
        booking, place = lock_booking(pk), lock_events(event.pk, target.pk)
        booking.event = place[event.pk]
        if _fits(booking.person, booking, place[target.pk], now):
            carry_over(booking, place[target.pk], by, now, reason)


def _fits(person: Person, booking: Booking, target: Event, now: datetime.datetime) -> bool:
    reasons = reasons_not_bookable(
        target, person, booking.employment, now, is_override=True, is_self=False, besides=booking, with_warnings=False
    )
    return not blocking(reasons) and room_of(target, london_day(now)).has_place_for(belongs(booking.employment))
