"""A "no" pressed in a calendar takes nobody's place: its person is asked, once, and says what was meant."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.calendars.answers import take_answers
from bookings.calendars.changes import reinvite
from bookings.models import Booking, CalendarEntry, Status
from tests.factories_bookings import make_booking
from tests.outbox.returned import reply
from training.outbox.models import IncomingMail, Message
from training.outbox.taking_in import take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


@pytest.fixture
def entry() -> CalendarEntry:
    """Changed twice since it was first sent."""
    found = CalendarEntry.objects.select_related("booking__event", "booking__person").get(booking=make_booking())
    found.sequence = 2
    found.save()
    return found


def answered(entry: CalendarEntry, answer: str, *, number: int = 1, sequence: int = 2, address: str = "") -> int:
    attendee = f"mailto:{address or entry.booking.person.email}"
    mail = reply(entry.uid, answer=answer, attendee=attendee, sequence=sequence, mail_id=f"{number}@mail.example")
    assert take_in(mail, now=timezone.now())
    return take_answers(now=timezone.now())


def asked() -> list[Message]:
    return list(Message.objects.filter(kind="bookings.no_in_calendar"))


def test_a_no_keeps_the_place_and_asks_once(entry: CalendarEntry) -> None:
    numbers = [answered(entry, "DECLINED"), answered(entry, "DECLINED", number=2), take_answers(now=timezone.now())]

    entry.booking.refresh_from_db()
    assert (numbers, entry.booking.status, len(asked())) == ([1, 0, 0], Status.BOOKED, 1)
    assert asked()[0].has_secret


def test_the_link_keeps_the_place(entry: CalendarEntry) -> None:
    answered(entry, "DECLINED")
    link = re.search(r"/coming/[^/\s]+/", asked()[0].text)
    assert link is not None

    before = Client().get(link[0])
    Client().post(link[0], {"answer": "yes"})

    entry.refresh_from_db()
    assert "Yes, I’m coming" in before.content.decode()
    assert (entry.answer, entry.booking.steps.filter(code="still_coming").count()) == ("", 1)


def test_their_page_and_the_desks_list_say_it(client: Client, entry: CalendarEntry, coordinator: object) -> None:
    answered(entry, "DECLINED")
    client.force_login(coordinator)  # type: ignore[arg-type]

    page = client.get(reverse("bookings:booking", args=[entry.booking.reference])).content.decode()
    people = client.get(reverse("bookings:event-people", args=[entry.booking.event.reference])).content.decode()

    assert "calendar said no" in page
    assert "Their calendar said no" in people


@pytest.mark.parametrize(
    ("answer", "more"),
    [("ACCEPTED", {}), ("TENTATIVE", {}), ("DECLINED", {"sequence": 1}), ("DECLINED", {"address": "eve@x.example"})],
)
def test_what_asks_nobody(entry: CalendarEntry, answer: str, more: dict[str, object]) -> None:
    """A yes, a perhaps, a no to an older version of the entry, somebody else's no."""
    assert answered(entry, answer, **more) == 0  # type: ignore[arg-type]
    assert asked() == []


def test_a_date_that_moves_asks_calendars_anew(entry: CalendarEntry) -> None:
    answered(entry, "DECLINED")
    session = entry.booking.event.sessions.get()
    session.starts_at += datetime.timedelta(days=1)
    session.ends_at += datetime.timedelta(days=1)
    session.save()

    reinvite(entry.booking.event, timezone.now())

    entry.refresh_from_db()
    assert (entry.answer, entry.sequence) == ("", 3)
    assert answered(entry, "DECLINED", number=3, sequence=3) == 1


@pytest.mark.parametrize("uid", ["not-a-uid", "00000000-0000-4000-8000-000000000000"])
def test_an_invitation_of_somebody_else_is_read_and_forgotten(uid: str) -> None:
    take_in(reply(uid), now=timezone.now())

    assert take_answers(now=timezone.now()) == 0
    assert not IncomingMail.objects.filter(read_at=None).exists()


def test_a_no_after_leaving_asks_nothing(entry: CalendarEntry) -> None:
    Booking.objects.filter(pk=entry.booking_id).update(status=Status.CANCELLED_IN_TIME)

    assert answered(entry, "DECLINED") == 0
