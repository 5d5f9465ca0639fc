"""Another date instead: those already inside the notice period say so."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.other_dates import dates_with_a_place
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee, make_policy
from tests.factories_catalogue import in_days, make_course, make_event

pytestmark = pytest.mark.django_db

LATE = "So near that it could not be cancelled free of charge"


@pytest.fixture
def booker(partnership: object, client_of: ClientOf) -> tuple[Client, str]:
    """Booked in 60 days, with another date in 2 days and one in 40."""
    ensure_policy()
    course, person = make_course(), make_employee()
    for days in (2, 40):
        make_event(course, days=[in_days(days)])
    booking = make_booking(make_event(course, days=[in_days(60)]), person)
    return client_of(make_user(person)), booking.reference


def test_a_date_inside_the_notice_period_says_so(booker: tuple[Client, str]) -> None:
    client, reference = booker

    page = client.get(reverse("bookings:booking-move", args=[reference]))

    near, far = [label for _, label in page.context["form"].fields["date"].choices]
    assert near.endswith(f"18 places left. {LATE}.")
    assert far.endswith("18 places left.")
    first = client.get(reverse("bookings:cant-come", args=[reference])).content.decode()
    assert "so near that it could not be cancelled free of charge" in first


def test_the_rules_of_today_count_for_a_new_booking() -> None:
    ensure_policy()
    course = make_course()
    booking = make_booking(make_event(course, days=[in_days(60)]))
    make_event(course, days=[in_days(40)])
    assert [one.is_late for one in dates_with_a_place(booking, timezone.now())] == [False]

    make_policy(notice_kind="weeks", notice_amount=8)

    assert [one.is_late for one in dates_with_a_place(booking, timezone.now())] == [True]
