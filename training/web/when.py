"""Dates and times as people write them, in Europe/London, and as they are stored, in UTC."""

import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def in_london(day: datetime.date, clock: datetime.time) -> datetime.datetime:
    """The moment at which a clock in London shows this time. Raises ValueError for a time that night leaves out.

    When the clocks go back, an hour comes twice: the first one is meant.
    """
    moment = datetime.datetime.combine(day, clock, tzinfo=LONDON)
    if moment.astimezone(datetime.UTC).astimezone(LONDON).time() != clock:
        raise ValueError(f"The clocks go forward that night: there is no {clock:%H:%M} on {day:%-d %B %Y}.")
    return moment.astimezone(datetime.UTC)


def london_day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()
