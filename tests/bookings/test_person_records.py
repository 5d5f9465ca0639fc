"""Two records become one, somebody asks for their data, somebody goes."""

import pytest
from django.utils import timezone

from bookings.models import AccessNeed, Booking, Status
from bookings.person_records import erase_person, export_person
from tests.factories import make_user
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import make_event
from training.people.actions.identity import join_records
from training.people.models import Person, Role

pytestmark = pytest.mark.django_db


def join(source: Person, target: Person) -> None:
    join_records(source=source, target=target, by=make_user(role=Role.COORDINATOR), now=timezone.now())


def test_bookings_go_over() -> None:
    booking, target = make_booking(), make_employee()

    join(booking.person, target)

    booking.refresh_from_db()
    assert (booking.person, booking.status) == (target, Status.BOOKED)


def test_twice_on_one_date_keeps_one_place_and_gives_the_other_on() -> None:
    event = make_event(room_limit=2, places_offered=2, minimum=0)
    one, other = fill(event)
    waiting = make_booking(event)

    join(one.person, other.person)

    rows = Booking.objects.filter(event=event).order_by("pk")
    assert [row.status for row in rows] == ["cancelled_in_time", "booked", "booked"]
    assert [row.person for row in rows] == [other.person, other.person, waiting.person]


def test_waiting_beside_a_place_keeps_the_place() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    booked = fill(event)[0]
    waiting = make_booking(event)

    join(booked.person, waiting.person)

    booked.refresh_from_db()
    waiting.refresh_from_db()
    assert (booked.status, waiting.status) == (Status.BOOKED, Status.WITHDRAWN)
    assert booked.person == waiting.person


def test_export_says_what_is_kept() -> None:
    booking = make_booking(access_need="A hearing loop", manager_email="mo@bankside.example")

    kept = export_person(booking.person)["bookings"]

    assert [(row["reference"], row["what_we_must_do"], row["manager_email"]) for row in kept] == [
        (booking.reference, "A hearing loop", "mo@bankside.example")
    ]
    assert [step["state"] for step in kept[0]["history"]] == ["Booked"]


def test_erasing_leaves_the_attendance_and_nothing_personal() -> None:
    booking = make_booking(access_need="A hearing loop", manager_email="mo@bankside.example")

    erase_person(booking.person, by=make_user(role=Role.ADMINISTRATOR), now=timezone.now())

    booking.refresh_from_db()
    assert AccessNeed.objects.count() == 0
    assert (booking.manager_email, booking.status) == ("", Status.BOOKED)
