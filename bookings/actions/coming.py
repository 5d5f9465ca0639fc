"""Are you still coming? Yes."""

import datetime

from django.db import transaction

from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, BookingStep, CalendarEntry, Status
from bookings.rights import Actor, require_change


@transaction.atomic
def confirm_coming(*, booking: Booking, by: Actor, now: datetime.datetime) -> Booking:
    """Note in the booking's history that its person has said they come. A second click changes nothing.

    What their calendar said to the contrary counts no more.
    """
    event = lock_event(booking.event_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    person = require_change(by, locked)
    if locked.status == Status.BOOKED and not locked.steps.filter(code="still_coming").exists():
        BookingStep.objects.create(
            booking=locked, was=locked.status, became=locked.status, at=now, by=person, code="still_coming"
        )
    said_no = CalendarEntry.objects.filter(booking=locked, answer=CalendarEntry.Answer.DECLINED)
    said_no.update(answer="", answered_at=None)
    return locked
