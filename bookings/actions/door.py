"""People at the door who are not on the register: without booking, or instead of a colleague.

A trainer cannot browse people. Somebody is found by exact name and e-mail address alone, and nothing on the page or
in the answer differs between somebody known and somebody new.
"""

import datetime
import uuid as uuids
from dataclasses import dataclass

from django.db import transaction

from bookings import emails
from bookings.actions.offers import end_open_offer
from bookings.actions.register import mark
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event, lock_persons
from bookings.models import Booking, BookingStep, Mark, Offer, Origin, RegisterMark, Status
from bookings.models.register import IN_THE_ROOM
from bookings.registers.rights import lock_register
from bookings.rights import actor
from bookings.rules.policy import policy_for
from training.catalogue.models import Event, Session
from training.people.actions.employments import claim_unlisted_employment
from training.people.actions.persons import record_person, tidy_name
from training.people.errors import PeopleError
from training.people.models import Employment, IdentityClaim, Person, User
from training.web.when import london_day


@dataclass(frozen=True)
class Arrival:
    """What somebody at the door says of themselves. `submission` is the form's own id."""

    name: str
    email: str = ""
    agency: str = ""
    submission: uuids.UUID | None = None


@transaction.atomic
def came_without_booking(
    *, session: Session, arrival: Arrival, by: User, now: datetime.datetime, made_at: datetime.datetime | None = None
) -> Booking:
    """Put somebody on the register who is not on it, and mark them as here, at `made_at` by the phone's clock.

    Somebody on the waiting list gets the place. Raises BookingsError when the room is full. The same form twice is one.
    """
    event = lock_event(session.event_id)
    _authorise(session, by, now)
    if earlier := _sent_before(arrival, event):
        return earlier
    person = _known(arrival) or _newcomer(arrival, by, now)
    held = _live(event, person)
    if held is None or held.status != Status.BOOKED:
        if not _holds_a_place(held):
            _refuse_full(event)
        held = _place(event, person, held, arrival, Origin.WALK_IN, by, now)
    mark(session=session, booking=held, mark=Mark.PRESENT, by=by, now=now, made_at=made_at)
    return held


@transaction.atomic
def came_instead(
    *,
    session: Session,
    booking: Booking,
    arrival: Arrival,
    by: User,
    now: datetime.datetime,
    made_at: datetime.datetime | None = None,
) -> Booking:
    """Somebody comes instead of this missing person: their place changes hands, which is always free of charge.

    Raises BookingsError when the missing person is marked as here on any day, or the colleague has a place already.
    """
    event = lock_event(session.event_id)
    _authorise(session, by, now)
    if earlier := _sent_before(arrival, event):
        return earlier
    old = lock_booking(booking.pk)
    old.event = event
    _refuse_not_missing(old, event)
    person = _known(arrival) or _newcomer(arrival, by, now, default=old.employment)
    held = _live(event, person)
    if held is not None and held.status == Status.BOOKED:
        raise BookingsError(f"{held.person.name} is on this register already. Mark both by themselves.")
    new = _swap(event, old, person, held, arrival, by, now)
    mark(session=session, booking=new, mark=Mark.PRESENT, by=by, now=now, made_at=made_at)
    emails.tell_colleague_goes(old, new, now)
    return new


def _swap(
    event: Event, old: Booking, person: Person, held: Booking | None, arrival: Arrival, by: User, now: datetime.datetime
) -> Booking:
    old.move_to(
        Status.SUBSTITUTED,
        by=actor(by),
        now=now,
        code="colleague_goes",
        reason=f"{person.name} came instead, at the door",
    )
    return _place(event, person, held, arrival, Origin.CAME_INSTEAD, by, now, follows=old)


def _authorise(session: Session, by: User, now: datetime.datetime) -> None:
    """Before anybody is looked up: an answer must not tell a stranger whom we know."""
    lock_register(session, by, now)


def _sent_before(arrival: Arrival, event: Event) -> Booking | None:
    if arrival.submission is None:
        return None
    found = Booking.objects.select_related("person").filter(submission=arrival.submission).first()
    if found is not None and found.event_id != event.pk:
        raise BookingsError("This was sent for another date. Load the page again and add the person once more.")
    return found


