"""When a date cannot run: everybody on it is told and nobody is charged."""

import datetime

from django.db import transaction

from bookings import emails
from bookings.actions.offers import end_open_offer
from bookings.disruption.writing_down import end_or_write_down
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, DisruptedDate, Offer, Status
from bookings.rights import require_coordinator
from providers.actions.commissions import cancel_commission
from providers.models import Commission
from training.catalogue.actions.orders import cancel_order
from training.catalogue.actions.standing import close_event
from training.catalogue.models import Event, Order
from training.people.models import Person, User


@transaction.atomic
def cancel_event_with_bookings(*, event: Event, reason: str, by: User, now: datetime.datetime) -> Event:
    """Cancel a date with its orders and all its live bookings; all are told why, in one transaction.

    Suppliers without an address stand on the list of orders, to be rung. A second click changes nothing. Refused once
    the date has begun: who was there is on its register.
    """
    person, locked = require_coordinator(by), lock_event(event.pk)
    if locked.standing == Event.Standing.CANCELLED:
        return locked
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BookingsError("Enter why it is cancelled: everybody booked, waiting or teaching is told.")
    if locked.starts_at is not None and locked.starts_at <= now:
        raise BookingsError("This date has begun. Send its register instead.")
    end_or_write_down(locked, DisruptedDate.Status.CANCELLED, reason, by=by, now=now)
    for pk in list(Booking.objects.live().filter(event=locked).order_by("pk").values_list("pk", flat=True)):
        _cancel(lock_booking(pk), locked, reason, person, now)
    _cancel_orders(locked, reason, by, now)
    locked.refresh_from_db(fields=["places_held"])
    return close_event(locked, reason=reason, by=person, now=now)


def _cancel(booking: Booking, event: Event, reason: str, by: Person, now: datetime.datetime) -> None:
    booking.event = event
    end_open_offer(booking, Offer.Outcome.WITHDRAWN, now)
    became = Status.WITHDRAWN if booking.status == Status.REQUESTED else Status.EVENT_CANCELLED
    booking.move_to(became, by=by, now=now, code="event_cancelled", reason=reason)
    emails.tell_event_cancelled(booking, reason, now)


def _cancel_orders(event: Event, reason: str, by: User, now: datetime.datetime) -> None:
    for order in Commission.objects.live().exclude(status=Commission.Status.DELIVERED).filter(event=event):
        cancel_commission(commission=order, reason=reason, by=by, now=now)
    for supplied in Order.objects.at_a_supplier().filter(event=event).exclude(supplier_email="").order_by("pk"):
        cancel_order(order=supplied, reason=reason, sends=True, by=by, now=now)
