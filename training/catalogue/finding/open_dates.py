"""Which dates a search is about: published, not begun, within the days and with the places asked for.

Once as a QuerySet and once as SQL for the statements that every new search runs; a test holds the two together.
"""

import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from training.catalogue.finding.wanted import Wanted
from training.catalogue.models import DeliveryMode, Event
from training.web.when import LONDON

# `Event.objects.published().to_come(now)` and the rest of `dates_to_come`, of a table called event.
OPEN = """
    event.standing = 'published' AND (event.starts_at > %(now)s OR event.mode = 'e_learning')
    AND (%(from)s::timestamptz IS NULL OR event.starts_at >= %(from)s)
    AND (%(until)s::timestamptz IS NULL OR event.starts_at < %(until)s)
    AND (NOT %(places)s OR event.mode = 'e_learning' OR event.places_offered > event.places_held)
"""


def open_values(wanted: Wanted, *, now: datetime.datetime) -> dict[str, Any]:
    """What stands in `OPEN`."""
    since, until = _moments(wanted)
    return {"now": now, "from": since, "until": until, "places": wanted.only_with_places}


def dates_to_come(wanted: Wanted, *, now: datetime.datetime) -> "QuerySet[Event]":
    """The dates of `OPEN`, in any mode."""
    dates = within_days(Event.objects.published().to_come(now), wanted)
    if wanted.only_with_places:
        dates = dates.filter(Q(mode=DeliveryMode.E_LEARNING) | Q(places_offered__gt=F("places_held")))
    return dates


def within_days(dates: "QuerySet[Event]", wanted: Wanted) -> "QuerySet[Event]":
    since, until = _moments(wanted)
    if since:
        dates = dates.filter(starts_at__gte=since)
    if until:
        dates = dates.filter(starts_at__lt=until)
    return dates


def _moments(wanted: Wanted) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    first, last = wanted.first_day, wanted.last_day
    return (
        _midnight(first) if first else None,
        _midnight(last + datetime.timedelta(days=1)) if last else None,
    )


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)
