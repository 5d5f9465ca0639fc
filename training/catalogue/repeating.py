"""On which days a date repeats, and its sittings there: arithmetic on days and London's clocks, without rows.

A rule starts from the first copy's own first day: that says which weekday, which one of its month, which day.
"""

import calendar
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from django.db import models

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Session
from training.catalogue.plans import SessionPlan
from training.web.when import LONDON, in_london, london_day
from training.web.words import full_day

MOST_COPIES = 52
HIGHEST_STEP = 52
ONE_DAY = datetime.timedelta(days=1)
NTH = ("first", "second", "third", "fourth", "fifth")


class Every(models.TextChoices):
    WEEKS = "weeks", "Every week, or every few weeks"
    WEEKDAY = "weekday", "The same weekday of the month, such as the third Tuesday"
    LAST_WEEKDAY = "last_weekday", "The last such weekday of the month"
    DAY = "day", "The same day of the month, such as the 14th"


@dataclass(frozen=True)
class Repetition:
    """`step` weeks or months apart, from `first` on: `times` in all, or up to and including the day `until`."""

    first: datetime.date
    every: str = Every.WEEKS
    step: int = 1
    times: int | None = None
    until: datetime.date | None = None


@dataclass(frozen=True)
class RepeatedDay:
    """`note` says what was done where a month lacks the day that the rule asks for."""

    day: datetime.date
    note: str = ""


def repeated_days(rule: Repetition) -> list[RepeatedDay]:
    """In order, each once. Raises CatalogueError for a rule that is none, or that makes more than `MOST_COPIES`."""
    _refuse(rule)
    if rule.until is not None:
        last = rule.until
        days = list(takewhile(lambda one: one.day <= last, _upto(_endless(rule), MOST_COPIES + 1)))
    else:
        days = list(_upto(_endless(rule), rule.times or 0))
    if len(days) > MOST_COPIES:
        raise CatalogueError(f"That makes more than {MOST_COPIES} dates. Choose an earlier last day.", field="until")
    return days


def _upto(days: Iterator[RepeatedDay], number: int) -> Iterator[RepeatedDay]:
    return (day for day, _ in zip(days, range(number), strict=False))


def _refuse(rule: Repetition) -> None:
    if not 1 <= rule.step <= HIGHEST_STEP:
        raise CatalogueError(f"Enter a number from 1 to {HIGHEST_STEP}.", field="step")
    if (rule.times is None) == (rule.until is None):
        raise CatalogueError("Enter how many dates, or the last day: one of the two.", field="times")
    if rule.times is not None and not 1 <= rule.times <= MOST_COPIES:
        raise CatalogueError(f"Enter how many dates, from 1 to {MOST_COPIES}.", field="times")
    if rule.until is not None and rule.until < rule.first:
        raise CatalogueError("The last day is before the first. Enter a later one.", field="until")
    if rule.every == Every.LAST_WEEKDAY and rule.first != _nth_weekday(rule.first, 5):
        last = _nth_weekday(rule.first, 5)
        raise CatalogueError(f"The last {rule.first:%A} of that month is {full_day(last)}.", field="first")


def _endless(rule: Repetition) -> Iterator[RepeatedDay]:
    """The rule's days one after the other; it ends where the calendar of the program does."""
    for number in count():
        try:
            yield _numbered(rule, number)
        except (ValueError, OverflowError):
            return


def _numbered(rule: Repetition, number: int) -> RepeatedDay:
    if rule.every == Every.WEEKS:
        return RepeatedDay(rule.first + number * rule.step * 7 * ONE_DAY)
    month = _first_of_month(rule.first, number * rule.step)
    weekday = f"{rule.first:%A}"
    if rule.every == Every.DAY:
        length = calendar.monthrange(month.year, month.month)[1]
        note = f"{month:%B %Y} has no {ordinal(rule.first.day)}: its last day." if rule.first.day > length else ""
        return RepeatedDay(month.replace(day=min(rule.first.day, length)), note)
    wanted = 5 if rule.every == Every.LAST_WEEKDAY else (rule.first.day - 1) // 7 + 1
    day = _nth_weekday(month, wanted, rule.first.weekday())
    is_short = rule.every == Every.WEEKDAY and (day.day - 1) // 7 + 1 < wanted
    return RepeatedDay(day, f"{month:%B %Y} has no {NTH[wanted - 1]} {weekday}: its last one." if is_short else "")


def _first_of_month(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)


def _nth_weekday(month: datetime.date, nth: int, weekday: int | None = None) -> datetime.date:
    """The nth such weekday of the month that a day lies in; its last one where there are not so many."""
    first = month.replace(day=1)
    wanted = month.weekday() if weekday is None else weekday
    days = range(1 + (wanted - first.weekday()) % 7, calendar.monthrange(month.year, month.month)[1] + 1, 7)
    return first.replace(day=days[min(nth, len(days)) - 1])


def ordinal(number: int) -> str:
    last = 0 if 10 < number % 100 < 14 else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def moved_to(sessions: Sequence[Session], first_day: datetime.date) -> list[SessionPlan]:
    """The same sittings from another first day on: days as far apart, clocks in London at the same times.

    Raises CatalogueError where a clock change leaves out a time, or leaves a sitting without length.
    """
    if not sessions:
        return []
    shift = first_day - london_day(sessions[0].starts_at)
    return [
        SessionPlan(*_in_order(_shifted(one.starts_at, shift), _shifted(one.ends_at, shift)), one.venue)
        for one in sessions
    ]


def _shifted(moment: datetime.datetime, shift: datetime.timedelta) -> datetime.datetime:
    shown = moment.astimezone(LONDON)
    try:
        return in_london(shown.date() + shift, shown.time())
    except (ValueError, OverflowError) as error:
        raise CatalogueError(str(error)) from None


def _in_order(starts: datetime.datetime, ends: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    if ends <= starts or ends > starts + 24 * datetime.timedelta(hours=1):
        raise CatalogueError("The clocks change that night, and the times no longer fit.")
    return starts, ends
