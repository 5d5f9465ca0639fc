"""What the messages of a booking say, and to whom."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.models import Status
from tests.bookings.calendar_reading import read
from tests.factories import make_agency
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_course, make_event
from tests.outbox.mail_server import mail_server
from training.outbox.delivery import deliver
from training.outbox.models import Message, State
from training.web.words import clock, day

pytestmark = pytest.mark.django_db


def message(kind: str) -> Message:
    return Message.objects.get(kind=f"bookings.{kind}")


def test_the_confirmation_says_when_where_and_until_when_leaving_is_free() -> None:
    event = make_event(make_course("Domestic abuse"))
    booking = make_booking(event)
    assert event.starts_at is not None

    told = message("booked")

    assert told.subject == f"Booked: Domestic abuse, {day(event.starts_at)}, {clock(event.starts_at)}"
    assert "Saying no to the entry does not cancel your place." in told.text
    assert "Cancelling is free until" in told.text
    assert f"/my/bookings/{booking.reference}/" in told.text


def test_e_learning_is_confirmed_without_a_date_or_an_entry() -> None:
    make_booking(make_event(make_course("Prevent"), mode="e_learning"))

    told = message("booked")

    assert (told.subject, told.calendar) == ("Booked: Prevent", "")
    assert "You can begin whenever you like." in told.text
    assert "calendar" not in told.text


def test_the_managers_copy_holds_no_access_need() -> None:
    make_booking(
        has_manager_agreed=True,
        manager_name="May Wong",
        manager_email="may@bankside.example",
        access_need="A sign-language interpreter, please",
    )

    told = message("manager_copy")

    assert (told.to_address, told.calendar, told.person_reference) == ("may@bankside.example", "", "")
    assert "and has said that you agreed" in told.text
    everything = " ".join(f"{one.subject} {one.text} {one.html} {one.calendar}" for one in Message.objects.all())
    assert "interpreter" not in everything


def test_leaving_late_is_said_to_be_late_and_in_time_is_not() -> None:
    late, early = make_booking(make_event(days=[in_days(2)])), make_booking(make_event(days=[in_days(60)]))

    for booking in (late, early):
        leave(booking=booking, by=booking.person, now=timezone.now())

    texts = [
        Message.objects.get(kind="bookings.cancelled", person_reference=one.person.reference).text
        for one in (late, early)
    ]
    assert ["late cancellation" in text for text in texts] == [True, False]


def test_an_offer_is_secret_and_says_until_when() -> None:
    event = make_event(days=[in_days(4)], room_limit=1, places_offered=1, minimum=0)
    (first,) = fill(event)
    waiting = make_booking(event)

    leave(booking=first, by=first.person, now=timezone.now())

    waiting.refresh_from_db()
    told = message("offered")
    assert (waiting.status, told.has_secret, told.calendar) == (Status.OFFERED, True, "")
    assert told.subject.startswith("A place is yours until ")
    assert "/offer/" in told.text


def test_what_people_typed_has_no_form_of_its_own_in_a_message() -> None:
    course = make_course("# Neglect\n[Press](https://evil.example/x) www.evil.example")
    make_booking(make_event(course), make_employee("Ada\nSubject: x"))

    told = message("booked")

    assert "\n" not in told.subject
    assert "https://evil.example" not in told.html
    assert "<a href" in told.html


def test_a_confirmation_end_to_end_through_a_real_mail_server(settings: Any) -> None:
    booking = make_booking(
        make_event(make_course("Children’s safety, “level 2”")), make_employee("Zoë Łódź", agency=make_agency())
    )
    told = message("booked")

    with mail_server(settings, timeout=5) as server:
        state = deliver(told.pk, now=timezone.now() + datetime.timedelta(seconds=1))

    (mail,) = server.inbox
    assert (state, mail.recipients) == (State.SENT, (booking.person.email,))
    (part,) = [part for part in mail.parsed.walk() if part.get_content_type() == "text/calendar"]
    calendar = read(part.get_content().replace("\r\n", "\n").replace("\n", "\r\n"))
    assert (calendar.method, part["Content-Type"].params["method"]) == ("REQUEST", "REQUEST")
    assert calendar.only.summary == "Children’s safety, “level 2”"
    assert calendar.only.attendees == ((f"mailto:{booking.person.email}", "Zoë Łódź"),)
    assert calendar.only.uid == str(booking.calendar_entries.get().uid)
    assert calendar.only.organiser == f"mailto:{mail.parsed['From'].addresses[0].addr_spec}"
