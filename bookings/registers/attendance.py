"""Who attended: derived from the marks and the rules of each booking, never stored, so that a correction is enough.

The three rates of the field, each with what it is a part of:
fill = attended ÷ places offered, people who came without booking included;
attendance and did-not-attend = of the live bookings at the start. A colleague who came instead counts as booked,
somebody who came without booking does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

from bookings.models import Booking
from training.catalogue.models import Event
from training.web.words import of, percent


class Result(StrEnum):
    """What became of a booking. Together they are all live bookings at the start."""

    ATTENDED = "attended"
    APOLOGIES = "apologies"
    DID_NOT_ATTEND = "did_not_attend"


@dataclass(frozen=True)
class Rate:
    """A part of a whole, and never one without the other."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; more when more came than had places. None of nothing."""
        return self.part / self.whole if self.whole else None

    def __str__(self) -> str:
        return f"{percent(self.part, self.whole)} ({of(self.part, self.whole)})"


@dataclass(frozen=True)
class Attendance:
    """The counts of one date, of one organisation's people, or of several dates together.

    `booked` = `attended` + `apologies` + `did_not_attend` + `unmarked` (not known yet). `capacity` is the places
    offered; 0 where it is not asked for. `walk_ins` came without booking and attended.
    """

    booked: int = 0
    attended: int = 0
    apologies: int = 0
    did_not_attend: int = 0
    unmarked: int = 0
    walk_ins: int = 0
    capacity: int = 0

    @property
    def fill(self) -> Rate:
        return Rate(self.attended + self.walk_ins, self.capacity)

    @property
    def attendance(self) -> Rate:
        return Rate(self.attended, self.booked)

    @property
    def did_not_attend_rate(self) -> Rate:
        return Rate(self.did_not_attend, self.booked)

    def __add__(self, other: "Attendance") -> "Attendance":
        """Spelt out: a report adds up thousands."""
        return Attendance(
            self.booked + other.booked,
            self.attended + other.attended,
            self.apologies + other.apologies,
            self.did_not_attend + other.did_not_attend,
            self.unmarked + other.unmarked,
            self.walk_ins + other.walk_ins,
            self.capacity + other.capacity,
        )


@dataclass(frozen=True)
class Outcome:
    """One live booking and what became of it; `result` is None while a day of it is not marked."""

    booking_id: int
    person_id: int
    event_id: int
    agency_id: int | None
    is_walk_in: bool
    result: Result | None


