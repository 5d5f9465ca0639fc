"""Taps that a trainer's phone kept while it had no signal: taken in order, each by itself, each once.

A tap refused does not hold up those after it: the phone keeps it with its sentence until the trainer corrects it.
"""

import datetime
import uuid as uuids
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from bookings.actions.door import Arrival, came_instead, came_without_booking
from bookings.actions.incidents import report_incident
from bookings.actions.register import mark, unmarked
from bookings.errors import BookingsError
from bookings.models import Booking, Mark, RegisterMark
from bookings.models.incident import What
from bookings.registers.rights import lock_register
from training.catalogue.models import Session
from training.people.models import User

# What a phone calls somebody whom it added itself: "new:" and the id of that tap.
NEW = "new:"


class Kind(StrEnum):
    MARK = "mark"
    REST = "rest"  # a mark by "everyone else is here": only for somebody who has none
    ARRIVAL = "arrival"
    INSTEAD = "instead"
    INCIDENT = "incident"


@dataclass(frozen=True)
class Tap:
    """One thing done at the door, as the phone wrote it down. `booking` is a reference, or NEW and an arrival's id."""

    uuid: uuids.UUID
    kind: Kind
    made_at: datetime.datetime
    booking: str = ""
    mark: Mark = Mark.EXPECTED
    at_time: datetime.time | None = None
    note: str = ""
    name: str = ""
    email: str = ""
    agency: str = ""
    what: What | None = None
    told: str = ""
    done: str = ""

    @property
    def arrival(self) -> Arrival:
        return Arrival(self.name, self.email, self.agency, self.uuid)


def take_tap(*, session: Session, tap: Tap, by: User, now: datetime.datetime) -> str:
    """The sentence that says why not; empty when it is done, also when it was done before."""
    try:
        TAKERS[tap.kind](session, tap, by, now)
    except BookingsError as error:
        return str(error)
    return ""


@transaction.atomic
def _take_mark(session: Session, tap: Tap, by: User, now: datetime.datetime) -> None:
    lock_register(session, by, now)
    if RegisterMark.objects.filter(uuid=tap.uuid, session=session).exists():
        return
    booking = _booking(session, tap)
    if tap.kind == Kind.REST and not unmarked(session).filter(pk=booking.pk).exists():
        return
    mark(
        session=session,
        booking=booking,
        mark=tap.mark,
        by=by,
        now=now,
        made_at=tap.made_at,
        uuid=tap.uuid,
        at_time=tap.at_time,
        note=tap.note,
    )


def _take_arrival(session: Session, tap: Tap, by: User, now: datetime.datetime) -> None:
    came_without_booking(session=session, arrival=tap.arrival, by=by, now=now, made_at=tap.made_at)


def _take_instead(session: Session, tap: Tap, by: User, now: datetime.datetime) -> None:
    old = _booking(session, tap)
    came_instead(session=session, booking=old, arrival=tap.arrival, by=by, now=now, made_at=tap.made_at)


def _take_incident(session: Session, tap: Tap, by: User, now: datetime.datetime) -> None:
    if tap.what is None:
        raise BookingsError("Choose what happened.")
    report_incident(
        session=session,
        what=tap.what,
        by=by,
        now=now,
        uuid=tap.uuid,
        at_time=tap.at_time,
        made_at=tap.made_at,
        told=tap.told,
        done=tap.done,
    )


TAKERS: dict[Kind, Callable[[Session, Tap, User, datetime.datetime], None]] = {
    Kind.MARK: _take_mark,
    Kind.REST: _take_mark,
    Kind.ARRIVAL: _take_arrival,
    Kind.INSTEAD: _take_instead,
    Kind.INCIDENT: _take_incident,
}


def _booking(session: Session, tap: Tap) -> Booking:
    rows: Iterable[Booking] = Booking.objects.filter(event=session.event_id).select_related("person", "employment")
    if tap.booking.startswith(NEW):
        wanted = tap.booking.removeprefix(NEW)
        found = [row for row in rows if row.submission is not None and str(row.submission) == wanted]
    else:
        found = [row for row in rows if row.reference == tap.booking]
    if not found:
        raise BookingsError("This person is not on this register any more.")
    return found[0]
