"""Booking rules and bookings for tests, made by the real actions."""

import datetime
from typing import Any

from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.models import Booking, BookingPolicy, BookingPolicyVersion
from tests.factories import make_agency, make_person
from tests.factories_catalogue import any_coordinator, make_event
from training.catalogue.models import Event
from training.people.models import Agency, Employment, Person


def make_policy(**fields: Any) -> BookingPolicyVersion:
    """A new version of the default rules, in force at once and before all others: five working days unless said."""
    policy, _ = BookingPolicy.objects.get_or_create(is_default=True, defaults={"name": "Standard rules"})
    latest = policy.versions.order_by("-number").first()
    number = latest.number + 1 if latest else 1
    from_day = datetime.date(2000, 1, 1) + datetime.timedelta(days=number)
    return BookingPolicyVersion.objects.create(
        **{"policy": policy, "number": number, "effective_from": from_day, **fields}
    )


def ensure_policy() -> BookingPolicyVersion:
    """The rules in force; tests that empty the database between them empty the standing ones too."""
    return BookingPolicyVersion.objects.in_force(timezone.localdate()).first() or make_policy()


def make_employee(name: str = "", *, agency: Agency | None = None, **fields: Any) -> Person:
    """A person who works somewhere."""
    return make_person(name, agency=agency or make_agency(), **fields)


def employment_of(person: Person) -> Employment | None:
    return person.employments.not_refused().select_related("agency").order_by("-period", "pk").first()


def make_booking(
    event: Event | None = None,
    person: Person | None = None,
    *,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> Booking:
    """Somebody booked by a coordinator, or waiting when the date is full; for a date in the past, the day before it.

    Fields are those of `book_place`; `agency` is where a new person works.
    """
    ensure_policy()
    event = event or make_event()
    agency = fields.pop("agency", None)
    person = person or make_employee(agency=agency)
    employment = fields.pop("employment", None) or employment_of(person) or _employ(person, agency)
    now = now or min(timezone.now(), (event.starts_at or timezone.now()) - datetime.timedelta(days=1))
    by = fields.pop("by", None) or any_coordinator()
    return book_place(event=event, person=person, employment=employment, by=by, now=now, **fields)


def _employ(person: Person, agency: Agency | None) -> Employment:
    from django.db.backends.postgresql.psycopg_any import DateRange

    start = timezone.localdate() - datetime.timedelta(days=3650)
    return Employment.objects.create(
        person=person, agency=agency or make_agency(), period=DateRange(start, None), standing="confirmed"
    )


def fill(event: Event, *, leaving: int = 0, now: datetime.datetime | None = None) -> list[Booking]:
    """Book people until only so many places are left."""
    event.refresh_from_db(fields=["places_held"])
    assert event.places_left is not None
    agency = make_agency()
    return [make_booking(event, agency=agency, now=now) for _ in range(event.places_left - leaving)]