# One row a live booking of the dates asked for. What a mark is worth on one day:
# late counts as there within the grace of the booking's own rules, leaving early likewise before the end; turned away
# is absence where those rules say so, and as good as apologies where they don't; didn't come is absence, and so is no
# mark on a register that was sent (somebody who joined on the second day was not there on the first). The whole:
# absent on any day is absence, else apologies for any day, else not known while a day is unmarked. Times of marks are
# clocks in the room, so London's.
OUTCOMES = """
WITH booked AS (
    SELECT b.id, b.person_id, b.event_id, e.agency_id, b.origin = 'walk_in' AS is_walk_in,
           make_interval(mins => p.late_grace_minutes) AS late_grace,
           make_interval(mins => p.early_grace_minutes) AS early_grace, p.turned_away_is_absent
    FROM bookings_booking b
    JOIN bookings_bookingpolicyversion p ON p.id = b.policy_version_id
    LEFT JOIN people_employment e ON e.id = b.employment_id
    WHERE b.event_id = ANY(%(events)s) AND b.status = 'booked'
), days AS (
    SELECT booked.id AS booking_id,
        CASE
            WHEN m.mark IS NULL OR m.mark = 'expected' THEN
                CASE WHEN r.sent_at IS NULL THEN 'unmarked' ELSE 'absent' END
            WHEN m.mark = 'apologies' THEN 'apologies'
            WHEN m.mark = 'turned_away' AND NOT booked.turned_away_is_absent THEN 'apologies'
            WHEN m.mark IN ('turned_away', 'did_not_attend') THEN 'absent'
            WHEN m.mark = 'late'
                AND m.at_time - (s.starts_at AT TIME ZONE 'Europe/London')::time > booked.late_grace THEN 'absent'
            WHEN m.mark = 'left_early'
                AND (s.ends_at AT TIME ZONE 'Europe/London')::time - m.at_time > booked.early_grace THEN 'absent'
            ELSE 'there'
        END AS day
    FROM booked
    JOIN catalogue_session s ON s.event_id = booked.event_id
    LEFT JOIN bookings_register r ON r.session_id = s.id
    LEFT JOIN LATERAL (
        SELECT mark, at_time FROM bookings_registermark
        WHERE session_id = s.id AND booking_id = booked.id
        ORDER BY made_at DESC, received_at DESC, id DESC LIMIT 1
    ) m ON true
), outcomes AS (
    SELECT booked.id AS booking_id, booked.person_id, booked.event_id, booked.agency_id, booked.is_walk_in,
        CASE
            WHEN bool_or(day = 'absent') THEN 'did_not_attend'
            WHEN bool_or(day = 'apologies') THEN 'apologies'
            WHEN bool_or(day = 'unmarked') THEN NULL
            ELSE 'attended'
        END AS result
    FROM booked JOIN days ON days.booking_id = booked.id
    GROUP BY booked.id, booked.person_id, booked.event_id, booked.agency_id, booked.is_walk_in
)
"""
COUNTS = """
    count(booking_id) FILTER (WHERE NOT is_walk_in) AS booked,
    count(booking_id) FILTER (WHERE NOT is_walk_in AND result = 'attended') AS attended,
    count(booking_id) FILTER (WHERE NOT is_walk_in AND result = 'apologies') AS apologies,
    count(booking_id) FILTER (WHERE NOT is_walk_in AND result = 'did_not_attend') AS did_not_attend,
    count(booking_id) FILTER (WHERE NOT is_walk_in AND result IS NULL) AS unmarked,
    count(booking_id) FILTER (WHERE is_walk_in AND result = 'attended') AS walk_ins,
"""
OF_EVENTS = """
    coalesce(event.places_offered, 0) AS capacity
FROM catalogue_event event LEFT JOIN outcomes ON outcomes.event_id = event.id
WHERE event.id = ANY(%(events)s) GROUP BY event.id
"""
UNKNOWN = "count(booking_id) FILTER (WHERE result IS NULL) AS unknown"
OUTCOME_COLUMNS = "SELECT booking_id, person_id, event_id, agency_id, is_walk_in, result FROM outcomes"
ROWS = "\n".join([OUTCOMES, OUTCOME_COLUMNS, "ORDER BY event_id, booking_id"])
BY_EVENT = "\n".join([OUTCOMES, "SELECT event.id,", COUNTS, OF_EVENTS])
IN_ROOMS = "\n".join(
    [OUTCOMES, "SELECT event_id, agency_id,", COUNTS, UNKNOWN, "FROM outcomes GROUP BY event_id, agency_id"]
)
BY_AGENCY = "\n".join([OUTCOMES, "SELECT agency_id,", COUNTS, "0 AS capacity FROM outcomes GROUP BY agency_id"])


def outcomes(event_ids: Iterable[int]) -> list[Outcome]:
    """Every live booking of these dates and what became of it, in one query."""
    return [_outcome(row) for row in _fetch(ROWS, event_ids)]


def _outcome(row: tuple[Any, ...]) -> Outcome:
    """From the columns of ROWS, which are the fields in their order."""
    booking, person, event, agency, is_walk_in, found = row
    return Outcome(booking, person, event, agency, is_walk_in, Result(found) if found else None)


def attendance_by_event(event_ids: Iterable[int]) -> dict[int, Attendance]:
    """The counts of each of these dates, in one query; a date without bookings is there with its capacity."""
    return {row[0]: Attendance(*row[1:]) for row in _fetch(BY_EVENT, event_ids)}


def attendance_by_agency(event_ids: Iterable[int]) -> dict[int | None, Attendance]:
    """The counts of each organisation's people over these dates, in one query; None is nobody's. Without capacity."""
    return {row[0]: Attendance(*row[1:]) for row in _fetch(BY_AGENCY, event_ids)}


def attendance_in_rooms(event_ids: Iterable[int]) -> list[tuple[int, int | None, Attendance, bool]]:
    """Date, organisation, the counts of its people there and whether all of them are known; without capacity."""
    rows = _fetch(IN_ROOMS, event_ids)
    return [(event, agency, Attendance(*counts), not unknown) for event, agency, *counts, unknown in rows]


def total(rows: Iterable[Attendance]) -> Attendance:
    return sum(rows, Attendance())


def results(event: Event) -> Attendance:
    """The counts of one date."""
    return attendance_by_event([event.pk])[event.pk]


def result(booking: Booking) -> Result | None:
    """What became of one booking; None when it is not live, or not marked yet."""
    found = [one for one in outcomes([booking.event_id]) if one.booking_id == booking.pk]
    return found[0].result if found else None


def persons_by_result(event: Event) -> dict[Result | None, list[int]]:
    """The persons booked on this date under what became of them, those without booking included."""
    found: dict[Result | None, list[int]] = defaultdict(list)
    for one in outcomes([event.pk]):
        found[one.result].append(one.person_id)
    return found


def _fetch(query: str, event_ids: Iterable[int]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"events": list(event_ids)})
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows
