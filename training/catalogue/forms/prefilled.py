"""What the form of a new date starts with when a link says which course, and from which day on."""

import datetime
from typing import Any

from django.http import QueryDict

from training.catalogue.models import DeliveryMode, Event
from training.web.working_days import ONE_DAY, add_working_days, is_working_day

# A date put on later than this is announced and booked in time.
AHEAD_WORKING_DAYS = 20


def initial_asked(query: QueryDict, today: datetime.date) -> dict[str, Any]:
    """`?course=BSP001&from=2027-01-01`: the course as it was put on last, on the first working day that leaves time.

    Nonsense is as if it were not there. One query.
    """
    code = query.get("course", "")
    initial: dict[str, Any] = {"course": code, "days": 1}
    if (day := _day(query.get("from", ""))) is None:
        return initial
    initial["day1_on"] = _working_day(max(day, add_working_days(today, AHEAD_WORKING_DAYS)))
    return initial | _as_last(code)


def _as_last(code: str) -> dict[str, Any]:
    rows = Event.objects.not_cancelled().filter(version__course__code=code).exclude(mode=DeliveryMode.E_LEARNING)
    last = rows.order_by("-starts_at", "-pk").first()
    return {name: getattr(last, name) for name in ("mode", "places_offered", "minimum")} if last else {}


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _working_day(day: datetime.date) -> datetime.date:
    while not is_working_day(day):
        day += ONE_DAY
    return day
