"""Somebody with a place on two dates at once: said before a date is moved, and shown as long as it is so."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.rules.elsewhere import elsewhere_in_words
from tests.bookings.test_changing import later
from tests.catalogue.making import typed_in
from tests.conftest import ClientOf
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import in_days, make_course, make_event
from training.people.models import User

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_elsewhere_names_who_has_a_place_elsewhere_then() -> None:
    ada = make_employee("Ada Bright")
    event, other = make_event(days=[in_days(20)]), make_event(make_course("Neglect"), days=[in_days(21)])
    make_booking(event, ada)
    make_booking(event)
    make_booking(other, ada)

    sentences = elsewhere_in_words(event, later(event, DAY).sessions)

    assert len(sentences) == 1
    assert sentences[0].startswith(f"Ada Bright has a place on Neglect ({other}) then: ")
    assert elsewhere_in_words(event, later(event, 3 * DAY).sessions) == []


def test_elsewhere_asks_two_queries_for_any_number() -> None:
    event, other = make_event(days=[in_days(20)]), make_event(days=[in_days(21)])
    times = later(event, DAY).sessions
    counts = []
    for _ in range(2):
        person = make_employee()
        make_booking(event, person)
        make_booking(other, person)
        with CaptureQueriesContext(connection) as queries:
            elsewhere_in_words(event, times)
        counts.append(len(queries))

    assert counts == [2, 2]


def test_pages_show_it_before_and_after(coordinator: User, client_of: ClientOf) -> None:
    desk, ada = client_of(coordinator), make_employee("Ada Bright")
    event, other = make_event(days=[in_days(20)]), make_event(make_course("Neglect"), days=[in_days(21)])
    make_booking(event, ada)
    make_booking(other, ada)
    page, day = f"/desk/dates/{event}/change/", in_days(21)
    typed = {**typed_in(desk, page), "day1_on_day": day.day, "day1_on_month": day.month, "day1_on_year": day.year}

    before = desk.post(page, typed).content.decode()
    desk.post(page, {**typed, "told": "1"})
    after = desk.get(f"/desk/dates/{event}/people/").content.decode()

    said = f"Ada Bright has a place on Neglect ({other}) then"
    assert "Who could not come to both" in before
    assert said in before
    assert "Booked on two dates at once" in after
    assert said in after
