"""A date is pulled for want of people: the decision is kept, and everybody told by the cancellation itself."""

import datetime

from django.db import transaction

from bookings.disruption import cancel_event_with_bookings
from bookings.locking import lock_event
from bookings.models import Booking
from bookings.rights import require_coordinator
from providers.models import Commission
from training.catalogue.models import Event, Order, RunDecision, Teaching
from training.people.models import User
from training.web.words import count


def who_is_told(event: Event) -> str:
    """Whom pulling this date concerns, such as "7 people, 1 trainer, the trainer order, 2 other orders"."""
    people = Booking.objects.live().filter(event=event).count()
    trainers = Teaching.objects.live().filter(session__event=event).values("person").distinct().count()
    orders = Order.objects.live().filter(event=event).count()
    told = [
        count(people, "person", "people"),
        count(trainers, "trainer") if trainers else "",
        "the trainer order" if Commission.objects.live().filter(event=event).exists() else "",
        count(orders, "other order") if orders else "",
    ]
    return ", ".join(part for part in told if part)


@transaction.atomic
def pull_date(*, event: Event, reason: str, by: User, now: datetime.datetime) -> Event:
    """Cancel a date with its bookings, orders and trainers, and keep that it was pulled. Twice changes nothing.

    Raises BookingsError as `cancel_event_with_bookings` does; then nothing is kept either.
    """
    person, locked = require_coordinator(by), lock_event(event.pk)
    if locked.standing == Event.Standing.CANCELLED:
        return locked
    booked, needed = locked.places_held, locked.minimum
    cancelled = cancel_event_with_bookings(event=locked, reason=reason, by=by, now=now)
    RunDecision.objects.create(
        event=locked,
        outcome=RunDecision.Outcome.PULL,
        reason=" ".join(reason.split())[:300],
        by=person,
        at=now,
        booked=booked,
        needed=needed,
    )
    return cancelled
