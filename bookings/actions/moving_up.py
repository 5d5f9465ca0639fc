"""A coordinator moves somebody to the top of a waiting list, and says why."""

import datetime

from django.db import transaction

from bookings.actions.offers import promote
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event, lock_persons
from bookings.models import HOLDING_A_PLACE, Booking, BookingStep, Status, WaitingDecision
from bookings.places.choosing import ordinal
from bookings.places.waiting_list import positions_of
from bookings.rights import require_coordinator
from training.people.models import User

BEFORE = datetime.timedelta(seconds=1)


@transaction.atomic
def move_up(*, booking: Booking, reason: str, by: User, now: datetime.datetime) -> Booking:
    """Whoever waits is first on the list from now on, and gets whatever place they could have at once.

    The reason is kept beside the list, where everybody asks why. Whoever is first, or has a place by now, stays as
    they are: a second click changes nothing.
    """
    person, event = require_coordinator(by), lock_event(booking.event_id)
    lock_persons(booking.person_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    if locked.status in HOLDING_A_PLACE:
        return locked
    if locked.status != Status.WAITLISTED:
        raise BookingsError("They are no longer on the waiting list.")
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise BookingsError("Enter why they are moved up: those who wait may ask.")
    first = Booking.objects.filter(event=event).waiting().first()
    if first is not None and first.pk != locked.pk:
        _put_before(locked, first, reason, now)
        BookingStep.objects.create(
            booking=locked, was=locked.status, became=locked.status, at=now, by=person, code="moved_up", reason=reason
        )
    promote(event, now=now)
    locked.refresh_from_db()
    return locked


def _put_before(booking: Booking, first: Booking, reason: str, now: datetime.datetime) -> None:
    position, since = positions_of([booking])[booking.pk], first.waits_since
    assert since is not None  # noqa: S101 - a constraint says so of everybody who waits
    booking.waits_since = since - BEFORE
    booking.save(update_fields=["waits_since"])
    WaitingDecision.objects.create(
        event=booking.event,
        booking=booking,
        at=now,
        is_chosen=False,
        position=position,
        code="moved_up",
        sentence=f"{ordinal(position)} on the list, moved to the top: {reason}"[:300],
    )
