"""What each rule would do now with a real waiting list, and what was done on a date, turn by turn."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bookings.models import Booking, NextRule, PlacesStep, WaitingDecision
from bookings.places.choosing import Waiting, choose_next, ordinal, why_chosen
from bookings.places.reading import room_of
from bookings.places.room import Room
from bookings.places.waiting_list import list_to_choose_from
from training.catalogue.models import Course, Event
from training.web.when import london_day


@dataclass(frozen=True)
class Next:
    """Who would be next by one rule, and why."""

    rule: NextRule
    row: Waiting
    sentence: str


@dataclass(frozen=True)
class Example:
    """A date with a waiting list, if one more place came free: `is_own` when it is of the course asked about."""

    event: Event
    waiting: int
    by_rule: Sequence[Next]
    is_own: bool

    @property
    def is_alike(self) -> bool:
        return len({one.row.booking.pk for one in self.by_rule}) == 1


def example_for(course: Course, now: datetime.datetime) -> Example | None:
    """The longest list of this course, else of any; one on which the rules differ before others."""
    waiting = Booking.objects.waiting().filter(event__standing="published", event__starts_at__gt=now)
    own = _examples(_longest(waiting.filter(event__version__course=course)), now, is_own=True)
    found = own or _examples(_longest(waiting), now, is_own=False)
    return next((one for one in found if not one.is_alike), found[0] if found else None)


def _longest(rows: Iterable[Booking]) -> list[Event]:
    """At most five dates, the longest list first."""
    lists: dict[int, int] = {}
    for pk in rows.order_by().values_list("event", flat=True):  # type: ignore[attr-defined]
        lists[pk] = lists.get(pk, 0) + 1
    chosen = sorted(lists, key=lambda pk: (-lists[pk], pk))[:5]
    events = Event.objects.select_related("version__course").in_bulk(chosen)
    return [events[pk] for pk in chosen]


def _examples(events: Sequence[Event], now: datetime.datetime, *, is_own: bool) -> list[Example]:
    return [one for event in events if (one := _example(event, now, is_own=is_own))]


def _example(event: Event, now: datetime.datetime, *, is_own: bool) -> Example | None:
    room = room_of(event, london_day(now), asks_who=True)
    room = replace(room, offered=(room.offered or 0) + (0 if room.left else 1))
    persons = list(Booking.objects.filter(event=event).waiting().values_list("person", flat=True))
    rows = list_to_choose_from(event, NextRule.MIX, persons, now)
    by_rule = [one for rule in NextRule if (one := _next(rows, room, rule))]
    return Example(event, len(rows), by_rule, is_own) if by_rule else None


def _next(rows: Sequence[Waiting], room: Room, rule: NextRule) -> Next | None:
    row, _ = choose_next(rows, room, rule)
    return Next(rule, row, f"{ordinal(row.position)} on the list. {why_chosen(row, room, rule)}") if row else None


@dataclass
class Turn:
    """One place given: who got it, and everybody passed over for them."""

    chosen: WaitingDecision
    passed: list[WaitingDecision] = field(default_factory=list)

    @property
    def at(self) -> datetime.datetime:
        return self.chosen.at


@dataclass(frozen=True)
class Entry:
    """A line of a date's history: a turn, somebody moved by hand, or what was done to its places."""

    at: datetime.datetime
    turn: Turn | None = None
    moved: WaitingDecision | None = None
    step: PlacesStep | None = None


def history_of(event: Event, about: str = "") -> list[Entry]:
    """Everything about this date's places, the latest first, in two queries; `about` is a booking's reference.

    About one booking: the turns in which it was chosen or passed over.
    """
    rows = WaitingDecision.objects.filter(event=event).select_related("booking__person", "booking__employment__agency")
    turns: dict[int, Turn] = {}
    entries: list[Entry] = []
    for row in rows.order_by("turn", "-is_chosen", "position", "pk"):
        if row.turn is None:
            entries.append(Entry(row.at, moved=row))
        elif row.is_chosen:
            turns[row.turn] = Turn(row)
        elif row.turn in turns:
            turns[row.turn].passed.append(row)
    entries += [Entry(turn.at, turn=turn) for turn in turns.values()]
    if about:
        entries = [one for one in entries if _is_about(one, about)]
    else:
        entries += [Entry(step.at, step=step) for step in event.places_steps.select_related("by")]
    return sorted(entries, key=_in_time, reverse=True)


def _in_time(one: Entry) -> tuple[datetime.datetime, int]:
    return one.at, (one.turn.chosen.turn or 0) if one.turn else 0


def _is_about(one: Entry, reference: str) -> bool:
    rows = [one.turn.chosen, *one.turn.passed] if one.turn else [one.moved] if one.moved else []
    return any(row.booking.reference == reference for row in rows)
