"""What the address of a search asks for, read kindly: what makes no sense is left out, and a sentence says so."""

import datetime
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.http import QueryDict
from django.utils.text import slugify

from training.catalogue.finding.words import tidy
from training.catalogue.models import DeliveryMode, Framework, Remit
from training.governance.models import Priority

T = TypeVar("T")
SORTS = {"best": "best match", "date": "soonest date", "title": "title", "places": "most places left"}
VIEWS = {"list": "List", "month": "Month"}
EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)
MOST_VALUES = 20
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})", re.ASCII)
_BRITISH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})", re.ASCII)


@dataclass(frozen=True)
class Choices:
    """What may be chosen besides modes and remits: rows, so two queries."""

    frameworks: Sequence[Framework]
    priorities: Sequence[Priority]

    @classmethod
    def load(cls) -> "Choices":
        """The local framework first: a plain `level=3` is its."""
        frameworks = sorted(Framework.objects.all(), key=lambda framework: (framework.code != "local", framework.pk))
        return cls(frameworks, list(Priority.objects.order_by("name")))

    def rungs(self, notation: str) -> tuple[Framework, tuple[int, int]] | None:
        """`local:3`, or plain `3`, `L3`, `2-3`, `B`: on the first framework that has it."""
        code, colon, plain = notation.partition(":")
        frameworks = [f for f in self.frameworks if f.code == code.strip().lower()] if colon else self.frameworks
        for framework in frameworks:
            if span := framework.parse(plain if colon else notation):
                return framework, span
        return None

    def priority(self, name: str) -> Priority | None:
        slug = slugify(name)
        return next((p for p in self.priorities if slug and slugify(p.name) == slug), None)


@dataclass(frozen=True)
class Wanted:
    """A search, understood. `chosen` holds the values of each facet: `mode`, `remit`, `priority`, `level:local` …"""

    text: str = ""
    chosen: dict[str, frozenset[Hashable]] = field(default_factory=dict)
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    only_with_places: bool = False
    sort: str = ""
    view: str = ""
    month: datetime.date | None = None
    notes: tuple[str, ...] = ()

    @property
    def asks_for_dates(self) -> bool:
        """Whether a course must have a date that fits, not only a subject."""
        return bool(self.first_day or self.last_day or self.only_with_places)

    @property
    def is_filtered(self) -> bool:
        return self.asks_for_dates or any(self.chosen.values())


def read_wanted(query: QueryDict, choices: Choices) -> Wanted:
    notes: list[str] = []
    first_day, last_day = _days(query, notes)
    sort, view = query.get("sort", ""), query.get("view", "")
    if sort and sort not in SORTS:
        notes.append(f"Courses cannot be sorted by {_quoted(sort)}.")
    if view and view not in VIEWS:
        notes.append(f"There is no view called {_quoted(view)}: this is the list.")
    return Wanted(
        text=tidy(query.get("q", "")),
        chosen=_chosen(query, choices, notes),
        first_day=first_day,
        last_day=last_day,
        only_with_places=_ticked(query, "places", notes),
        sort=sort if sort in SORTS else "",
        view=view if view in VIEWS else "",
        month=_month(query.get("month", ""), notes) if view == "month" else None,
        notes=tuple(dict.fromkeys(notes)),
    )


def _chosen(query: QueryDict, choices: Choices, notes: list[str]) -> dict[str, frozenset[Hashable]]:
    modes = _known(query, "mode", lambda text: _member(DeliveryMode, text), "We know no way of learning called", notes)
    remits = _known(query, "remit", lambda text: _member(Remit, text), "We know no remit called", notes)
    priorities = _known(query, "priority", choices.priority, "There is no priority called", notes)
    chosen: dict[str, frozenset[Hashable]] = {
        "mode": frozenset(modes),
        "remit": frozenset(remits),
        "priority": frozenset(priority.pk for priority in priorities),
    }
    for framework, (lowest, highest) in _known(query, "level", choices.rungs, "There is no level called", notes):
        key = level_key(framework)
        chosen[key] = chosen.get(key, frozenset()) | frozenset(range(lowest, highest + 1))
    return chosen


