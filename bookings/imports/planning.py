"""What each row would do: who is known, which places are taken, what is in Muster already."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models.functions import Lower

from bookings.imports.dates import Dates
from bookings.imports.rows import COLUMNS, NEEDS, Row, row_of
from bookings.imports.words import Said
from bookings.locking import lock_events
from bookings.models import HOLDING_A_PLACE, LIVE, Booking, BookingPolicyVersion
from training.catalogue.models import Event
from training.people.imports import Key, key_of
from training.people.models import Agency, Employment
from training.record.models import Achievement
from training.web.cells import Reader
from training.web.importing import Plan, PlannedLine, Seen, Sitting, Verdict, each, in_parts, judged, require_columns
from training.web.tables import Table, TableError
from training.web.when import london_day


def plan_bookings(table: Table, sitting: Sitting) -> Plan:
    warnings = require_columns(table, NEEDS, COLUMNS)
    if not {"course_code", "event"} & set(table.columns):
        raise TableError("There must be a column “course code” or “event”, to say which date each row is about.")
    if not BookingPolicyVersion.objects.in_force(london_day(sitting.now)).exists():
        raise TableError("There are no booking rules yet, so nobody can be booked.")
    agencies = {agency.name.casefold(): agency for agency in Agency.objects.all()}
    rows = [row_of(Reader(line, table.columns), agencies) for line in each(table.lines, sitting.advance)]
    dates = Dates(rows)
    for row in rows:
        dates.find(row)
    _find_people(rows)
    _refuse_doubles(rows)
    events = lock_events(*sorted({row.event.pk for row in rows if row.event}))
    held = Held(rows)
    room = Room(events)
    return Plan("bookings", [_line(row, held, room, sitting.now) for row in rows], warnings)


def _find_people(rows: Sequence[Row]) -> None:
    """Whoever works or worked there under this name and address; the latest employment of theirs."""
    names = sorted({row.name.lower() for row in rows if row.name})
    found: dict[Key, Employment] = {}
    for some in in_parts(names):
        works = Employment.objects.not_refused().of_present_persons().select_related("person", "agency")
        for work in works.annotate(name_key=Lower("person__name")).filter(name_key__in=some).order_by("period", "pk"):
            found[key_of(work.person.name, work.person.email, work.agency)] = work
    for row in rows:
        if row.agency is not None and row.name:
            row.work = found.get(row.key)


def _refuse_doubles(rows: Sequence[Row]) -> None:
    seen = Seen()
    for row in rows:
        if row.agency is None or row.said is None:
            continue
        where: Any = row.event.pk if row.event else (row.course_code, row.day)
        if first := seen.before((row.key, where, row.said.is_ended), row.read.row):
            row.read.wrong("name", f"each person once a date: they are in row {first} too")


class Held:
    """What Muster has of the people and dates of these rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        people = sorted({row.work.person_id for row in rows if row.work})
        self.statuses: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.done: set[tuple[int, int, datetime.date]] = set()
        for some in in_parts(people):
            bookings = Booking.objects.filter(person_id__in=some)
            for person_id, event_id, status in bookings.values_list("person_id", "event_id", "status"):
                self.statuses[person_id, event_id].add(status)
            done = Achievement.objects.filter(person_id__in=some)
            self.done.update(done.values_list("person_id", "version__course_id", "on"))

    def has(self, row: Row) -> bool:
        if row.work is None or row.said is None or row.version is None or row.day is None:
            return False
        if row.event is None:
            return (row.work.person_id, row.version.course_id, row.day) in self.done
        statuses = self.statuses[row.work.person_id, row.event.pk]
        return bool(statuses - set(LIVE)) if row.said.is_ended else bool(statuses & set(LIVE))

    def has_waiting_only(self, row: Row) -> bool:
        if row.work is None or row.event is None:
            return False
        return not self.statuses[row.work.person_id, row.event.pk] & set(HOLDING_A_PLACE)


class Room:
    """Places of each date as the rows take them, against the hard limit of its room."""

    def __init__(self, events: dict[int, Event]) -> None:
        self._held = {pk: event.places_held for pk, event in events.items()}
        self._events = events

    def take(self, row: Row) -> None:
        if row.event is None or row.said is None or not row.said.holds_a_place:
            return
        event = self._events[row.event.pk]
        self._held[event.pk] += 1
        if event.room_limit is not None and self._held[event.pk] > event.room_limit:
            taken = min(self._held[event.pk] - 1, event.room_limit)
            row.read.wrong(
                "event" if row.read.has("event") else "date",
                f"a date with room: {event.reference} holds {event.room_limit} and {taken} are taken. Raise its room"
                " limit first if more were there",
                row.event.reference,
            )


def _line(row: Row, held: Held, room: Room, now: datetime.datetime) -> PlannedLine:
    line = PlannedLine(row.read.row, row.label, Verdict.WRONG, problems=row.read.problems, warnings=row.warnings)
    line.wanted = row
    if row.read.problems:
        return line
    if held.has(row):
        if row.said == Said.BOOKED and held.has_waiting_only(row):
            row.warnings.append("Muster has them on the waiting list, and there they stay.")
        return judged(line, is_new=False)
    _refuse_wrong_time(row, now)
    if row.event is None and row.said != Said.ATTENDED:
        row.warnings.append("Muster has no date of this course on that day, so only attendance could be kept.")
        return judged(line, is_new=False)
    room.take(row)
    if row.work is None:
        row.warnings.append(f"They are new to Muster at {row.agency}, and are added.")
    if not row.email:
        row.warnings.append("There is no e-mail address: they get no messages.")
    return judged(line, is_new=True)


def _refuse_wrong_time(row: Row, now: datetime.datetime) -> None:
    if row.said is None or row.said.is_ended:
        return
    day, event = row.day, row.event
    is_dated = event is not None and event.starts_at is not None
    is_over = event.ends_at <= now if is_dated and event and event.ends_at else bool(day and day < london_day(now))
    if event is not None and event.standing == Event.Standing.CANCELLED:
        row.read.wrong("status", f"cancelled, since {event.reference} did not take place")
    elif row.said.is_live and is_over and (is_dated or event is None):
        row.read.wrong("status", "attended, apologies, did not attend or cancelled, since this date is over")
    elif row.said.is_live and event is None:
        row.read.wrong("date", "the day of a date that Muster has, since this booking is live")
    elif not row.said.is_live and is_dated and not is_over:
        row.read.wrong("status", "booked, waiting or cancelled, since this date is not over yet")
    elif not row.said.is_live and day is not None and day > london_day(now):
        row.read.wrong("date", "a day that is past, since they are said to have been there")
