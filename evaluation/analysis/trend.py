"""Five quarters side by side: what ran, what was cancelled, who came. Counts of bookings, so in full."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.analysis.coming import Came, Rooms, came_in
from evaluation.analysis.dates import DateFacts
from training.web.periods import Period, quarter_before, quarter_of

QUARTERS = 5


@dataclass(frozen=True)
class QuarterFacts:
    period: Period
    ran: int
    cancelled: int
    came: Came


def quarters_to(period: Period, first_month: int, today: datetime.date) -> list[Period]:
    """The quarter, or the last of a year that has begun, and the four before it; the oldest first."""
    one = quarter_of(min(today, period.ends_on - datetime.timedelta(days=1)), first_month)
    found = [one]
    while len(found) < QUARTERS:
        found.append(quarter_before(found[-1]))
    return found[::-1]


def trend(
    quarters: list[Period], dates: Iterable[DateFacts], rooms: Rooms, now: datetime.datetime
) -> list[QuarterFacts]:
    rows = list(dates)
    found = []
    for period in quarters:
        here = [one for one in rows if one.place.quarter == period.key]
        ran = [one for one in here if one.has_run(now)]
        cancelled = sum(one.is_cancelled for one in here)
        found.append(QuarterFacts(period, len(ran), cancelled, came_in(rooms, ran)))
    return found
