"""How many places somebody could have: places are three numbers, some are kept for others, and there may be a cap.

All of it is arithmetic without a database; `reading.py` reads a date's room.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bookings.models import NextRule


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
class Cap:
    """At most so many places for one organisation; from `until` on no more."""

    places: int
    until: datetime.date


@dataclass(frozen=True)
class Room:
    """One date's places at a moment. `offered` is None where there is no limit (e-learning).

    `held_by` may be empty where nothing asks for it: nothing is kept, nobody is capped, the rule is first come.
    """

    offered: int | None
    held: int
    kept: Sequence[Kept] = ()
    held_by: Mapping[Belongs, int] = field(default_factory=dict)
    cap: Cap | None = None
    rule: NextRule = NextRule.FIRST_COME

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
        free = self.left - sum(number for _, number in self.kept_for_others(one))
        under_cap = self.left_under_cap(one)
        return max(0, free if under_cap is None else min(free, under_cap))

    def left_under_cap(self, one: Belongs) -> int | None:
        """How many more their organisation may have for now; None where nothing says. What is kept for it counts."""
        if self.cap is None or one.agency_id is None:
            return None
        held = sum(number for other, number in self.held_by.items() if other.agency_id == one.agency_id)
        kept = sum(kept.places for kept in self.kept if kept.agency_id == one.agency_id)
        return max(0, max(self.cap.places, kept) - held)

    def has_place_for(self, one: Belongs) -> bool:
        free = self.free_for(one)
        return free is None or free > 0

    def with_one_more(self, one: Belongs) -> "Room":
        return replace(self, held=self.held + 1, held_by=Counter(self.held_by) + Counter({one: 1}))

    def of_sector(self, sector: str) -> int:
        """How many people of this sector have a place."""
        return sum(number for one, number in self.held_by.items() if one.sector == sector)


def _take(pool: "Counter[Belongs]", kept: Kept) -> int:
    """Take out of the pool whom this allocation serves; how many they are."""
    taken = 0
    for one in [one for one in pool if kept.is_for(one)]:
        number = min(pool[one], kept.places - taken)
        pool[one] -= number
        taken += number
    return taken
