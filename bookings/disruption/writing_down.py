"""What befell a date, kept: the end of its suspension, or a row of its own where there was none."""

import datetime

from bookings.models import HOLDING_A_PLACE, Booking, DisruptedDate, Status
from bookings.rights import require_coordinator
from training.catalogue.models import Event
from training.people.models import User


def end_or_write_down(
    event: Event, became: DisruptedDate.Status, reason: str, *, by: User, now: datetime.datetime
) -> DisruptedDate:
    """Under the lock of the date, and while its bookings are still live: they are counted."""
    person = require_coordinator(by)
    row = DisruptedDate.objects.suspended().select_related("suspension").filter(event=event).first()
    if row is not None:
        row.move_to(became, by=person, now=now)
        row.save(update_fields=["status", "ended_by", "ended_at"])
        return row
    live = Booking.objects.filter(event=event)
    return DisruptedDate.objects.create(
        event=event, status=became, reason=reason, at=now, by=person, ended_at=now, ended_by=person,
        learners=live.filter(status__in=HOLDING_A_PLACE).count(),
        waiting=live.filter(status=Status.WAITLISTED).count(),
    )  # fmt: skip
