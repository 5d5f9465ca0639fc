"""What we must do so that somebody can take part: confirmed when it is arranged, deleted soon after."""

import datetime

from django.db import transaction

from bookings.models import AccessNeed, Booking
from bookings.rights import Actor, require_coordinator


@transaction.atomic
def confirm_adjustment(*, booking: Booking, by: Actor, now: datetime.datetime) -> AccessNeed | None:
    """A coordinator has arranged it; the person and the trainer see that. A second click changes nothing."""
    require_coordinator(by)
    need = AccessNeed.objects.select_for_update().filter(booking=booking).first()
    if need is not None and need.confirmed_at is None:
        need.confirmed_at = now
        need.save(update_fields=["confirmed_at"])
    return need


def forget_adjustments(*, today: datetime.date) -> int:
    """Delete what is no longer needed; gives how many."""
    deleted, _ = AccessNeed.objects.outdated(today).delete()
    return deleted
