"""Whether a place that stood empty is charged for, and how much: arithmetic on what happened, no clock, no database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bookings.models import BookingPolicyVersion, Ground
from bookings.rules.tariffs import Payer, charge_pence, late_charge_pence, why_exempt

# A place is taken by somebody at the door this long before the start at the earliest.
AT_THE_DOOR = datetime.timedelta(hours=2)


@dataclass(frozen=True)
class Missed:
    """A booking whose place stood empty. `at`: when it was cancelled; for not coming, the start of the date."""

    booking_id: int
    ground: str
    at: datetime.datetime
    starts_at: datetime.datetime
    version: BookingPolicyVersion
    payer: Payer | None
    days: int = 1
    is_late_promotion: bool = False
    # What had become of the date when it should have begun.
    is_called_off: bool = False


@dataclass(frozen=True)
class Reckoned:
    """What the rules say: a sum to ask about, or why there is none. Nothing at all where they name no sum."""

    pence: int = 0
    why_not: str = ""

    @property
    def is_nothing(self) -> bool:
        return not self.pence and not self.why_not


def refilled(
    missed: Sequence[Missed], arrivals: Sequence[datetime.datetime], *, places: int | None, live: int
) -> set[int]:
    """The bookings, by id, whose place somebody else took: never more than the date had too few places without it.

    `arrivals` are the moments at which others came to have a place, `live` how many had one in the end, those who
    did not come among them. Whoever arrived is held against the earliest place that was empty by then and not yet
    taken; for a place empty at the start that is only somebody let in at the door.
    """
    if places is None:
        return set()
    late = [one for one in missed if one.ground == Ground.CANCELLED_LATE]
    needed = max(0, live + len(late) - places)
    left = sorted(missed, key=lambda one: (_free_from(one), one.booking_id))
    taken: set[int] = set()
    for arrival in sorted(arrivals):
        free = [one for one in left if _free_from(one) <= arrival and one.booking_id not in taken]
        if free and len(taken) < needed:
            taken.add(free[0].booking_id)
    return taken


def _free_from(one: Missed) -> datetime.datetime:
    return one.starts_at - AT_THE_DOOR if one.ground == Ground.DID_NOT_COME else one.at


def reckon(one: Missed, *, is_refilled: bool) -> Reckoned:
    """The first thing that frees from a charge is the reason kept; no sum in the rules is no charge at all."""
    if one.payer is None:
        return Reckoned(why_not="no_organisation")
    pence = _pence(one, one.payer)
    if not pence:
        # Kept only where there would have been a sum.
        would_pay = _pence(one, Payer(kind=one.payer.kind, sector=one.payer.sector))
        return Reckoned(why_not=why_exempt(one.version, one.payer) if would_pay else "")
    if one.is_called_off:
        return Reckoned(why_not="called_off")
    if one.is_late_promotion:
        return Reckoned(why_not="promoted_late")
    return Reckoned(why_not="refilled") if is_refilled else Reckoned(pence=pence)


def _pence(one: Missed, payer: Payer) -> int:
    if one.ground == Ground.DID_NOT_COME:
        return charge_pence(one.version, payer, days=one.days)
    return late_charge_pence(one.version, payer, starts_at=one.starts_at, left_at=one.at, days=one.days)
