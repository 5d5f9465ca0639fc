"""A date is pulled for want of people: the decision is kept, and everybody told by the cancellation itself."""

import datetime

from django.db import transaction

from bookings.disruption import cancel_event_with_bookings
from bookings.locking import lock_event
from bookings.rights import require_coordinator
from training.catalogue.models import Event, RunDecision
from training.people.models import User


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