def _known(arrival: Arrival) -> Person | None:
    """The one person of exactly this name and address, in any case of letters; nobody when there are two."""
    if not arrival.email.strip():
        return None
    rows = Person.objects.present().with_address(arrival.email).filter(name__iexact=tidy_name(arrival.name))
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def _newcomer(arrival: Arrival, by: User, now: datetime.datetime, default: Employment | None = None) -> Person:
    """A record for the coordinator to settle; `default` is where they work when they did not say."""
    try:
        person = record_person(name=arrival.name, email=arrival.email, now=now, standing=Person.Standing.PROVISIONAL)
        agency = arrival.agency.strip() or (default.agency.name if default else "")
        if agency:
            claim_unlisted_employment(person=person, agency_name=agency, by=by, now=now, from_day=london_day(now))
    except PeopleError as error:
        raise BookingsError(str(error)) from error
    if person.email:
        others = Person.objects.present().with_address(person.email).exclude(pk=person.pk)
        IdentityClaim.objects.bulk_create(
            [IdentityClaim(newcomer=person, known=other, made_at=now) for other in others]
        )
    return person


def _live(event: Event, person: Person) -> Booking | None:
    lock_persons(person.pk)
    rows = Booking.objects.live().filter(event=event, person=person)
    return rows.select_related("person", "policy_version").first()


def _holds_a_place(held: Booking | None) -> bool:
    return held is not None and held.status in (Status.OFFERED, Status.AWAITING_MANAGER)


def _refuse_full(event: Event) -> None:
    if event.room_limit is not None and event.places_held >= event.room_limit:
        raise BookingsError(
            f"The room is full: it holds {event.room_limit}, and all of these have a place. "
            "If somebody is missing and this is their colleague, open the missing person and choose "
            "“A colleague came instead”. Otherwise ring the training team."
        )


def _refuse_not_missing(old: Booking, event: Event) -> None:
    if old.event_id != event.pk or old.status != Status.BOOKED:
        raise BookingsError("This person is not on this register any more.")
    last = RegisterMark.objects.filter(booking=old).that_count()
    if any(row.mark in IN_THE_ROOM for row in last):
        raise BookingsError(
            f"{old.person.name} is marked as here. Take that mark back if it was a slip. If they were here on an "
            "earlier day, add their colleague as somebody who came without booking."
        )


def _place(
    event: Event,
    person: Person,
    held: Booking | None,
    arrival: Arrival,
    origin: Origin,
    by: User,
    now: datetime.datetime,
    follows: Booking | None = None,
) -> Booking:
    """A place on this date from now on: a new booking, or the one they wait with. The step keeps what they said."""
    said = " ".join(arrival.agency.split())[:200] or (_agency_name(follows) if follows else "")
    if held is not None:
        end_open_offer(held, Offer.Outcome.ACCEPTED, now)
        Booking.objects.filter(pk=held.pk).update(origin=origin, follows=follows, submission=arrival.submission)
        held.origin = origin
        held.move_to(Status.BOOKED, by=actor(by), now=now, code=origin.value, data={"agency": said})
        return held
    new = Booking.objects.create(
        event=event,
        person=person,
        employment=_employment(person, arrival, london_day(now)),
        policy_version=policy_for(event, london_day(now)),
        origin=origin,
        status=Status.BOOKED,
        follows=follows,
        made_at=now,
        submission=arrival.submission,
    )
    BookingStep.objects.create(
        booking=new, became=Status.BOOKED, at=now, by=actor(by), code=origin.value, data={"agency": said}
    )
    return new


def _agency_name(booking: Booking) -> str:
    return booking.employment.agency.name if booking.employment else ""


def _employment(person: Person, arrival: Arrival, day: datetime.date) -> Employment | None:
    """Where this booking counts: the organisation named if they work there, else the only one they work for."""
    rows = list(person.employments.not_refused().on(day).select_related("agency").order_by("pk"))
    named = [row for row in rows if row.agency.name.casefold() == " ".join(arrival.agency.split()).casefold()]
    if named:
        return named[0]
    return rows[0] if len(rows) == 1 else None
