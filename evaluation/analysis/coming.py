"""Who came: the three rates, organisations and sectors. Counts of bookings, which nobody's answers are in: in full."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookings.places.mix import Spread, spread_of
from bookings.registers.attendance import Attendance, attendance_in_rooms, total
from evaluation.analysis.dates import DateFacts
from evaluation.analysis.figures import Figure, rate
from training.people.models import Agency, Sector

# Below so many bookings an organisation is not called one of the worst: one person of one is no pattern.
WORST_FROM = 5
WORST = 3


@dataclass(frozen=True)
class AgencyFacts:
    name: str
    sector: str
    is_settled: bool = True


@dataclass(frozen=True)
class Came:
    """What became of the bookings of some dates. `unsent` are dates whose register is not complete: in no rate."""

    by_event: Mapping[int, Attendance]
    by_agency: Mapping[int | None, Attendance]
    sectors_in_room: Mapping[int, int]
    agencies: Mapping[int | None, AgencyFacts]
    known: Mapping[str, int]
    unsent: frozenset[int]

    @property
    def all(self) -> Attendance:
        return total(self.by_event.values())

    @property
    def spread(self) -> Spread:
        """The multi-agency index of these dates."""
        return spread_of(self.sectors_in_room.values(), sum(1 for number in self.known.values() if number))

    @property
    def by_sector(self) -> dict[str, Attendance]:
        found: dict[str, Attendance] = defaultdict(Attendance)
        for agency, came in self.by_agency.items():
            found[self.agencies[agency].sector if agency in self.agencies else ""] += came
        return dict(found)

    def seen_of_sector(self, sector: str) -> int:
        """How many of its organisations had somebody booked, or there."""
        known = [self.agencies[agency] for agency in self.by_agency if agency in self.agencies]
        return sum(one.sector == sector for one in known)

    def worst(self) -> list[int]:
        """At most three organisations of whose booked people the largest share didn't come; the largest first."""
        rows = [
            (came.did_not_attend / came.booked, came.did_not_attend, agency)
            for agency, came in self.by_agency.items()
            if agency is not None and came.booked >= WORST_FROM and came.did_not_attend
        ]
        return [agency for _, _, agency in sorted(rows, key=lambda row: (-row[0], -row[1], row[2]))[:WORST]]


@dataclass(frozen=True)
class Rooms:
    """Who was on which dates, organisation by organisation; `unsent` are dates on which somebody is not marked."""

    by_event: Mapping[int, Mapping[int | None, Attendance]]
    agencies: Mapping[int | None, AgencyFacts]
    known: Mapping[str, int]
    unsent: frozenset[int]


def load_rooms(dates: Iterable[DateFacts]) -> Rooms:
    """Two queries, for any number of dates. Give dates that have run: nobody has come to the others."""
    facts = [one.pk for one in dates]
    by_event: dict[int, dict[int | None, Attendance]] = {pk: {} for pk in facts}
    unsent = set()
    for event, agency, came, is_known in attendance_in_rooms(facts):
        by_event[event][agency] = came
        if not is_known:
            unsent.add(event)
    agencies = list(Agency.objects.values_list("pk", "name", "sector", "standing"))
    known: dict[int | None, AgencyFacts] = {
        pk: AgencyFacts(name, sector, standing == Agency.Standing.SETTLED) for pk, name, sector, standing in agencies
    }
    return Rooms(by_event, known, _settled_by_sector(agencies), frozenset(unsent))


def load_came(dates: Iterable[DateFacts]) -> Came:
    facts = list(dates)
    return came_in(load_rooms(facts), facts)


def came_in(rooms: Rooms, dates: Iterable[DateFacts]) -> Came:
    """What became of the bookings of these dates, all of which are in `rooms`."""
    facts = list(dates)
    by_event: dict[int, Attendance] = {}
    by_agency: dict[int | None, Attendance] = defaultdict(Attendance)
    sectors: dict[int, int] = {}
    for one in facts:
        if one.pk in rooms.unsent:
            continue
        here = rooms.by_event[one.pk]
        by_event[one.pk] = total([*here.values(), Attendance(capacity=one.capacity)])
        sectors[one.pk] = _sectors(here, rooms.agencies)
        for agency, came in here.items():
            by_agency[agency] += came
    unsent = rooms.unsent & {one.pk for one in facts}
    return Came(by_event, dict(by_agency), sectors, rooms.agencies, rooms.known, unsent)


def fill(came: Attendance) -> Figure:
    part, whole = came.fill.part, came.fill.whole
    return rate("fill", "Places filled", part, whole, "{part} people came to {whole} places")


def attendance(came: Attendance) -> Figure:
    of = "{part} of {whole} booked people came"
    return rate("attendance", "Came", came.attendance.part, came.attendance.whole, of)


def did_not_attend(came: Attendance) -> Figure:
    part, whole = came.did_not_attend_rate.part, came.did_not_attend_rate.whole
    return rate("did_not_attend", "Didn’t come", part, whole, "{part} of {whole} booked people didn’t come")


def mixed(came: Came) -> Figure:
    """Dates to which people of several sectors came, of those to which somebody came."""
    spread = came.spread
    return rate("mixed", "Four or more sectors in the room", spread.mixed, len(spread.rooms), "{part} of {whole} dates")


def _sectors(here: Mapping[int | None, Attendance], agencies: Mapping[int | None, AgencyFacts]) -> int:
    present = {agency for agency, came in here.items() if came.attended + came.walk_ins}
    return len({agencies[agency].sector for agency in present if agency in agencies})


def _settled_by_sector(agencies: Iterable[tuple[int, str, str, str]]) -> dict[str, int]:
    found: dict[str, int] = dict.fromkeys(Sector.values, 0)
    for _, _, sector, standing in agencies:
        found[sector] += standing == Agency.Standing.SETTLED
    return found
