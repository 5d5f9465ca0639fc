"""Text messages about a booking: the evening before, and when something changes at the last moment."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from bookings.actions.leaving import leave
from bookings.calendars.changes import reinvite
from bookings.disruption import cancel_event_with_bookings
from bookings.models import Booking
from bookings.texts import send_day_before
from tests.factories_bookings import make_booking
from training.catalogue.models import Session
from training.outbox.models import Message
from training.people.models import User
from training.web.when import LONDON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


@pytest.fixture(autouse=True)
def kept(settings: Settings) -> None:
    settings.TEXT_MESSAGES = "kept"


@pytest.fixture
def booking() -> Booking:
    found = make_booking()
    found.person.mobile = "07700 900982"
    found.person.save()
    return found


def evening_before(booking: Booking, hour: int = 17) -> datetime.datetime:
    starts_at = booking.event.sessions.get().starts_at.astimezone(LONDON)
    day = starts_at.date() - datetime.timedelta(days=1)
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=LONDON)


def texts(kind: str = "") -> list[str]:
    rows = Message.objects.exclude(to_number="")
    return list(rows.filter(kind__endswith=kind).values_list("text", flat=True))


def test_the_evening_before_once(booking: Booking) -> None:
    now = evening_before(booking)

    numbers = [send_day_before(now=now), send_day_before(now=now + datetime.timedelta(hours=1))]

    assert numbers == [1, 0]
    assert texts()[0].startswith("Tomorrow, ")
    assert booking.event.version.title in texts()[0]


@pytest.mark.parametrize("hour", [7, 15, 20, 23])
def test_nobodys_telephone_rings_at_another_hour(booking: Booking, hour: int) -> None:
    assert send_day_before(now=evening_before(booking, hour)) == 0


def test_who_gave_no_number_or_left_gets_none(booking: Booking) -> None:
    other = make_booking(event=booking.event)
    leave(booking=booking, by=booking.person, now=timezone.now(), reason="")

    assert (send_day_before(now=evening_before(booking)), other.person.mobile, texts()) == (0, "", [])


@pytest.mark.parametrize(("hours", "number"), [(20, 1), (72, 0)])
def test_a_change_is_texted_when_it_is_near(booking: Booking, hours: int, number: int) -> None:
    session = booking.event.sessions.get()
    now = session.starts_at - datetime.timedelta(hours=hours)
    with time_machine.travel(now, tick=False):
        Session.objects.filter(pk=session.pk).update(ends_at=session.ends_at + datetime.timedelta(minutes=30))
        reinvite(booking.event, now)

    assert len(texts("text_changed")) == number


@pytest.mark.parametrize(("hours", "number"), [(20, 1), (72, 0)])
def test_a_cancelled_date_is_texted_when_it_is_near(
    booking: Booking, coordinator: User, hours: int, number: int
) -> None:
    now = booking.event.sessions.get().starts_at - datetime.timedelta(hours=hours)
    with time_machine.travel(now, tick=False):
        cancel_event_with_bookings(event=booking.event, reason="The trainer is ill.", by=coordinator, now=now)

    assert len(texts("text_cancelled")) == number
    assert texts("text_changed") == []
