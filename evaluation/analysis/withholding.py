"""What may be shown of answers, so that no total, sibling or earlier report gives away what few people said.

Everything published is a sum of *blocks*. A block is a set of dates whose answers are only ever shown together, and
it is large enough. Each published cut (a date, a course, a provider, a quarter, a year, and what they have in common)
is the sum of the blocks that lie wholly within it. Whatever is added or taken away, then, is a sum of whole blocks:
nobody gets below one.

1. A date whose form is still open shows its answers in steps, the newest step held back (the query sees to it),
   so that two reports, before and after, differ by a step at least or not at all.
2. A date whose form is closed is a block if it has enough answers.
3. Closed dates with too few are put together: those of one version, provider and quarter; what is left of one
   version and quarter; of one quarter; of one year. Only once every form of that group is closed, so that a block
   never changes. What is too small even then stays hidden.

The lattice of the cuts is declared in `Place`; docs/adr/0012 says why it is so.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar


class Addable(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Addable)


@dataclass(frozen=True)
class Place:
    """Where a date stands: groups from the narrowest to the widest, each within the next. None: in no pool."""

    version: int
    provider: int | None
    quarter: str | None
    year: int | None

    def pools(self) -> tuple[Hashable, ...]:
        if self.quarter is None:
            return ()
        return (
            (self.version, self.provider, self.quarter),
            (self.version, self.quarter),
            (self.quarter,),
            (self.year,),
        )


@dataclass(frozen=True)
class Block(Generic[T]):
    events: frozenset[int]
    tally: T


def blocks(
    tallies: Mapping[int, T],
    places: Mapping[int, Place],
    closed: Iterable[int],
    is_enough: Callable[[T], bool],
) -> list[Block[T]]:
    """The blocks of one measure. `tallies` are by date, without those that have no answer.

    `places` holds every date of the years concerned, with answers or without: one that is open keeps its groups
    waiting. `is_enough` must hold for the sum of two for which it holds.
    """
    shut = set(closed)
    found = [Block(frozenset({event}), tally) for event, tally in tallies.items() if is_enough(tally)]
    alone = {event for block in found for event in block.events}
    rest = [event for event in tallies if event in shut and event not in alone]
    waiting = {pool for event, place in places.items() if event not in shut for pool in place.pools()}
    for level in range(4):
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for event in rest:
            pools = places[event].pools()
            if pools and pools[level] not in waiting:
                groups[pools[level]].append(event)
        for members in groups.values():
            together = _sum(tallies[event] for event in members)
            if is_enough(together):
                found.append(Block(frozenset(members), together))
                rest = [event for event in rest if event not in members]
    return found


def shown(found: Iterable[Block[T]], cut: frozenset[int], nothing: T) -> T:
    """The sum of the blocks that lie wholly within these dates."""
    return _sum((block.tally for block in found if block.events <= cut), nothing)


def events_shown(found: Iterable[Block[T]], cut: frozenset[int]) -> frozenset[int]:
    """The dates whose answers are in what is shown of these dates."""
    return frozenset().union(*(block.events for block in found if block.events <= cut))


def _sum(tallies: Iterable[T], nothing: T | None = None) -> T:
    rows = iter(tallies)
    total = next(rows) if nothing is None else nothing
    for one in rows:
        total = total + one
    return total