def level_key(framework: Framework) -> str:
    return f"level:{framework.code}"


def _known(query: QueryDict, name: str, read: Callable[[str], T | None], complaint: str, notes: list[str]) -> list[T]:
    """The values of a repeated parameter that mean something; a note for each of the others."""
    known = []
    for text in _values(query, name):
        value = read(text)
        if value is None:
            notes.append(f"{complaint} {_quoted(text)}, so that was left out.")
        else:
            known.append(value)
    return known


def _values(query: QueryDict, name: str) -> Iterator[str]:
    yield from [text for text in dict.fromkeys(query.getlist(name)) if text.strip()][:MOST_VALUES]


def _member(choices: type[DeliveryMode] | type[Remit], text: str) -> str | None:
    value = text.strip().lower().replace("-", "_")
    return value if value in choices.values else None


def _ticked(query: QueryDict, name: str, notes: list[str]) -> bool:
    text = query.get(name, "").strip()
    if text not in ("", "0", "1"):
        notes.append(f"{_quoted(text)} is not a choice for “places left”, so that was left out.")
    return text == "1"


def _days(query: QueryDict, notes: list[str]) -> tuple[datetime.date | None, datetime.date | None]:
    first_day, last_day = _day(query.get("from", ""), notes), _day(query.get("to", ""), notes)
    if first_day and last_day and last_day < first_day:
        notes.append("The second day is before the first, so they were swapped.")
        return last_day, first_day
    return first_day, last_day


def _day(text: str, notes: list[str]) -> datetime.date | None:
    if not text.strip():
        return None
    match = _ISO.fullmatch(text.strip()) or _BRITISH.fullmatch(text.strip())
    try:
        day = datetime.date(*(int(match[part]) for part in ("year", "month", "day"))) if match else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        notes.append(f"{_quoted(text)} is not a date that we can search from, so it was left out.")
        return None
    return day


def _month(text: str, notes: list[str]) -> datetime.date | None:
    """Its first day."""
    if not text.strip():
        return None
    match = _MONTH.fullmatch(text.strip())
    first = _day(f"{text.strip()}-01", []) if match else None
    if first is None:
        notes.append(f"{_quoted(text)} is not a month that we can show: this is the next one with dates.")
    return first


def _quoted(text: str) -> str:
    shown = tidy(text)
    return f"“{shown[:30]}…”" if len(shown) > 30 else f"“{shown}”"


def as_query(wanted: Wanted, choices: Choices) -> QueryDict:
    """The address of this search with nothing in it that was not understood."""
    query = QueryDict(mutable=True)
    month = f"{wanted.month:%Y-%m}" if wanted.month else ""
    rest = (("sort", wanted.sort), ("view", wanted.view), ("month", month))
    for name, text in (("q", wanted.text), *_pairs(wanted, choices), *rest):
        if text:
            query.appendlist(name, text)
    return query


def _pairs(wanted: Wanted, choices: Choices) -> Iterable[tuple[str, str]]:
    for name in ("mode", "remit"):
        yield from ((name, str(value)) for value in sorted(map(str, wanted.chosen.get(name, ()))))
    for framework in choices.frameworks:
        chosen = wanted.chosen.get(level_key(framework), frozenset())
        yield from (("level", f"{framework.code}:{rung}") for n, rung in enumerate(framework.rungs, 1) if n in chosen)
    priorities = wanted.chosen.get("priority", frozenset())
    yield from (("priority", slugify(p.name)) for p in choices.priorities if p.pk in priorities)
    yield "from", wanted.first_day.isoformat() if wanted.first_day else ""
    yield "to", wanted.last_day.isoformat() if wanted.last_day else ""
    yield "places", "1" if wanted.only_with_places else ""
