"""Who came: the three rates, organisations and sectors. Counts of bookings, which nobody's answers are in: in full."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookings.attendance import Attendance, Outcome, Result, outcomes, total
from evaluation.analysis.dates import DateFacts
from evaluation.analysis.figures import Figure, rate
from training.people.models import Agency, Sector

# Below so many bookings an organisation is not called one of the worst: one person of one is no pattern.
WORST_FROM = 5
WORST = 3
MIXED_FROM = 4


@dataclass(frozen=True)
class AgencyFacts:
    name: str
    sector: str


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


def load_came(dates: Iterable[DateFacts]) -> Came:
    """Two queries, for any number of dates. Give dates that have run: nobody has come to the others."""
    facts = {one.pk: one for one in dates}
    rows = outcomes(facts)
    unsent = frozenset(row.event_id for row in rows if row.result is None)
    marked = [row for row in rows if row.event_id not in unsent]
    agencies = list(Agency.objects.values_list("pk", "name", "sector", "standing"))
    known: dict[int | None, AgencyFacts] = {pk: AgencyFacts(name, sector) for pk, name, sector, _ in agencies}
    by_agency: dict[int | None, list[Outcome]] = defaultdict(list)
    by_event: dict[int, list[Outcome]] = {pk: [] for pk in facts if pk not in unsent}
    for row in marked:
        by_agency[row.agency_id].append(row)
        by_event[row.event_id].append(row)
    return Came(
        {pk: _counts(here, facts[pk].capacity) for pk, here in by_event.items()},
        {agency: _counts(here) for agency, here in by_agency.items()},
        {pk: _sectors(here, known) for pk, here in by_event.items()},
        known,
        _settled_by_sector(agencies),
        unsent,
    )


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
    rooms = [number for number in came.sectors_in_room.values() if number]
    part = sum(1 for number in rooms if number >= MIXED_FROM)
    return rate("mixed", "Four or more sectors in the room", part, len(rooms), "{part} of {whole} dates")


def _counts(rows: Iterable[Outcome], capacity: int = 0) -> Attendance:
    booked = attended = apologies = missed = walk_ins = 0
    for row in rows:
        came = row.result == Result.ATTENDED
        walk_ins += row.is_walk_in and came
        booked += not row.is_walk_in
        attended += not row.is_walk_in and came
        apologies += not row.is_walk_in and row.result == Result.APOLOGIES
        missed += not row.is_walk_in and row.result == Result.DID_NOT_ATTEND
    return Attendance(booked, attended, apologies, missed, 0, walk_ins, capacity)


def _sectors(rows: Iterable[Outcome], agencies: Mapping[int | None, AgencyFacts]) -> int:
    here = {row.agency_id for row in rows if row.result == Result.ATTENDED and row.agency_id is not None}
    return len({agencies[agency].sector for agency in here if agency in agencies})


def _settled_by_sector(agencies: Iterable[tuple[int, str, str, str]]) -> dict[str, int]:
    found: dict[str, int] = dict.fromkeys(Sector.values, 0)
    for _, _, sector, standing in agencies:
        found[sector] += standing == Agency.Standing.SETTLED
    return found
