"""The training lead's month as a phone can show it: five rows a section, folded but for the first, found by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bookings.agencies.month import Going, KeptForUs, Month, Waits
from bookings.models import Booking

SHOWN = 5
LONGEST_NAME = 120


@dataclass(frozen=True)
class Section:
    """`rows` of `total`; `number` are all there are before anybody searched."""

    key: str
    rows: Sequence[Going | KeptForUs | Waits]
    total: int
    number: int
    is_open: bool

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


@dataclass(frozen=True)
class Folded:
    """What was searched for, and the three sections by what they are called in the address."""

    name: str
    going: Section
    kept: Section
    waiting: Section
    not_taken: int

    @property
    def is_long(self) -> bool:
        return max(self.going.number, self.waiting.number) > SHOWN


def fold(month: Month, query: Mapping[str, Any]) -> Folded:
    """Of the address: `name` searches people, `all` names the section that is shown in full."""
    name = " ".join(str(query.get("name", "")).replace("\x00", "").split())[:LONGEST_NAME]
    wanted = str(query.get("all", ""))

    def section(key: str, rows: Sequence[Any], booking_of: Callable[[Any], Booking] | None) -> Section:
        found = [row for row in rows if not name or (booking_of and _is_called(booking_of(row), name))]
        cut = found if wanted == key else found[:SHOWN]
        return Section(key, cut, len(found), len(rows), key in ("going", wanted) or bool(name and found))

    return Folded(
        name,
        section("going", month.going, lambda row: row.booking),
        section("kept", month.kept, None),
        section("waiting", month.waiting, lambda row: row.booking),
        sum(one.unused for one in month.kept),
    )


def _is_called(booking: Booking, name: str) -> bool:
    """Every word of what was typed is in the name, whichever comes first, or it is their employee number."""
    work = booking.employment
    number = work.employee_number if work else ""
    called = booking.person.name.casefold()
    return all(word in called for word in name.casefold().split()) or (bool(number) and number == name)
