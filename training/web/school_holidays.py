"""When schools are closed, from the setting SCHOOL_HOLIDAYS: each council sets its own."""

import datetime
from functools import lru_cache

from django.conf import settings

Period = tuple[datetime.date, datetime.date]


@lru_cache(maxsize=8)
def _periods(written: tuple[str, ...]) -> tuple[Period, ...]:
    pairs = (period.split("/") for period in written)
    return tuple((datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) for first, last in pairs)


def school_holiday(day: datetime.date) -> Period | None:
    """The first and the last day of the school holiday that this day falls into; None in term."""
    periods = _periods(tuple(settings.SCHOOL_HOLIDAYS))
    return next((period for period in periods if period[0] <= day <= period[1]), None)


def is_school_holiday(day: datetime.date) -> bool:
    return school_holiday(day) is not None
