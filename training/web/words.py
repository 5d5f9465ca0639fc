"""How times, money and counts read on a page. Times are shown as clocks in London show them."""

from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, Protocol

from django.utils import timezone

from training.web.when import LONDON


class Timed(Protocol):
    """Whatever begins and ends: a session, an event."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def local(moment: datetime) -> datetime:
    """The moment on a London clock. Raises ValueError for a time without a zone: that is a bug, not a guess."""
    if timezone.is_naive(moment):
        raise ValueError("A time without a zone cannot be shown.")
    return moment.astimezone(LONDON)


def london_day(moment: date) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment


def day(moment: date) -> str:
    """ "Tue 14 May"; with the year when it is not this one: "Tue 14 May 2019"."""
    shown = london_day(moment)
    text = f"{shown:%a} {shown.day} {shown:%b}"
    return text if shown.year == london_day(timezone.now()).year else f"{text} {shown.year}"


def full_day(moment: date) -> str:
    """ "Tuesday 14 May 2027": for certificates, letters and reports."""
    shown = london_day(moment)
    return f"{shown:%A} {shown.day} {shown:%B} {shown.year}"


def clock(moment: datetime) -> str:
    """ "9:30"."""
    shown = local(moment)
    return f"{shown.hour}:{shown.minute:02}"


def times(timed: Timed) -> str:
    """ "9:30–13:00"."""
    return f"{clock(timed.starts_at)}–{clock(timed.ends_at)}"


def when(timed: Timed) -> str:
    """ "Tue 14 May, 9:30–13:00"; over midnight or several days "Tue 14 May, 9:30 to Wed 15 May, 13:00"."""
    start, end = timed.starts_at, timed.ends_at
    if london_day(start) == london_day(end):
        return f"{day(start)}, {times(timed)}"
    return f"{day(start)}, {clock(start)} to {day(end)}, {clock(end)}"


def in_days(moment: date, now: date) -> str:
    """ "today", "tomorrow", "in 3 days", "yesterday", "3 days ago": by London's calendar, not by 24 hours."""
    days = (london_day(moment) - london_day(now)).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def pounds(pence: int) -> str:
    """12000 → "£120", 12050 → "£120.50", -500 → "−£5"."""
    whole, rest = divmod(abs(pence), 100)
    sign = "−" if pence < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02}" if rest else "")


def of(part: int, total: int) -> str:
    """ "14 of 18"."""
    return f"{part:,} of {total:,}"


def percent(part: int, total: int) -> str:
    """304 of 393 → "77.4 %"; "–" when there is nothing to be a part of."""
    if not total:
        return "–"
    return f"{Decimal(part) * 100 / Decimal(total):.1f} %"


def count(number: int, singular: str, plural: str = "") -> str:
    """ "1 place", "3 places", "no places"."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def empty_if_none(function: Any) -> Any:
    """For filters: an absent value is an empty text, as templates expect."""

    @wraps(function)
    def shown(value: Any, *args: Any) -> str:
        return "" if value is None or value == "" else function(value, *args)

    return shown
