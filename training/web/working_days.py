"""Working days in England: Monday to Friday without the bank holidays, substitute days included."""

import datetime
from functools import lru_cache

import holidays

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> dict[datetime.date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year).items())


def bank_holiday(day: datetime.date) -> str:
    """The name of the bank holiday in England on this day; empty when there is none."""
    return _bank_holidays(day.year).get(day, "")


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < SATURDAY and not bank_holiday(day)


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The working day that many working days after `day`, or before it when negative; `day` itself for none.

    Counting starts with the next day: one working day after a Friday, Saturday or Sunday is Monday.
    """
    step = ONE_DAY if number > 0 else -ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many working days come after `start` up to `end`, that one included; negative when `end` is earlier.

    From a Friday to the next Monday is 1. The inverse of `add_working_days` wherever `end` is a working day.
    """
    if end < start:
        return -sum(is_working_day(end + ONE_DAY * n) for n in range((start - end).days))
    return sum(is_working_day(start + ONE_DAY * n) for n in range(1, (end - start).days + 1))
