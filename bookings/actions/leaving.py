"""I can't come: giving a place back, or leaving the waiting list."""

import datetime

from django.db import transaction

from bookings import emails
from bookings.actions.offers import end_open_offer, promote
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, Offer, Status
from bookings.rights import Actor, require_change
from bookings.rules.changed import leaves_free
from bookings.rules.policy import is_inside_notice


@transaction.atomic
def leave(*, booking: Booking, by: Actor, now: datetime.datetime, reason: str = "") -> Booking:
    """Cancel a booking, or leave the waiting list; the place goes to whoever waits, in the same transaction.

    In time or late is said by the rules that the booking was made under; always in time once we stopped or changed the
    date. What is over already stays as it is: a
    second click changes nothing. Refused once the date has begun.
    """
    event = lock_event(booking.event_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    person = require_change(by, locked)
    if not locked.is_live:
        return locked
    if event.starts_at is not None and event.starts_at <= now:
        raise BookingsError("This date has begun. Ring the training team: they tell the trainer.")
    if locked.status == Status.OFFERED:
        end_open_offer(locked, Offer.Outcome.DECLINED, now)
    became = status_after_leaving(locked, now)
    locked.move_to(became, by=person, now=now, code=f"left_{became.value}", reason=reason.strip()[:300])
    emails.tell_cancelled(locked, now)
    promote(event, now=now)
    return locked


def status_after_leaving(booking: Booking, now: datetime.datetime) -> Status:
    """What a live booking would become if its person left now. Comes with its event and policy version."""
    if booking.status != Status.BOOKED:
        return Status.WITHDRAWN
    is_late = is_inside_notice(booking.policy_version, booking.event.starts_at, now) and not leaves_free(booking)
    return Status.CANCELLED_LATE if is_late else Status.CANCELLED_IN_TIME
