"""I can't come: the three ways out, and each of them a second time."""

import pytest
from django.urls import reverse

from bookings.models import Status
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_version
from training.catalogue.models import Event
from training.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(partnership: object) -> Event:
    ensure_policy()
    return make_event()


@pytest.fixture
def booker(partnership: object) -> User:
    return make_user(make_employee())


def test_cant_come_shows_three_ways_out(event: Event, booker: User, client_of: ClientOf) -> None:
    booking = make_booking(event, booker.person)

    page = client_of(booker).get(reverse("bookings:cant-come", args=[booking.reference])).content.decode()

    assert [
        word in page for word in ("Send a colleague", "Another date", "Cancel the place", "Cancelling is free until")
    ] == [True] * 4


def test_cancel_by_page_and_again(event: Event, booker: User, client_of: ClientOf) -> None:
    booking, client = make_booking(event, booker.person), client_of(booker)
    url = reverse("bookings:booking-cancel", args=[booking.reference])

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "Court"}).status_code == 302
    assert client.post(url, {"reason": "Court"}).status_code == 302
    assert client.get(url).status_code == 302

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED_IN_TIME


def test_colleague_by_page(event: Event, booker: User, client_of: ClientOf) -> None:
    booking, client = make_booking(event, booker.person), client_of(booker)
    url = reverse("bookings:booking-colleague", args=[booking.reference])
    typed = {"name": "Nia Newcomer", "email": "nia@bankside.example"}

    assert client.get(url).status_code == 200
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 302

    booking.refresh_from_db()
    assert booking.status == Status.SUBSTITUTED
    assert booking.followed_by.get().person.name == "Nia Newcomer"
    assert client.get(reverse("bookings:booking", args=[booking.reference])).status_code == 200


def test_another_date_by_page(partnership: object, booker: User, client_of: ClientOf) -> None:
    version = make_version()
    booking, other = make_booking(make_event(version), booker.person), make_event(version, days=[in_days(60)])
    client, url = client_of(booker), reverse("bookings:booking-move", args=[booking.reference])

    assert other.reference in client.get(url).content.decode()
    assert client.post(url, {"date": "E9999"}).status_code == 200
    assert client.post(url, {"date": other.reference}).status_code == 302
    assert client.post(url, {"date": other.reference}).status_code == 302

    booking.refresh_from_db()
    assert booking.status == Status.TRANSFERRED
    assert booking.followed_by.get().event == other
