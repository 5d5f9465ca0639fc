"""How many places somebody could have: places are three numbers, and some are kept for others.

The arithmetic (`Room`) is pure; `room_of` reads it in two queries, one when nothing is kept.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from bookings.models import AgencyAllocation, Booking
from training.catalogue.models import Event
from training.people.models import Agency, Employment


@dataclass(frozen=True)
class Belongs:
    """Where somebody works, as far as places are kept for it. Nobody's: both empty."""

    agency_id: int | None = None
    sector: str = ""


@dataclass(frozen=True)
class Kept:
    """Places kept for one organisation or one sector; `whom` and `until` are for the sentence."""

    places: int
    agency_id: int | None = None
    sector: str = ""
    whom: str = ""
    until: datetime.date | None = None

    def is_for(self, one: Belongs) -> bool:
        return self.agency_id == one.agency_id if self.agency_id else bool(self.sector) and self.sector == one.sector


@dataclass(frozen=True)
class Room:
    """One date's places at a moment. `offered` is None where there is no limit (e-learning)."""

    offered: int | None
    held: int
    kept: Sequence[Kept] = ()
    held_by: Mapping[Belongs, int] = field(default_factory=dict)

    @property
    def left(self) -> int | None:
        """Places that nobody holds, kept or not."""
        return None if self.offered is None else max(0, self.offered - self.held)

    def unused(self) -> list[tuple[Kept, int]]:
        """Each allocation and how much of it its own people have not taken up.

        Somebody uses their organisation's places first and their sector's only when those are gone.
        """
        pool = Counter(self.held_by)
        in_order = sorted(self.kept, key=lambda kept: (kept.agency_id is None, kept.sector, kept.agency_id or 0))
        return [(kept, kept.places - _take(pool, kept)) for kept in in_order]

    def kept_for_others(self, one: Belongs) -> list[tuple[Kept, int]]:
        return [(kept, number) for kept, number in self.unused() if number and not kept.is_for(one)]

    def free_for(self, one: Belongs) -> int | None:
        """Places that this one could have now; None without limit."""
        if self.left is None:
            return None
        return max(0, self.left - sum(number for _, number in self.kept_for_others(one)))

    def has_place_for(self, one: Belongs) -> bool:
        free = self.free_for(one)
        return free is None or free > 0

    def with_one_more(self, one: Belongs) -> "Room":
        return Room(self.offered, self.held + 1, self.kept, Counter(self.held_by) + Counter({one: 1}))


def _take(pool: "Counter[Belongs]", kept: Kept) -> int:
    """Take out of the pool whom this allocation serves; how many they are."""
    taken = 0
    for one in [one for one in pool if kept.is_for(one)]:
        number = min(pool[one], kept.places - taken)
        pool[one] -= number
        taken += number
    return taken


def belongs(employment: Employment | None) -> Belongs:
    return Belongs(employment.agency_id, employment.agency.sector) if employment else Belongs()


def belongs_to(agency: Agency) -> Belongs:
    return Belongs(agency.pk, agency.sector)


def room_of(event: Event, day: datetime.date) -> Room:
    """The places of this date as its row says now; for a decision the caller holds the row's lock.

    `has_kept` may have been read with the row for a page; never with a lock, whose subqueries may be older than it.
    """
    if vars(event).get("has_kept") is False:
        return Room(event.places_offered, event.places_held)
    return rooms_of([event], day)[event.pk]


def rooms_of(events: Iterable[Event], day: datetime.date) -> dict[int, Room]:
    """The same for many dates, by their id, in two queries: one when nothing is kept on any."""
    asked = list(events)
    kept: dict[int, list[Kept]] = defaultdict(list)
    rows = AgencyAllocation.objects.filter(event__in=[event.pk for event in asked]).in_force(day)
    for row in rows.select_related("agency").order_by("pk"):
        kept[row.event_id].append(_kept(row))
    held = _held_by(list(kept)) if kept else {}
    return {
        event.pk: Room(event.places_offered, event.places_held, kept.get(event.pk, []), held.get(event.pk, {}))
        for event in asked
    }


def _kept(row: AgencyAllocation) -> Kept:
    whom = row.agency.name if row.agency else f"the {row.get_sector_display().lower()} sector"
    return Kept(row.places, row.agency_id, row.sector, whom, row.release_on)


def _held_by(event_ids: list[int]) -> dict[int, dict[Belongs, int]]:
    found: dict[int, dict[Belongs, int]] = defaultdict(dict)
    rows = Booking.objects.filter(event__in=event_ids).holding_a_place().order_by()
    where = rows.values_list("event", "employment__agency_id", "employment__agency__sector")
    for event_id, agency_id, sector, number in where.annotate(number=Count("pk")):
        found[event_id][Belongs(agency_id, sector or "")] = number
    return found
