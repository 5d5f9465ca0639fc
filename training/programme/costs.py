"""What a plan is thought to cost, beside the envelope it must keep within. Whole pence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Costed(Protocol):
    """So many dates of something at so much each; None while that is not known."""

    events: int
    pence_each: int | None


@dataclass(frozen=True)
class Cost:
    """`pence` of the dates whose cost is known; `unpriced` dates have none yet."""

    events: int
    pence: int
    unpriced: int
    envelope: int | None

    @property
    def left(self) -> int | None:
        """What the envelope still holds; negative when it does not hold the plan."""
        return None if self.envelope is None else self.envelope - self.pence

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0


def cost_of(rows: Iterable[Costed], envelope: int | None) -> Cost:
    rows = list(rows)
    return Cost(
        events=sum(row.events for row in rows),
        pence=sum(row.events * row.pence_each for row in rows if row.pence_each is not None),
        unpriced=sum(row.events for row in rows if row.pence_each is None),
        envelope=envelope,
    )
