"""Quarters and years of the partnership's own financial year: "2026-Q3" is the third quarter of the year from 2026."""

import datetime
import re
from dataclasses import dataclass

EARLIEST, LATEST = 2000, 2100
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])", re.ASCII)
_YEAR = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """From the first day to the day before `ends_on`. `quarter` is empty for a year."""

    year: int
    quarter: int | None
    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def key(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else year_key(self.year, self.starts_on.month)

    @property
    def title(self) -> str:
        """ "July to September 2026" or "April 2026 to March 2027"."""
        last = self.ends_on - datetime.timedelta(days=1)
        first_year = f" {self.starts_on.year}" if self.starts_on.year != last.year else ""
        return f"{self.starts_on:%B}{first_year} to {last:%B} {last.year}"

    @property
    def name(self) -> str:
        """ "quarter 2 of 2026–27" or "financial year 2026–27"."""
        first_month = (self.starts_on.month - 1 - 3 * ((self.quarter or 1) - 1)) % 12 + 1
        year = year_key(self.year, first_month).replace("-", "–")
        return f"quarter {self.quarter} of {year}" if self.quarter else f"financial year {year}"


def year_key(year: int, first_month: int) -> str:
    """ "2026-27"; a year that starts in January is "2026"."""
    return str(year) if first_month == 1 else f"{year}-{(year + 1) % 100:02}"


def parse_quarter(text: str, first_month: int) -> Period | None:
    """None for anything but "2026-Q1" to "2026-Q4", years 2000 to 2100."""
    found = _QUARTER.fullmatch(text)
    if not found or not EARLIEST <= int(found[1]) <= LATEST:
        return None
    return quarter(int(found[1]), int(found[2]), first_month)


def parse_year(text: str, first_month: int) -> Period | None:
    """ "2026-27", or "2026" for short. None for anything else, "2026-29" too."""
    found = _YEAR.fullmatch(text)
    if not found or not EARLIEST <= int(found[1]) <= LATEST:
        return None
    year = int(found[1])
    if found[2] and text != year_key(year, first_month):
        return None
    return Period(year, None, datetime.date(year, first_month, 1), datetime.date(year + 1, first_month, 1))


def quarter(year: int, number: int, first_month: int) -> Period:
    return Period(
        year, number, _months_on(year, first_month, 3 * number - 3), _months_on(year, first_month, 3 * number)
    )


def quarter_of(day: datetime.date, first_month: int) -> Period:
    year = day.year if day.month >= first_month else day.year - 1
    return quarter(year, (day.month - first_month) % 12 // 3 + 1, first_month)


def year_of(day: datetime.date, first_month: int) -> Period:
    year = day.year if day.month >= first_month else day.year - 1
    return Period(year, None, datetime.date(year, first_month, 1), datetime.date(year + 1, first_month, 1))


def quarter_before(period: Period) -> Period:
    first = (period.starts_on.month - 1 - 3 * ((period.quarter or 1) - 1)) % 12 + 1
    return quarter_of(period.starts_on - datetime.timedelta(days=1), first)


def _months_on(year: int, month: int, months: int) -> datetime.date:
    count = month - 1 + months
    return datetime.date(year + count // 12, count % 12 + 1, 1)


def quarters_between(first: datetime.date, after: datetime.date, first_month: int) -> list[Period]:
    """The quarters that begin from `first` on and before `after`, in order."""
    found = [quarter_of(first, first_month)]
    while found[-1].ends_on < after:
        found.append(quarter_of(found[-1].ends_on, first_month))
    return [period for period in found if first <= period.starts_on < after]
