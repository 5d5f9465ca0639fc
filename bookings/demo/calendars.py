"""What the calendars of those booked on dates to come were told: so that moving such a date tells them of it."""

from collections import defaultdict
from collections.abc import Sequence

from bookings.calendars.facts import Facts, facts_of
from bookings.calendars.inviting import new_entry
from bookings.models import Booking, Status
from training.catalogue.models import Session
from training.config.parts import Demo


def invite_everybody(demo: Demo, bookings: Sequence[Booking]) -> None:
    """As if each had been written to when they booked; a link of the next days goes out with its own message."""
    days = _days_to_come(demo)
    demo.insert(
        "Calendar entries",
        [
            new_entry(booking, session, facts)
            for booking in bookings
            if booking.status == Status.BOOKED
            for session, facts in days.get(booking.event_id, [])
        ],
    )


def _days_to_come(demo: Demo) -> dict[int, list[tuple[Session, Facts]]]:
    days: dict[int, list[tuple[Session, Facts]]] = defaultdict(list)
    rows = Session.objects.filter(ends_at__gt=demo.now, event__standing="published")
    for session in rows.select_related("event__version", "venue").order_by("event", "position"):
        days[session.event_id].append((session, facts_of(session.event, session)))
    return days
