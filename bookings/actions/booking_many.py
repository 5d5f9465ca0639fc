"""A training lead books several of their own people on one date: what would happen to each, and then it happens."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from bookings.actions.booking import book_place
from bookings.actions.colleagues import colleague_at
from bookings.agencies.own_people import Match, people_there
from bookings.agencies.pasted_names import Line
from bookings.errors import BookingsError
from bookings.locking import lock_event
from bookings.models import Booking, Status
from bookings.places.reading import belongs, room_of
from bookings.places.room import Room
from bookings.rights import leads
from bookings.rules.eligibility import reasons_not_bookable, rivals_of
from bookings.rules.first import MUST
from bookings.rules.policy import policy_for
from training.catalogue.models import Event
from training.people.models import Agency, Employment, User
from training.web.reasons import as_sentence, blocking
from training.web.when import london_day

Kind = Literal["place", "waits", "already", "stopped", "choose", "unknown", "left_out", "first"]


@dataclass(frozen=True)
class Outcome:
    """What becomes of one line: before the button as foreseen, after it as it is. `booking` where there is one."""

    line: Line
    kind: Kind
    sentence: str
    employment: Employment | None = None
    perhaps: Sequence[Employment] = ()
    booking: Booking | None = None

    @property
    def who(self) -> str:
        return self.employment.person.name if self.employment else self.line.text


@dataclass(frozen=True)
class Choice:
    """Who a line is, as the lead says: one of their people, or somebody new with a name and an address."""

    employment: Employment | None = None
    name: str = ""
    email: str = ""
    why_not_first: str = ""


def foresee(event: Event, matches: Sequence[Match], now: datetime.datetime) -> list[Outcome]:
    """In the order of the list, each place given to one counted before the next is looked at; changes nothing."""
    room, outcomes = room_of(event, london_day(now)), []
    for match in matches:
        outcome = _foreseen(event, match, room, now)
        if outcome.kind == "place":
            room = room.with_one_more(belongs(outcome.employment))
        outcomes.append(outcome)
    return outcomes


def _foreseen(event: Event, match: Match, room: Room, now: datetime.datetime) -> Outcome:
    line, work = match.line, match.sure
    if work is None:
        if match.perhaps:
            return Outcome(line, "choose", "Who is meant?", perhaps=match.perhaps)
        return Outcome(line, "unknown", "Nobody of yours is called that.")
    rivals = rivals_of(event, work.person)
    here = next((one for one in rivals if one.event_id == event.pk), None)
    if here is not None:
        return Outcome(line, "already", _standing(here), work, booking=here)
    rules = policy_for(event, london_day(now))
    reasons = reasons_not_bookable(event, work.person, work, now, version=rules, is_self=False, rivals=rivals)
    if stops := blocking(reasons):
        kind: Kind = "first" if {stop.code for stop in stops} == {MUST} else "stopped"
        return Outcome(line, kind, as_sentence(stops), work)
    first = " ".join(one.sentence for one in reasons)
    if room.has_place_for(belongs(work)):
        return Outcome(line, "place", f"Gets a place. {first}".strip(), work)
    return Outcome(line, "waits", f"The date is full, so they go on the waiting list. {first}".strip(), work)


def _standing(booking: Booking) -> str:
    if booking.status == Status.WAITLISTED:
        return "Is on the waiting list already."
    return "Is offered a place already." if booking.status == Status.OFFERED else "Has a place already."


def book_people(
    *,
    event: Event,
    agency: Agency,
    choices: Sequence[tuple[Line, Choice | None]],
    submission: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> list[Outcome]:
    """Book each line by itself; one refused keeps nobody else out. Gives what became of each, in order.

    A line without a choice is left out. The same `submission` again books nobody twice, and brings nobody back who
    was cancelled meanwhile. Raises BookingsError for whoever does not lead this organisation.
    """
    if agency.pk not in by.led_agency_ids:
        raise BookingsError("Only the training lead of this organisation can book its people.")
    return [_book(event, agency, line, choice, uuid.uuid5(submission, line.key), by, now) for line, choice in choices]


def _book(
    event: Event,
    agency: Agency,
    line: Line,
    choice: Choice | None,
    submission: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> Outcome:
    if choice is None:
        return Outcome(line, "left_out", "Not booked: nobody was chosen.")
    try:
        with transaction.atomic():
            lock_event(event.pk)  # two clicks at once make one new person, not two
            work = choice.employment or colleague_at(agency, choice.name, choice.email, by, now)[1]
            if not leads(by, work) or not people_there(agency, london_day(now)).filter(pk=work.pk).exists():
                return Outcome(line, "stopped", "Not booked: they do not work for your organisation.")
            return _booked(event, line, work, choice.why_not_first, submission, by, now)
    except BookingsError as error:
        return Outcome(line, "stopped", f"Not booked: {error}", choice.employment)


def _booked(
    event: Event, line: Line, work: Employment, why: str, submission: uuid.UUID, by: User, now: datetime.datetime
) -> Outcome:
    booking = book_place(
        event=event,
        person=work.person,
        employment=work,
        by=by,
        now=now,
        manager_name=work.manager_name,
        manager_email=work.manager_email,
        why_not_first=why,
        submission=submission,
    )
    if booking.submission != submission:
        return Outcome(line, "already", _standing(booking), work, booking=booking)
    if not booking.is_live:
        return Outcome(line, "stopped", "Was booked and has been cancelled since.", work, booking=booking)
    if booking.status == Status.WAITLISTED:
        return Outcome(line, "waits", f"On the waiting list. {_told(booking)}", work, booking=booking)
    return Outcome(line, "place", f"Has a place. {_told(booking)}", work, booking=booking)


def _told(booking: Booking) -> str:
    return "We have written to them." if booking.person.email else "They have no e-mail address: tell them yourself."
