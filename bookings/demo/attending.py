"""Registers of all that is over: marks as trainers made them, sent but for a few, and the records that follow."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from random import Random

from bookings.actions.register import record_origin
from bookings.demo.drawing import Draw
from bookings.models import Booking, BookingStep, Mark, Register, RegisterMark, Status
from bookings.own_time import FINISHED
from training.catalogue.models import Session
from training.config.parts import Demo
from training.people.models import Person
from training.record.models import Achievement
from training.web.when import LONDON, in_london

DAY = datetime.timedelta(days=1)
LATE, LEFT_EARLY, APOLOGIES = 0.04, 0.015, 0.02
FINISHES_E_LEARNING = 0.72
SENT_AFTER = [datetime.timedelta(hours=hours) for hours in (0, 0, 0, 1, 20, 44, 96)]


def take_registers(demo: Demo, bookings: Sequence[Booking]) -> None:
    expected: dict[int, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.status == Status.BOOKED:
            expected[booking.event_id].append(booking)
    draw = Draw(demo)
    marks, registers, there = _marks(demo, draw, expected)
    demo.insert("Registers", registers)
    demo.insert("Marks at the door", marks)
    finished = _finished(demo, draw, bookings)
    own = [_record(draw, booking, on, Achievement.Source.E_LEARNING, demo.now) for booking, on in finished]
    demo.insert("Training records", [*_attended(demo, draw, there), *own])
    _complete(demo, finished)


def _marks(
    demo: Demo, draw: Draw, expected: dict[int, list[Booking]]
) -> tuple[list[RegisterMark], list[Register], list[Booking]]:
    """Of each session that is over; `there` are the bookings whose person was in the room on every day of theirs."""
    marks: list[RegisterMark] = []
    registers: list[Register] = []
    absent: set[uuid.UUID] = set()
    seen: dict[uuid.UUID, Booking] = {}
    overdue = demo.kept("bookings.overdue")
    sessions = Session.objects.filter(event__in=list(expected), ends_at__lt=demo.now).exclude(event__in=overdue)
    rows = sessions.select_related("event__version").prefetch_related("teachings__person").order_by("starts_at", "pk")
    for session in rows:
        by = _taken_by(demo, session)
        returned = session.ends_at + datetime.timedelta(hours=draw.rng.choice((0, 0, 0, 1, 20, 44, 96)))
        registers.append(
            Register(
                session=session, first_sent_at=min(returned, demo.now), sent_at=min(returned, demo.now), sent_by=by
            )
        )
        for booking in expected[session.event_id]:
            booking.event = session.event
            mark = _mark(draw, booking)
            seen[booking.episode] = booking
            if mark in (Mark.DID_NOT_ATTEND, Mark.APOLOGIES, Mark.TURNED_AWAY):
                absent.add(booking.episode)
            marks.append(_row(draw.rng, session, booking, mark, by))
    return marks, registers, [booking for episode, booking in seen.items() if episode not in absent]


def _taken_by(demo: Demo, session: Session) -> Person:
    trainers = [teaching.person for teaching in session.teachings.all() if teaching.status == "confirmed"]
    coordinator: Person = demo.person("coordinator")
    return trainers[0] if trainers else coordinator


def _mark(draw: Draw, booking: Booking) -> Mark:
    agency = booking.employment.agency.name if booking.employment else ""
    if not draw.comes(agency):
        return Mark.DID_NOT_ATTEND
    chance = draw.rng.random()
    for share, mark in ((APOLOGIES, Mark.APOLOGIES), (LATE, Mark.LATE), (LEFT_EARLY, Mark.LEFT_EARLY)):
        if chance < share:
            return mark
        chance -= share
    return Mark.PRESENT


def _row(rng: Random, session: Session, booking: Booking, mark: Mark, by: Person) -> RegisterMark:
    made_at = session.starts_at + datetime.timedelta(minutes=rng.randrange(-10, 12))
    clock = None
    if mark in (Mark.LATE, Mark.LEFT_EARLY):
        minutes = rng.randrange(4, 14)
        moment = (
            session.starts_at + datetime.timedelta(minutes=minutes)
            if mark == Mark.LATE
            else (session.ends_at - datetime.timedelta(minutes=minutes))
        )
        clock = _london(moment)
    return RegisterMark(
        uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
        session=session,
        booking=booking,
        mark=mark,
        at_time=clock,
        made_at=made_at,
        received_at=made_at,
        by=by,
    )


def _london(moment: datetime.datetime) -> datetime.time:
    return moment.astimezone(LONDON).time().replace(second=0, microsecond=0)


def _attended(demo: Demo, draw: Draw, there: Sequence[Booking]) -> list[Achievement]:
    over = [booking for booking in there if booking.event.ends_at and booking.event.ends_at < demo.now]
    return [
        _record(draw, booking, booking.event.ends_at.date(), Achievement.Source.ATTENDED, demo.now)
        for booking in over
        if booking.event.ends_at
    ]


def _finished(demo: Demo, draw: Draw, bookings: Sequence[Booking]) -> list[tuple[Booking, datetime.date]]:
    """E-learning has no register: whoever finished it did so within two months."""
    found = []
    for booking in bookings:
        if booking.event.starts_at is None and booking.status == Status.BOOKED:
            on = (booking.made_at + datetime.timedelta(days=draw.rng.randrange(1, 60))).date()
            if on <= demo.today and draw.rng.random() < FINISHES_E_LEARNING:
                found.append((booking, on))
    return found


def _complete(demo: Demo, finished: Sequence[tuple[Booking, datetime.date]]) -> None:
    """Their bookings are no longer live, as the clock would have found."""
    steps = [
        BookingStep(
            booking=booking, was=Status.BOOKED, became=Status.COMPLETED,
            at=min(in_london(on + DAY, datetime.time(4)), demo.now), code=FINISHED,
            reason=f"Finished on {on:%-d %B %Y}", data={"on": on.isoformat()},
        )
        for booking, on in finished
    ]  # fmt: skip
    demo.insert("E-learning finished", steps)
    Booking.objects.filter(pk__in=[booking.pk for booking, _ in finished]).update(status=Status.COMPLETED)


def _record(
    draw: Draw, booking: Booking, on: datetime.date, source: Achievement.Source, now: datetime.datetime
) -> Achievement:
    version = booking.event.version
    return Achievement(
        serial=draw.reference() + draw.reference(),
        person=booking.person,
        version=version,
        on=on,
        hours=version.hours,
        source=source,
        origin=record_origin(booking.event),
        recorded_at=min(now, datetime.datetime.combine(on, datetime.time(17), datetime.UTC)),
    )
