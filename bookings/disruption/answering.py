"""What somebody does about a date that we changed: keep the place, go to another date, or leave for nothing."""

import datetime

from django.db import transaction

from bookings.locking import lock_booking, lock_event
from bookings.models import LIVE, Booking, BookingStep
from bookings.rights import Actor, require_change

KEEPS = "keeps_after_change"


@transaction.atomic
def keep_place(*, booking: Booking, by: Actor, now: datetime.datetime) -> Booking:
    """Note that its person keeps the place as the date is now. A second click changes nothing.

    Moving is `move_to_date` and leaving `leave`, which both know that the date was changed and count nothing as late.
    """
    event = lock_event(booking.event_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    person = require_change(by, locked)
    if locked.status in LIVE and not has_kept(locked):
        BookingStep.objects.create(
            booking=locked, was=locked.status, became=locked.status, at=now, by=person, code=KEEPS
        )
    return locked


def has_kept(booking: Booking) -> bool:
    """Since the latest change."""
    latest = booking.event.disruptions.filter(ended_at__isnull=False).order_by("-ended_at").first()
    steps = booking.steps.filter(code=KEEPS)
    return (steps.filter(at__gte=latest.ended_at) if latest else steps).exists()
