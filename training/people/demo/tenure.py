"""Since when and until when people work somewhere."""

import datetime
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange

Days = datetime.timedelta
# The history from the files begins in July 2019: most of today's people were there already.
HISTORY = datetime.date(2019, 7, 1)
EARLIEST = datetime.date(2009, 9, 1)


def settled(rng: Random, today: datetime.date) -> DateRange:
    """Somebody who has been there for more than a quarter and stays."""
    if rng.random() < 0.5:
        return DateRange(_between(rng, EARLIEST, HISTORY), None)
    return DateRange(_between(rng, HISTORY, today - Days(91)), None)


def usual(rng: Random, today: datetime.date) -> DateRange:
    """Of a hundred, ten have left, six are new, one comes next month; the others are settled."""
    chance = rng.random()
    if chance < 0.10:
        left = _between(rng, HISTORY + Days(60), today - Days(1))
        return DateRange(_between(rng, EARLIEST, left - Days(45)), left)
    if chance < 0.16:
        return DateRange(today - Days(rng.randrange(90)), None)
    if chance < 0.17:
        return DateRange(today + Days(rng.randrange(3, 40)), None)
    return settled(rng, today)


def placement(rng: Random, today: datetime.date) -> DateRange:
    """A student's months, with the end already known."""
    start = today - Days(rng.randrange(10, 110))
    return DateRange(start, start + Days(150))


def before(rng: Random, period: DateRange) -> DateRange:
    """The post that somebody had before this one."""
    left = period.lower - Days(rng.randrange(31))
    return DateRange(left - Days(rng.randrange(200, 1600)), left)


def _between(rng: Random, first: datetime.date, last: datetime.date) -> datetime.date:
    return first + Days(rng.randrange(max((last - first).days, 1)))
