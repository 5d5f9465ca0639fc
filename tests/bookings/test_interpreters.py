"""An adjustment that needs an interpreter is an order on the day of booking, without a name."""

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.interpreters import asks_for_interpreter
from bookings.models import Status
from tests.factories_bookings import fill, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.catalogue.models import Order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("A sign-language interpreter", True),
        ("BSL please", True),
        ("lipspeaker or speech-to-text", True),
        ("I sign my own name", False),
        ("A seat near the door", False),
        ("", False),
    ],
)
def test_words_that_ask_for_one(text: str, asks: bool) -> None:
    assert asks_for_interpreter(text) is asks


def test_a_booking_that_asks_orders_one_the_same_day() -> None:
    event = make_event(days=[in_days(60)])

    booking = make_booking(event, access_need="A BSL interpreter. I am deaf.")
    make_booking(event, access_need="A seat near the door")

    order = Order.objects.get()
    assert (order.event, order.kind, order.status, order.numbers) == (event, "interpreter", "needed", 1)
    assert "deaf" not in order.what
    assert booking.person.name not in order.what


def test_somebody_who_waits_orders_nothing_until_they_have_a_place() -> None:
    event = make_event(days=[in_days(60)], places_offered=1, minimum=0)
    (first,) = fill(event)
    waiting = make_booking(event, access_need="Sign language interpreter")
    assert not Order.objects.exists()

    leave(booking=first, by=any_coordinator(), now=timezone.now())

    waiting.refresh_from_db()
    assert waiting.status == Status.BOOKED
    assert Order.objects.get().steps.get().by is None
