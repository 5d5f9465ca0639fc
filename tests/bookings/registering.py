"""Dates of today with people on the register, and whoever takes it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from bookings.models import Booking, Mark, RegisterMark
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import make_event, make_teaching, make_trainer, make_venue
from training.catalogue.models import Event, Session
from training.catalogue.plans import session_plan
from training.people.models import Person, User
from training.web.when import LONDON

# A Tuesday in summer time, so that London's clock is not UTC's.
DAY = datetime.date(2026, 6, 9)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime.datetime:
    """That time on a London clock on the day of the register."""
    clock = datetime.time(hour, minute)
    return datetime.datetime.combine(DAY + datetime.timedelta(days=days), clock, tzinfo=LONDON)


AT_DOOR = at(9, 20)
PAGES = ("register-day", "register-roll-call", "register-paper", "register-add", "register-send")


@dataclass
class Door:
    """A date from 9:30 to 13:00, on one or more days, its trainer signed up, and whoever is booked."""

    event: Event
    trainer: User
    bookings: list[Booking]

    @property
    def session(self) -> Session:
        return self.sessions[0]

    @property
    def sessions(self) -> list[Session]:
        return list(self.event.sessions.select_related("event__version").order_by("position"))


def url(door: Door, name: str, *more: str, day: int = 1) -> str:
    return reverse(f"bookings:{name}", args=[door.event.reference, day, *more])


def make_door(
    names: Sequence[str] = ("Anna Bell", "Ben Cole", "Cara Dunn"),
    *,
    days: int = 1,
    trainer: Person | None = None,
    **fields: object,
) -> Door:
    venue = make_venue(
        capacity=60,
        door_code="4711#",
        contact_name="Mo at the desk",
        contact_phone="020 7946 0000",
        assembly_point="The car park",
    )
    plans = [
        session_plan(DAY + datetime.timedelta(days=number), datetime.time(9, 30), datetime.time(13), venue=venue)
        for number in range(days)
    ]
    event = make_event(days=plans, **fields)  # type: ignore[arg-type]
    person = trainer or make_trainer("Tess Trainer")
    make_teaching(event, person)
    agency = make_agency()
    bookings = [make_booking(event, make_employee(name, agency=agency)) for name in names]
    user = User.objects.filter(person=person).first() or make_user(person)
    return Door(event, user, bookings)


def latest(session: Session) -> dict[str, str]:
    """The mark that counts, by name; those without any are left out."""
    rows = RegisterMark.objects.filter(session=session).that_count()
    return {row.booking.person.name: Mark(row.mark).value for row in rows}
