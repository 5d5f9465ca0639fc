"""When booking opens and closes: the date's own day before what the rules say."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from bookings.rules.eligibility import reasons_closed
from tests.catalogue.making import typed_in
from tests.conftest import ClientOf
from tests.factories_bookings import ensure_policy
from tests.factories_catalogue import in_days, make_event
from training.catalogue.models import Event
from training.people.models import User
from training.web.when import in_london

pytestmark = pytest.mark.django_db


def test_booking_closes_at_five_on_the_last_day() -> None:
    ensure_policy()
    closes = in_london(in_days(10), datetime.time(17))
    event = make_event(days=[in_days(30)], booking_closes_at=closes)
    minute = datetime.timedelta(minutes=1)

    codes = {moment: [reason.code for reason in reasons_closed(event, moment)] for moment in (closes - minute, closes)}

    assert codes == {closes - minute: [], closes: ["closed"]}


def test_page_sets_the_day_and_shows_it(coordinator: User, client_of: ClientOf) -> None:
    ensure_policy()
    desk, event, day = client_of(coordinator), make_event(days=[in_days(30)]), in_days(10)
    url = f"/desk/dates/{event}/change/"
    boxes = {"booking_closes_on_day": day.day, "booking_closes_on_month": day.month, "booking_closes_on_year": day.year}

    desk.post(url, {**typed_in(desk, url), **boxes})

    event.refresh_from_db()
    assert event.booking_closes_at == in_london(day, datetime.time(17))
    assert "Book by" in Client().get(f"/events/{event}/").content.decode()


def test_a_window_that_closes_before_it_opens_is_refused_in_words(coordinator: User, client_of: ClientOf) -> None:
    ensure_policy()
    desk, event = client_of(coordinator), make_event(days=[in_days(30)])
    url = f"/desk/dates/{event}/change/"
    opens, closes = in_days(20), in_days(10)
    boxes = {f"booking_{verb}_on_{part}": getattr(day, part) for verb, day in (("opens", opens), ("closes", closes))
             for part in ("day", "month", "year")}  # fmt: skip

    page = desk.post(url, {**typed_in(desk, url), **boxes})

    assert page.context["form"].errors["booking_closes_on"] == [
        "Booking would close before it opens. Choose a later last day."
    ]


def test_postgresql_refuses_a_window_that_closes_before_it_opens() -> None:
    event, now = make_event(), timezone.now()

    with pytest.raises(IntegrityError, match="event_booking_closes_after_it_opens"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(booking_opens_at=now, booking_closes_at=now)
