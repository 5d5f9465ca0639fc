"""The multi-agency index: how many of the partnership's sectors are in one room. Explained in docs/mixed-rooms.md.

*Of a date*: the sectors of whoever has a place, until it is over; then of whoever came, colleagues who came instead
and people without booking included. A date whose register is not complete has none yet. *Out of*: the sectors with at
least one organisation that the partnership knows. *Of several dates*: the mean over those with anybody in the room,
and how many of them had four sectors or more.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bookings.models import Booking
from bookings.registers.attendance import attendance_in_rooms
from training.catalogue.models import Event
from training.people.models import Agency, Sector
from training.web.words import of

# A room is called mixed from so many sectors on.
MIXED_FROM = 4


@dataclass(frozen=True)
class Mix:
    """The sectors in one room, in the order of `Sector`, and those of the partnership."""

    present: Sequence[str]
    known: Sequence[str]

    @property
    def absent(self) -> list[str]:
        return [sector for sector in self.known if sector not in self.present]

    @property
    def present_in_words(self) -> str:
        return ", ".join(Sector(sector).label.lower() for sector in self.present)

    @property
    def absent_in_words(self) -> str:
        return ", ".join(Sector(sector).label.lower() for sector in self.absent)

    def __str__(self) -> str:
        return f"{of(len(self.present), max(len(self.known), len(self.present)))} sectors in the room"


@dataclass(frozen=True)
class Spread:
    """The index of several dates: how many sectors were in each room with anybody in it, out of how many."""

    rooms: Sequence[int]
    known: int

    @property
    def average(self) -> float | None:
        return sum(self.rooms) / len(self.rooms) if self.rooms else None

    @cached_property
    def mixed(self) -> int:
        return sum(1 for number in self.rooms if number >= MIXED_FROM)

    def __str__(self) -> str:
        """ "4.3 of 9 sectors in the room on average"; empty of no dates."""
        return f"{self.average:.1f} of {self.known} sectors in the room on average" if self.average else ""

    @property
    def mixed_in_words(self) -> str:
        """ "four or more on 5 of 7 dates"."""
        return f"four or more on {of(self.mixed, len(self.rooms))} dates" if self.rooms else ""


def spread_of(rooms: Iterable[int], known: int) -> Spread:
    """Rooms with nobody in them do not count."""
    return Spread([number for number in rooms if number], known)


def known_sectors() -> list[str]:
    found = set(Agency.objects.settled().values_list("sector", flat=True).distinct())
    return [sector for sector in Sector.values if sector in found]


def mix_of(event: Event, now: datetime.datetime) -> Mix | None:
    return mixes_of([event], now)[event.pk]


def mixes_of(events: Iterable[Event], now: datetime.datetime) -> dict[int, Mix | None]:
    """By the dates' ids, in at most four queries; None where nobody can say yet who came."""
    asked, known = list(events), known_sectors()
    over = [event.pk for event in asked if event.ends_at is not None and event.ends_at <= now]
    held = _who_has_a_place([event.pk for event in asked if event.pk not in set(over)])
    came = _who_came(over)
    rooms: dict[int, set[str] | None] = {**{event.pk: held.get(event.pk, set()) for event in asked}, **came}
    return {pk: None if sectors is None else Mix(_in_order(sectors), known) for pk, sectors in rooms.items()}


def _in_order(sectors: set[str]) -> list[str]:
    return [sector for sector in Sector.values if sector in sectors]


def _who_has_a_place(pks: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if pks:
        rows = Booking.objects.filter(event__in=pks, employment__isnull=False).holding_a_place().order_by()
        for pk, sector in rows.values_list("event", "employment__agency__sector").distinct():
            found[pk].add(sector)
    return found


def _who_came(pks: Sequence[int]) -> dict[int, set[str] | None]:
    found: dict[int, set[str] | None] = {pk: set() for pk in pks}
    rows = attendance_in_rooms(pks) if pks else []
    sectors: Mapping[int | None, str] = dict(Agency.objects.values_list("pk", "sector")) if rows else {}
    for pk, agency, there, is_known in rows:
        here = found[pk]
        if not is_known:
            found[pk] = None
        elif here is not None and there.attended + there.walk_ins and agency in sectors:
            here.add(sectors[agency])
    return found


def mix_over(mixes: Iterable[Mix | None]) -> Spread:
    """The index of several dates from that of each."""
    listed = [mix for mix in mixes if mix is not None]
    return spread_of([len(mix.present) for mix in listed], max((len(mix.known) for mix in listed), default=0))
