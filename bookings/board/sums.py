"""What to do next about a course, and why: pure sums over the quarters to come, without a row or a sentence.

People who want a place are counted once a course, in the quarter in which they want it; what one quarter leaves over,
people or places, goes into the sum of the next.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A new date needs so long to be staffed, announced and booked.
LEAD_WORKING_DAYS = 20
MOST_DATES = 9


@dataclass(frozen=True)
class BoardDate:
    """A date to come. `free` are places that anybody may have; `working_days` until it begins."""

    reference: str
    starts_on: datetime.date
    is_open: bool
    places: int
    booked: int
    free: int
    minimum: int
    working_days: int

    @property
    def is_thin(self) -> bool:
        """Open, soon, and with too few booked to run."""
        return self.is_open and self.booked < self.minimum and self.working_days <= LEAD_WORKING_DAYS


@dataclass(frozen=True)
class Demand:
    """People without a place to come, each in one of these only."""

    waiting: int = 0
    interested: int = 0
    due: int = 0

    @property
    def people(self) -> int:
        return self.waiting + self.interested + self.due


@dataclass(frozen=True)
class Square:
    """A course in a quarter that is not over. `scheduled` counts its dates, past ones and drafts too.

    `dates` are those to come. `has_time` while a new date can still be put on in this quarter.
    """

    quarter: datetime.date
    planned: int = 0
    scheduled: int = 0
    dates: Sequence[BoardDate] = ()
    demand: Demand = Demand()
    has_time: bool = True


@dataclass(frozen=True)
class Usual:
    """How many places a date of the course has, and with how few it runs."""

    places: int
    minimum: int


class Kind(StrEnum):
    ADD = "add"
    OPEN = "open"
    SCHEDULE = "schedule"
    FILL = "fill"
    MERGE = "merge"
    PULL = "pull"


class What(StrEnum):
    """What a term of a sum counts."""

    BEFORE = "before"
    WAITING = "waiting"
    INTERESTED = "interested"
    DUE = "due"
    FREE = "free"
    DRAFTS = "drafts"
    PLANNED = "planned"
    SCHEDULED = "scheduled"
    ADDED = "added"
    NEEDED = "needed"
    BOOKED = "booked"


@dataclass(frozen=True)
class Term:
    """Negative where it is taken off."""

    what: What
    number: int


@dataclass(frozen=True)
class Suggestion:
    """The sum is the reason. `dates` is how many to add; `date` what is to be opened, filled, merged or pulled."""

    kind: Kind
    quarter: datetime.date
    terms: Sequence[Term]
    usual: Usual
    dates: int = 0
    date: BoardDate | None = None
    other: BoardDate | None = None
    beyond_plan: bool = False

    @property
    def total(self) -> int:
        return sum(term.number for term in self.terms)


@dataclass(frozen=True)
class Advice:
    """One square with what is lacking in it: people more than places (negative: places more), and what to do."""

    square: Square
    lacking: int
    suggestions: Sequence[Suggestion]


def advise(squares: Sequence[Square], usual: Usual, *, knows_people: bool = True) -> list[Advice]:
    """Quarter by quarter, in their order. Without `knows_people` only what rests on dates, places and the plan."""
    found, before = [], 0
    for square in squares:
        terms = wanted_terms(square, before)
        lacking = sum(term.number for term in terms) - _draft_places(square)
        found.append(
            Advice(square, lacking, suggestions := [*_of(square, squares, usual, terms, before, knows_people)])
        )
        before = lacking - sum(one.dates * usual.places for one in suggestions if one.kind == Kind.ADD)
    return found


def wanted_terms(square: Square, before: int) -> list[Term]:
    """Who wants a place, less the places that are free. Terms of nought are left out."""
    demand = square.demand
    terms = [
        Term(What.BEFORE, before),
        Term(What.WAITING, demand.waiting),
        Term(What.INTERESTED, demand.interested),
        Term(What.DUE, demand.due),
        Term(What.FREE, -sum(date.free for date in square.dates if date.is_open)),
    ]
    return [term for term in terms if term.number]


def _of(
    square: Square, squares: Sequence[Square], usual: Usual, terms: list[Term], before: int, knows_people: bool
) -> Iterator[Suggestion]:
    added = 0
    if knows_people:
        yield from _open_a_draft(square, usual, terms)
        for one in _add(square, usual, terms):
            added = one.dates
            yield one
    yield from _put_on_what_is_planned(square, usual, added)
    wanting = square.demand.people + max(0, before) if knows_people else 0
    for date in square.dates:
        if date.is_thin:
            yield _thin(date, square, squares, usual, wanting)


def _open_a_draft(square: Square, usual: Usual, terms: list[Term]) -> Iterator[Suggestion]:
    """The first draft, where more people want a place than there are."""
    draft = next((date for date in square.dates if not date.is_open), None)
    if draft is not None and sum(term.number for term in terms) > 0:
        yield Suggestion(Kind.OPEN, square.quarter, terms, usual, date=draft)


def _add(square: Square, usual: Usual, terms: list[Term]) -> Iterator[Suggestion]:
    """As many dates as would run: the last one only if enough are left for it."""
    places = _draft_places(square)
    whole = [*terms, *([Term(What.DRAFTS, -places)] if places else [])]
    total = sum(term.number for term in whole)
    if not square.has_time or total < usual.minimum or total <= 0:
        return
    full, rest = divmod(total, usual.places)
    dates = min(full + (rest > 0 and rest >= usual.minimum), MOST_DATES)
    beyond = square.scheduled + dates > square.planned
    yield Suggestion(Kind.ADD, square.quarter, whole, usual, dates=max(1, dates), beyond_plan=beyond)


def _draft_places(square: Square) -> int:
    return sum(date.places for date in square.dates if not date.is_open)


def _put_on_what_is_planned(square: Square, usual: Usual, added: int) -> Iterator[Suggestion]:
    missing = square.planned - square.scheduled - added
    if missing > 0 and square.has_time:
        terms = [Term(What.PLANNED, square.planned)]
        terms += [Term(What.SCHEDULED, -square.scheduled)] if square.scheduled else []
        terms += [Term(What.ADDED, -added)] if added else []
        yield Suggestion(Kind.SCHEDULE, square.quarter, terms, usual, dates=missing)


def _thin(date: BoardDate, square: Square, squares: Sequence[Square], usual: Usual, wanting: int) -> Suggestion:
    """Fill it while enough people want a place; else merge it into a later date with room, else pull it."""
    terms = [Term(What.NEEDED, date.minimum), *([Term(What.BOOKED, -date.booked)] if date.booked else [])]
    lacking = date.minimum - date.booked
    if wanting >= lacking:
        return Suggestion(Kind.FILL, square.quarter, terms, usual, date=date)
    later = [
        one
        for other in squares
        for one in other.dates
        if one.is_open
        and one.reference != date.reference
        and one.starts_on > date.starts_on
        and one.free >= date.booked
    ]
    target = min(later, key=lambda one: one.starts_on, default=None)
    kind = Kind.MERGE if target and date.booked else Kind.PULL
    return Suggestion(kind, square.quarter, terms, usual, date=date, other=target)
