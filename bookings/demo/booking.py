"""About 12,000 bookings, each with the steps that led to where it stands."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

import pgtrigger
from django.db import connection

from bookings.demo.drawing import Draw
from bookings.models import Booking, BookingPolicyVersion, BookingStep, Origin, Status
from training.catalogue.models import Event, EventStep
from training.config.parts import Demo
from training.people.models import Employment, Person

CANCELS, CANCELS_LATE = 0.10, 0.03
BY_LEAD = 0.12
# The trigger keeps this row by row; for a whole partnership one statement does.
COUNT_PLACES = """
    UPDATE catalogue_event SET places_held = held.number FROM (
        SELECT event_id, count(*) AS number FROM bookings_booking
        WHERE status IN ('awaiting_manager', 'offered', 'booked') GROUP BY event_id
    ) AS held WHERE held.event_id = catalogue_event.id
"""


@dataclass
class Written:
    """Rows to be inserted."""

    bookings: list[Booking] = field(default_factory=list)
    steps: list[BookingStep] = field(default_factory=list)

    def add(self, booking: Booking, *steps: BookingStep) -> None:
        self.bookings.append(booking)
        self.steps.extend(steps)


def book_everybody(demo: Demo) -> list[Booking]:
    """All bookings, in memory too, each with its event, employment and person."""
    rules = BookingPolicyVersion.objects.in_force(demo.today).get()
    draw, written = Draw(demo), Written()
    for event in Event.objects.exclude(standing=Event.Standing.DRAFT).order_by("starts_at", "pk"):
        for booking, steps in _of_event(demo, draw, event, rules):
            written.add(booking, *steps)
    with pgtrigger.ignore("bookings.Booking:places_held_follow"):
        demo.insert("Bookings", written.bookings)
    demo.insert("Their steps", written.steps)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_PLACES)
    return written.bookings


def _of_event(
    demo: Demo, draw: Draw, event: Event, rules: BookingPolicyVersion
) -> Iterator[tuple[Booking, list[BookingStep]]]:
    day = event.starts_at.date() if event.starts_at else None
    wanted = _cast_of(demo, event, draw.people(draw.wanted(event, demo.now), day))
    left, called_off = event.places_offered, event.steps.filter(became=Event.Standing.CANCELLED).last()
    stopped_at = _stopped_at(event) if called_off else None
    for employment, made_at in zip(wanted, draw.moments(event, len(wanted), demo.now), strict=True):
        if stopped_at and made_at > stopped_at:
            continue  # nobody books what is suspended
        status = _outcome(draw, event, left, demo.now)
        if left is not None and status == Status.BOOKED:
            left -= 1
        booking, first = _booking(draw, event, employment, status, made_at, rules)
        last = [] if booking.status == first.became else [_last_step(draw, booking, first, called_off)]
        yield booking, [first, *last]


def _stopped_at(event: Event) -> datetime.datetime | None:
    return event.steps.filter(became=Event.Standing.SUSPENDED).values_list("at", flat=True).first()


def _cast_of(demo: Demo, event: Event, people: list[Employment]) -> list[Employment]:
    """The account `practitioner` takes part in some dates, as its page should show."""
    hers = demo.kept("bookings.hers")
    own = hers["employment"]
    return [own, *(one for one in people if one.person_id != own.person_id)] if event.pk in hers["events"] else people


def _outcome(draw: Draw, event: Event, left: int | None, now: datetime.datetime) -> Status:
    if event.standing == Event.Standing.CANCELLED:
        return Status.EVENT_CANCELLED
    if left == 0:
        return Status.WAITLISTED if event.starts_at and event.starts_at > now else Status.WITHDRAWN
    chance = draw.rng.random()
    if chance < CANCELS:
        return Status.CANCELLED_IN_TIME
    if chance < CANCELS + CANCELS_LATE and event.starts_at and event.starts_at < now:
        return Status.CANCELLED_LATE
    return Status.BOOKED


def _booking(
    draw: Draw,
    event: Event,
    employment: Employment,
    status: Status,
    made_at: datetime.datetime,
    rules: BookingPolicyVersion,
) -> tuple[Booking, BookingStep]:
    waits = status in (Status.WAITLISTED, Status.WITHDRAWN)
    booking = Booking(
        reference=draw.reference(),
        event=event,
        person=employment.person,
        employment=employment,
        policy_version=rules,
        origin=Origin.BY_LEAD if draw.rng.random() < BY_LEAD else Origin.BOOKED,
        status=status,
        made_at=made_at,
        waits_since=made_at if waits else None,
        has_manager_agreed=bool(employment.manager_email),
        manager_name=employment.manager_name,
        manager_email=employment.manager_email,
    )
    first = Status.WAITLISTED if waits else Status.BOOKED
    return booking, _step(booking, "", first, made_at, employment.person, first.value)


def _last_step(draw: Draw, booking: Booking, first: BookingStep, called_off: EventStep | None) -> BookingStep:
    status, event, was = Status(booking.status), booking.event, first.became
    if called_off is not None:
        return _step(booking, was, status, called_off.at, called_off.by, "event_cancelled", called_off.reason)
    starts_at = event.starts_at or booking.made_at + datetime.timedelta(days=30)
    share = 0.97 if status == Status.CANCELLED_LATE else draw.rng.uniform(0.1, 0.6)
    at = booking.made_at + (starts_at - booking.made_at) * share
    return _step(booking, was, status, at, booking.person, f"left_{status.value}")


def _step(
    booking: Booking, was: str, became: str, at: datetime.datetime, by: Person, code: str, reason: str = ""
) -> BookingStep:
    return BookingStep(booking=booking, was=was, became=became, at=at, by=by, code=code, reason=reason)
