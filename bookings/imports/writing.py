"""Writing what the rows say, in bulk and without a word to anybody: a statement for a thousand rows."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from bookings.actions.register import record_origin
from bookings.imports.planning import plan_bookings
from bookings.imports.rows import NEEDS, Row
from bookings.imports.words import Said
from bookings.models import (
    Booking,
    BookingPolicyVersion,
    BookingStep,
    Mark,
    Origin,
    Register,
    RegisterMark,
    Status,
)
from training.catalogue.models import Session
from training.people.imports import Key, WantedPerson, write_new_people
from training.people.models import Employment
from training.record.actions import record_all
from training.record.models import Achievement
from training.web.importing import Kind, PlannedLine, Sitting, in_parts
from training.web.when import LONDON, london_day

STATUS = {
    Said.WAITING: Status.WAITLISTED,
    Said.CANCELLED: Status.CANCELLED_IN_TIME,
    Said.CANCELLED_LATE: Status.CANCELLED_LATE,
}
MARK = {
    Said.ATTENDED: Mark.PRESENT,
    Said.APOLOGIES: Mark.APOLOGIES,
    Said.DID_NOT_ATTEND: Mark.DID_NOT_ATTEND,
}
NOON = datetime.time(12)


def apply_bookings(lines: list[PlannedLine], sitting: Sitting) -> None:
    rows: list[Row] = [line.wanted for line in lines if not line.problems]
    _add_people(rows, sitting)
    rules = BookingPolicyVersion.objects.in_force(london_day(sitting.now)).first()
    if rules is None:
        raise TypeError("a plan without booking rules was refused")
    for some in in_parts(rows):
        _write(some, rules, sitting)


def _add_people(rows: Sequence[Row], sitting: Sitting) -> None:
    """Each new person once, at work there since the first day that a row of theirs proves."""
    new: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.work is None:
            new[row.key].append(row)
    for some in in_parts(list(new.values())):
        for theirs, work in zip(some, write_new_people([_person(one) for one in some], sitting), strict=True):
            for row in theirs:
                row.work = work


def _person(rows: Sequence[Row]) -> WantedPerson:
    first = rows[0]
    if first.agency is None:
        raise TypeError("a row without its organisation is wrong")
    job = next((row.job_title for row in rows if row.job_title), "")
    days = [row.day for row in rows if row.day]
    return WantedPerson(
        first.name, first.email, "", first.agency, {"job_title": job}, [], first_day=min(days, default=None)
    )


def _write(rows: Sequence[Row], rules: BookingPolicyVersion, sitting: Sitting) -> None:
    dated = [row for row in rows if row.event is not None]
    bookings = Booking.objects.bulk_create(_booking(row, rules, sitting.now) for row in dated)
    BookingStep.objects.bulk_create(
        BookingStep(
            booking=booking,
            became=booking.status,
            at=sitting.now,
            by=sitting.by.person,
            code="imported",
            reason=f"Read in from {row.source}" if row.source else "Read in from an old system",
            data={"said": str(row.said)},
        )
        for row, booking in zip(dated, bookings, strict=True)
    )
    marked = [(row, booking) for row, booking in zip(dated, bookings, strict=True) if row.said in MARK]
    _mark([(row, booking) for row, booking in marked if booking.event.starts_at is not None], sitting)
    record_all(rows=[_achievement(row, sitting.now) for row in rows if row.said == Said.ATTENDED])


def _booking(row: Row, rules: BookingPolicyVersion, now: datetime.datetime) -> Booking:
    work, event = _work(row), row.event
    if event is None or row.said is None:
        raise TypeError("a booking is of a date")
    made_at = datetime.datetime.combine(row.booked_on, NOON, tzinfo=LONDON) if row.booked_on else now
    made_at = min(made_at, now, *([event.starts_at] if event.starts_at else []))
    status = STATUS.get(row.said, Status.BOOKED)
    return Booking(
        event=event,
        person_id=work.person_id,
        employment=work,
        policy_version=rules,
        origin=Origin.BOOKED if row.said.is_live else Origin.IMPORTED,
        status=status,
        made_at=made_at,
        waits_since=made_at if status == Status.WAITLISTED else None,
    )


def _mark(marked: Sequence[tuple[Row, Booking]], sitting: Sitting) -> None:
    """One mark for each day of the date; its register counts as sent on the day, since nobody knows otherwise."""
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(event__in={booking.event_id for _, booking in marked}).order_by("position"):
        sessions[session.event_id].append(session)
    by = sitting.by.person
    RegisterMark.objects.bulk_create(
        RegisterMark(
            session=session,
            booking=booking,
            mark=MARK[row.said],
            made_at=session.starts_at,
            received_at=session.ends_at,
            by=by,
        )
        for row, booking in marked
        if row.said is not None
        for session in sessions[booking.event_id]
    )
    Register.objects.bulk_create(
        [
            Register(session=session, first_sent_at=session.ends_at, sent_at=session.ends_at, sent_by=by)
            for days in sessions.values()
            for session in days
        ],
        ignore_conflicts=True,  # a register that somebody has begun stays theirs
    )


def _achievement(row: Row, now: datetime.datetime) -> Achievement:
    version = row.version
    if version is None or row.day is None:
        raise TypeError("a row without its course or day is wrong")
    ends_at = row.event.ends_at if row.event else None
    return Achievement(
        person_id=_work(row).person_id,
        version=version,
        on=london_day(ends_at) if ends_at else row.day,
        hours=version.hours if row.hours is None else row.hours,
        source=Achievement.Source.IMPORTED,
        origin=record_origin(row.event) if row.event else f"import:{version.course.code}:{row.day:%Y-%m-%d}",
        recorded_at=now,
    )


def _work(row: Row) -> Employment:
    if row.work is None:
        raise TypeError("everybody has been added")
    return row.work


BOOKINGS = (Kind("bookings", NEEDS, plan_bookings, apply_bookings),)
