"""Dates that we stopped or changed: nobody is charged, and whoever was booked before leaves them for nothing."""

from django.db.models import Exists, OuterRef, Q

from bookings.models import Booking, DisruptedDate
from training.catalogue.models import Event

FREE_WORDS = "We changed this date after you booked, so cancelling is free for you."


def leaves_free(booking: Booking) -> bool:
    """Whether this booking's date is suspended, or was moved, converted or let go on since it was made.

    Comes with its event; one query unless it is suspended.
    """
    return booking.event.standing == Event.Standing.SUSPENDED or DisruptedDate.objects.changed_under(booking).exists()


def is_never_charged(event: Event) -> bool:
    """A date that is suspended, or that we cancelled or lost: no charge arises from it, whatever its bookings say."""
    return event.standing in (Event.Standing.SUSPENDED, Event.Standing.CANCELLED)


def free_by_change() -> Q:
    """For a query of bookings: those of which `leaves_free` or `is_never_charged` is true."""
    changed = DisruptedDate.objects.filter(
        event=OuterRef("event"), ended_at__gte=OuterRef("made_at"), status__in=("converted", "resumed", "postponed")
    )
    return Q(event__standing__in=(Event.Standing.SUSPENDED, Event.Standing.CANCELLED)) | Q(Exists(changed))
