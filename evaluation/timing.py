"""When somebody is asked: arithmetic on days, nothing here reads the clock or the database."""

import datetime
from collections.abc import Collection, Iterator

from django.conf import settings

from evaluation.models import Stage
from training.web.school_holidays import is_school_holiday
from training.web.when import in_london, london_day
from training.web.working_days import add_working_days, is_working_day

ONE_DAY = datetime.timedelta(days=1)
MORNING = datetime.time(9, 30)
# A late starter can still say how it was before, in the first half hour.
BASELINE_GRACE = datetime.timedelta(minutes=30)
# Past the wished-for weeks (a summer holiday is six) a follow-up is put off by so much at most, or not asked.
PUT_OFF_DAYS = 35


def follow_up_day(ended_on: datetime.date, taken: Collection[datetime.date] = ()) -> datetime.date | None:
    """The day on which to ask "two months on": a working day in term, as near to the wished one as may be.

    `taken` are the days of this person's other follow-ups: none may be within a month. None when no day fits.
    """
    rest = settings.EVALUATION_FOLLOW_UP_REST_DAYS
    for day in _wished_days(ended_on):
        is_free = all(abs((day - other).days) >= rest for other in taken)
        if is_free and is_working_day(day) and not is_school_holiday(day):
            return day
    return None


def _wished_days(ended_on: datetime.date) -> Iterator[datetime.date]:
    """From the middle of the wished-for weeks to their end, then back to their start, then later."""
    first, last = settings.EVALUATION_FOLLOW_UP_DAYS
    middle = (first + last) // 2
    numbers = [*range(middle, last + 1), *range(middle - 1, first - 1, -1), *range(last + 1, last + PUT_OFF_DAYS + 1)]
    return (ended_on + ONE_DAY * number for number in numbers)


def in_the_morning(day: datetime.date) -> datetime.datetime:
    return in_london(day, MORNING)


def closes_at(stage: Stage | str, due_at: datetime.datetime, starts_at: datetime.datetime) -> datetime.datetime:
    """When answers are no longer taken. A baseline belongs before the course, whatever the days."""
    if stage == Stage.BASELINE:
        return starts_at + BASELINE_GRACE
    days: int = settings.EVALUATION_OPEN_DAYS if stage == Stage.END else settings.EVALUATION_FOLLOW_UP_OPEN_DAYS
    return due_at + ONE_DAY * days


def is_time_to_remind(
    stage: Stage | str,
    made: int,
    posted_at: datetime.datetime,
    reminded_at: datetime.datetime | None,
    now: datetime.datetime,
) -> bool:
    """Three and seven days after the asking; never two close together because the worker was away for a week."""
    days = settings.EVALUATION_REMINDER_DAYS
    if made >= len(days) or (stage == Stage.FOLLOW_UP and is_school_holiday(london_day(now))):
        return False
    gap = days[made] - days[made - 1] if made else 0
    has_rested = reminded_at is None or now >= reminded_at + ONE_DAY * gap
    return has_rested and now >= posted_at + ONE_DAY * days[made]


def manager_reminder_day(posted_at: datetime.datetime, closes_at: datetime.datetime) -> datetime.date | None:
    """The day of a manager's one reminder: so many working days after the digest, or the next school day after them.

    None when there is to be none, or the link closes before.
    """
    if not settings.EVALUATION_MANAGER_REMINDER_DAYS:
        return None
    day = add_working_days(london_day(posted_at), settings.EVALUATION_MANAGER_REMINDER_DAYS)
    while day < london_day(closes_at):
        if is_working_day(day) and not is_school_holiday(day):
            return day
        day += ONE_DAY
    return None


def is_time_to_remind_manager(
    posted_at: datetime.datetime, closes_at: datetime.datetime, now: datetime.datetime
) -> bool:
    """Also later than its day, when the worker was away: but on a school day, and while the link is open."""
    day, today = manager_reminder_day(posted_at, closes_at), london_day(now)
    is_school_day = is_working_day(today) and not is_school_holiday(today)
    return day is not None and day <= today and is_school_day and now < closes_at
