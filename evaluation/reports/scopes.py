"""What a report is about: a course, a date, a provider, a quarter or a year, by what stands in its address."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from evaluation.analysis.dates import DateFacts, Lattice
from providers.models import Provider
from training.catalogue.models import Course, CourseVersion, Event
from training.people.models import Partnership
from training.web.periods import Period, parse_quarter, parse_year, quarter_of, year_of
from training.web.words import full_day

LONGEST_KEY = 40
KINDS = {
    "course": "Course",
    "event": "One date",
    "provider": "Provider",
    "quarter": "Quarter",
    "year": "Year",
}


@dataclass(frozen=True)
class Scope:
    """`period` bounds the dates where the report has one; a course or a provider without one is all its dates."""

    kind: str
    key: str
    title: str
    caption: str
    period: Period | None = None
    course: str = ""
    event: int | None = None
    provider: int | None = None

    @property
    def is_wide(self) -> bool:
        """About several courses: change is shown a course, not an outcome."""
        return self.kind in ("provider", "quarter", "year")

    def dates(self, lattice: Lattice) -> list[DateFacts]:
        return [one for one in lattice.dates.values() if self._holds(one)]

    def _holds(self, one: DateFacts) -> bool:
        if self.event is not None:
            return one.pk == self.event
        if self.course:
            return one.course == self.course and self._in_period(one)
        if self.provider is not None:
            return one.provider == self.provider and self._in_period(one)
        return one.place.quarter is not None and self._in_period(one)

    def _in_period(self, one: DateFacts) -> bool:
        if self.period is None:
            return True
        return one.place.quarter == self.period.key if self.period.quarter else one.place.year == self.period.year

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "key": self.key, "year": self._year}

    @property
    def _year(self) -> str:
        return self.period.key if self.period and self.kind in ("course", "provider") else ""


def find_scope(kind: str, key: str, *, year: str = "", partnership: Partnership, today: datetime.date) -> Scope | None:
    """None for whatever does not exist, nonsense included: the page answers 404, the command with a sentence.

    `year` narrows a course or a provider to one financial year.
    """
    if kind not in KINDS or "\x00" in key + year or len(key) > LONGEST_KEY:
        return None
    first_month = partnership.financial_year_starts_month
    if kind in ("quarter", "year"):
        parse = parse_quarter if kind == "quarter" else parse_year
        return None if year else _of_period(kind, parse(key, first_month), today)
    period = parse_year(year, first_month) if year else None
    if year and (period is None or kind == "event"):
        return None
    return _FINDERS[kind](key, period)


def find_period(text: str, *, partnership: Partnership, today: datetime.date) -> Scope | None:
    """ "2026-Q3", "2026-27" or "2026"."""
    kind = "quarter" if "Q" in text else "year"
    return find_scope(kind, text, partnership=partnership, today=today)


def _course(key: str, period: Period | None) -> Scope | None:
    course = Course.objects.filter(code=key).first()
    if course is None:
        return None
    title = CourseVersion.objects.filter(course=course, is_current=True).values_list("title", flat=True).first()
    return Scope("course", key, title or key, f"Course {key}{_within(period)}", period, course=key)


def _event(key: str, _: Period | None) -> Scope | None:
    events = Event.objects.exclude(standing=Event.Standing.DRAFT)
    event = events.select_related("version").filter(reference=key).first()
    if event is None:
        return None
    when = f", {full_day(event.starts_at)}" if event.starts_at else ""
    return Scope("event", key, event.version.title, f"Date {key}{when}", event=event.pk)


def _provider(key: str, period: Period | None) -> Scope | None:
    provider = Provider.objects.filter(reference=key).first()
    if provider is None:
        return None
    return Scope("provider", key, provider.name, f"Provider{_within(period)}", period, provider=provider.pk)


def _of_period(kind: str, period: Period | None, today: datetime.date) -> Scope | None:
    """Nothing is known of a period that has not begun."""
    if period is None or period.starts_on > today:
        return None
    return Scope(kind, period.key, period.title, f"{KINDS[kind]} report, {period.name}", period)


def _within(period: Period | None) -> str:
    return f", {period.name}" if period else ", all dates so far"


def periods_so_far(partnership: Partnership, today: datetime.date, earliest: datetime.date | None) -> list[Period]:
    """Quarters and years from the first date to today, the newest first."""
    first_month = partnership.financial_year_starts_month
    found: dict[str, Period] = {}
    day = earliest or today
    while day <= today:
        for period in (quarter_of(day, first_month), year_of(day, first_month)):
            found[period.key] = period
        day = quarter_of(day, first_month).ends_on
    return sorted(found.values(), key=lambda one: one.starts_on, reverse=True)


_FINDERS: dict[str, Callable[[str, Period | None], Scope | None]] = {
    "course": _course,
    "event": _event,
    "provider": _provider,
}
