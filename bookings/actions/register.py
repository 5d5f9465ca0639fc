"""The register at the door: marks, everyone else is here, and sending it at the end."""

import datetime
import uuid as uuids
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from bookings.errors import BookingsError
from bookings.models import Booking, Mark, Register, RegisterMark, Status
from bookings.registers.attendance import Result, persons_by_result
from bookings.registers.rights import is_changed_since_sent, lock_register, opens_at, reasons_not_sendable
from training.catalogue.models import Event, Session
from training.people.models import User
from training.record.actions import achieve_all, take_back
from training.record.models import Achievement
from training.web.when import LONDON, london_day
from training.web.words import count, times

TIMED = (Mark.LATE, Mark.LEFT_EARLY)
NOTE_LENGTH = 200
NAMED = 3


@transaction.atomic
def mark(
    *,
    session: Session,
    booking: Booking,
    mark: Mark,
    by: User,
    now: datetime.datetime,
    made_at: datetime.datetime | None = None,
    uuid: uuids.UUID | None = None,
    at_time: datetime.time | None = None,
    note: str = "",
) -> RegisterMark:
    """One tap: this person is here, came late, and so on. The same `uuid` again changes nothing.

    `made_at` is the phone's clock. It is believed between the midnight before the session and now; what it says
    outside that is taken for a wrong clock, and the moment of receipt counts. Of two marks the one made later counts.
    Came late and left early have a time: `at_time`, or the moment of the tap if that was during the session.
    """
    lock_register(session, by, now)
    if booking.event_id != session.event_id or booking.status != Status.BOOKED:
        raise BookingsError("This person is not on this register any more.")
    moment = believed(session, made_at, now)
    row = RegisterMark(
        uuid=uuid or uuids.uuid4(),
        session=session,
        booking=booking,
        mark=mark,
        at_time=_time_in_room(session, mark, at_time, moment),
        note=" ".join(note.split())[:NOTE_LENGTH],
        **_stamp(by, moment, now),
    )
    RegisterMark.objects.bulk_create([row], ignore_conflicts=True)
    return row


def _stamp(by: User, made_at: datetime.datetime, now: datetime.datetime) -> dict[str, Any]:
    """Who and when. The id alone, since a tap asks as little of the database as it can."""
    return {"by_id": by.person_id, "made_at": made_at, "received_at": now}


def believed(session: Session, made_at: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    return made_at if made_at is not None and opens_at(session) <= made_at <= now else now


def _time_in_room(
    session: Session, mark: Mark, at_time: datetime.time | None, moment: datetime.datetime
) -> datetime.time | None:
    if mark not in TIMED:
        return None
    if at_time is None:
        if not session.starts_at <= moment <= session.ends_at:
            raise BookingsError("Enter the time at which they came or left.")
        return moment.astimezone(LONDON).time().replace(second=0, microsecond=0)
    starts, ends = session.starts_at.astimezone(LONDON), session.ends_at.astimezone(LONDON)
    if starts.date() == ends.date() and not starts.time() <= at_time <= ends.time():
        raise BookingsError(f"This day is {times(session)}: enter a time in between.")
    return at_time


def undo(*, session: Session, booking: Booking, by: User, now: datetime.datetime) -> RegisterMark:
    """Take the mark back: the person counts as missing again."""
    return mark(session=session, booking=booking, mark=Mark.EXPECTED, by=by, now=now)


@transaction.atomic
def everyone_else_is_here(*, session: Session, by: User, now: datetime.datetime) -> int:
    """Mark whoever is not marked as here. How many that were; a second click finds none."""
    lock_register(session, by, now)
    return _mark_all(unmarked(session), session, Mark.PRESENT, by, now)


@transaction.atomic
def send_register(
    *, session: Session, by: User, now: datetime.datetime, missing_did_not_come: bool = False
) -> Register:
    """The trainer says that the register is complete. With that of the last day the records are written.

    Raises BookingsError while somebody is not marked, unless whoever sends it says that those didn't come. Sent again
    after a correction the records follow it; sent again without one, nothing changes.
    """
    register = lock_register(session, by, now)
    if reasons := reasons_not_sendable(session, now):
        raise BookingsError(reasons=reasons)
    missing = list(unmarked(session).select_related("person").order_by("person__name", "pk"))
    if missing and not missing_did_not_come:
        raise BookingsError(_not_marked(missing))
    _mark_all(missing, session, Mark.DID_NOT_ATTEND, by, now)
    if register.sent_at is not None and not missing and not is_changed_since_sent(register):
        return register
    register.first_sent_at = register.first_sent_at or now
    register.sent_at, register.sent_by = now, by.person
    register.save(update_fields=["first_sent_at", "sent_at", "sent_by"])
    _write_records(session.event, now)
    return register


def unmarked(session: Session) -> QuerySet[Booking]:
    """Who is on the register and has no mark on this day, or had it taken back."""
    last = RegisterMark.objects.filter(session=session, booking=OuterRef("pk"))
    last_mark = Subquery(last.order_by("-made_at", "-received_at", "-pk").values("mark")[:1])
    rows = Booking.objects.expected().filter(event=session.event_id).annotate(last_mark=last_mark)
    return rows.filter(last_mark__isnull=True) | rows.filter(last_mark=Mark.EXPECTED)


def _mark_all(bookings: Iterable[Booking], session: Session, given: Mark, by: User, now: datetime.datetime) -> int:
    shared: dict[str, Any] = {"session": session, "mark": given, **_stamp(by, now, now)}
    return len(RegisterMark.objects.bulk_create([RegisterMark(booking=booking, **shared) for booking in bookings]))


def _not_marked(missing: list[Booking]) -> str:
    names = [booking.person.name for booking in missing[:NAMED]]
    rest = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    verb = "is" if len(missing) == 1 else "are"
    who = f"{count(len(missing), 'person', 'people')} {verb} not marked yet: {', '.join(names)}{rest}."
    return f"{who} Mark them, or say that they didn’t come."


def _write_records(event: Event, now: datetime.datetime) -> None:
    """Once every day's register is in: a record for whoever attended all of it, and none for the others."""
    sent = Register.objects.filter(session=OuterRef("pk"), sent_at__isnull=False)
    sessions = list(event.sessions.annotate(is_sent=Exists(sent)).order_by("ends_at"))
    if not all(session.is_sent for session in sessions):
        return
    attended = persons_by_result(event).get(Result.ATTENDED, [])
    origin = record_origin(event)
    take_back(origin=origin, except_ids=attended, now=now)
    achieve_all(
        person_ids=attended,
        version=event.version,
        on=london_day(sessions[-1].ends_at),
        source=Achievement.Source.ATTENDED,
        origin=origin,
        now=now,
    )


def record_origin(event: Event) -> str:
    """What `Achievement.origin` says of those who attended this date."""
    return f"event:{event.reference}"
