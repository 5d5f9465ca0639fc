"""A place is yours until…: the page behind the link, opened without signing in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.offers import promote
from bookings.locking import lock_event
from bookings.models import Booking, Offer, Status
from tests.factories_bookings import ensure_policy, fill, make_booking
from tests.factories_catalogue import in_days, make_event
from training.catalogue.models import Event
from training.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(partnership: object) -> Event:
    ensure_policy()
    return make_event()


def offered(event: Event) -> tuple[Booking, str]:
    """Somebody waiting to whom a place was offered, and the token that they were written."""
    first = fill(event)[0]
    waiting = make_booking(event)
    leave(booking=first, by=first.person, now=timezone.now())
    waiting.refresh_from_db()
    text = Message.objects.get(kind="bookings.offered").text
    return waiting, text.partition("/offer/")[2].partition("/")[0]


@pytest.fixture
def soon(partnership: object) -> Event:
    return make_event(days=[in_days(4)], room_limit=1, places_offered=1, minimum=0)


def test_offer_by_link_without_signing_in(soon: Event, client: Client) -> None:
    booking, token = offered(soon)
    url = reverse("bookings:offer", args=[token])
    assert booking.status == Status.OFFERED

    page = client.get(url)
    booking.refresh_from_db()
    assert (page.status_code, booking.status) == (200, Status.OFFERED)

    taken = client.post(url, {"answer": "take"}).content.decode()

    booking.refresh_from_db()
    assert booking.status == Status.BOOKED
    assert "You have a place" in taken


def test_offer_left_by_link(soon: Event, client: Client) -> None:
    booking, token = offered(soon)

    client.post(reverse("bookings:offer", args=[token]), {"answer": "leave"})

    booking.refresh_from_db()
    assert booking.status == Status.WITHDRAWN


def test_offer_link_wrong_used_and_old_show_the_same_page(soon: Event, client: Client) -> None:
    _, token = offered(soon)
    wrong = client.get(reverse("bookings:offer", args=["x" * 43]))
    client.post(reverse("bookings:offer", args=[token]), {"answer": "take"})
    used = client.get(reverse("bookings:offer", args=[token]))
    Offer.objects.update(ended_at=None, outcome="", made_at="2020-01-01T00:00Z", expires_at="2020-01-02T00:00Z")
    old = client.get(reverse("bookings:offer", args=[token]))

    assert [page.status_code for page in (wrong, used, old)] == [404] * 3
    assert wrong.content == used.content == old.content


@pytest.mark.parametrize("token", ["a", "../..", "\u202e", "9" * 3000, "%F0%9F%98%80"])
def test_offer_link_of_nonsense(partnership: object, client: Client, token: str) -> None:
    assert client.get(f"/offer/{token}/").status_code == 404
    assert client.post(f"/offer/{token}/", {"answer": "take"}).status_code == 404


def test_promote_of_nobody_is_nothing(event: Event) -> None:
    assert promote(lock_event(event.pk), now=timezone.now()) == []
