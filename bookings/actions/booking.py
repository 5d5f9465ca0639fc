"""Booking a place, or a place on the waiting list when the date is full."""

import datetime
import uuid
from typing import Any

from django.db import transaction

from bookings import emails
from bookings.errors import BookingsError
from bookings.interpreters import order_interpreter
from bookings.locking import lock_event, lock_persons
from bookings.models import AccessNeed, Booking, BookingPolicyVersion, BookingStep, Origin, Status
from bookings.places.reading import belongs, room_of
from bookings.rights import Actor, actor, may_book_for, may_override, may_waive
from bookings.rules.eligibility import WINDOW, reasons_not_bookable, rivals_of
from bookings.rules.first import MUST
from bookings.rules.policy import policy_for
from training.catalogue.models import Event
from training.people.models import Employment, Person
from training.web.reasons import Reason, blocking
from training.web.when import london_day


@transaction.atomic
def book_place(
    *,
    event: Event,
    person: Person,
    employment: Employment | None,
    by: Actor,
    now: datetime.datetime,
    has_manager_agreed: bool = False,
    manager_name: str = "",
    manager_email: str = "",
    access_need: str = "",
    why_not_first: str = "",
    origin: str = "",
    submission: uuid.UUID | None = None,
) -> Booking:
    """Give this person a place on this date, or one on its waiting list; they and their manager are told.

    Whoever is booked or waiting already gets that booking back, and the same `submission` gives what it made the
    first time. `why_not_first` lets somebody in who has not done what must be done before, where the actor may say so;
    it stands in the first step. Raises BookingsError with every blocking one of `reasons_not_bookable`.
    """
    if not may_book_for(by, person, employment):
        raise BookingsError("Only the training lead of somebody’s organisation or a coordinator can book for them.")
    locked = lock_event(event.pk)
    lock_persons(person.pk)
    rivals = rivals_of(locked, person, submission)
    if held := [one for one in rivals if (one.event_id, one.person_id) == (locked.pk, person.pk)]:
        return held[-1]
    earlier = [one for one in rivals if submission and one.submission == submission]
    rules = policy_for(locked, london_day(now))
    is_self = actor(by).pk == person.pk
    others = [one for one in rivals if one.person_id == person.pk and one.is_live]
    stops = blocking(reasons_not_bookable(
        locked, person, employment, now, version=rules, is_self=is_self, rivals=others, with_warnings=False
    ))  # fmt: skip
    why = " ".join(why_not_first.split())[:300] if may_waive(by, person, employment) else ""
    waived = [stop for stop in stops if stop.code == MUST and why]
    _refuse([stop for stop in stops if stop not in waived], by)
    room = room_of(locked, london_day(now))
    booking = Booking(
        event=locked,
        person=person,
        employment=employment,
        origin=origin or (Origin.BOOKED if is_self or may_override(by) else Origin.BY_LEAD),
        has_manager_agreed=has_manager_agreed,
        manager_name=manager_name.strip(),
        manager_email=manager_email.strip().lower(),
        submission=None if earlier else submission,  # the form of another booking, filled in anew
    )
    status = Status.BOOKED if room.has_place_for(belongs(employment)) else Status.WAITLISTED
    data = {"without": [stop.data["codes"] for stop in waived]} if waived else {}
    reason = f"Without what is done first: {why}"[:300] if waived else ""
    write_new(booking, status, rules=rules, by=actor(by), now=now, code=status.value, reason=reason, data=data)
    if keep_access_need(booking, access_need, now):
        order_interpreter(booking, by=actor(by), now=now)
    _tell(booking, now)
    return booking


def _refuse(stops: list[Reason], by: Actor) -> None:
    """Opening and closing days do not bind a coordinator; who it is is asked only when that matters."""
    if any(stop.code in WINDOW for stop in stops) and may_override(by):
        stops = [stop for stop in stops if stop.code not in WINDOW]
    if stops:
        raise BookingsError(reasons=stops)


def write_new(
    booking: Booking, status: Status, *, rules: BookingPolicyVersion, by: Person, now: datetime.datetime, code: str,
    reason: str = "", data: dict[str, Any] | None = None,
) -> Booking:  # fmt: skip
    """The row of a new booking and its first step. The caller has the lock of the date and has looked at all rules."""
    booking.policy_version, booking.status, booking.made_at = rules, status, now
    booking.waits_since = now if status == Status.WAITLISTED else None
    booking.save(force_insert=True)
    BookingStep.objects.create(booking=booking, became=status, at=now, by=by, code=code, reason=reason, data=data or {})
    return booking


def keep_access_need(booking: Booking, what_to_do: str, now: datetime.datetime) -> bool:
    """Whether there was one to keep. Its rules say for how long; retention (people's erasing) reads `delete_on`."""
    if not (text := what_to_do.strip()):
        return False
    last_day = london_day(booking.event.ends_at or now)
    kept = datetime.timedelta(days=booking.policy_version.adjustments_kept_days)
    delete_on = max(last_day, london_day(now)) + kept
    AccessNeed.objects.create(booking=booking, what_to_do=text, asked_at=now, delete_on=delete_on)
    return True


def _tell(booking: Booking, now: datetime.datetime) -> None:
    if booking.status == Status.WAITLISTED:
        days = emails.tell_waitlisted(booking, now)
    else:
        days = emails.tell_booked(booking, now, is_new=True)
    if booking.manager_email:
        emails.tell_manager_of_booking(booking, now, days=days)
