"""The dates of a search as a month, and a search sorted by the places left."""

import datetime
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories_catalogue import any_coordinator, make_course, make_event
from training.catalogue.actions.standing import cancel_event
from training.catalogue.models import Course, DeliveryMode, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY_14, MAY_31, JUNE_1 = datetime.date(2027, 5, 14), datetime.date(2027, 5, 31), datetime.date(2027, 6, 1)
DAY = re.compile(r'<h3 class="finding-day__name">(.*?)</h3>.*?<ul(.*?)</ul>', re.DOTALL)


@pytest.fixture(autouse=True)
def frozen(now: datetime.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/courses/?view=month{query}")
    assert response.status_code == 200
    return response.content.decode()


def days(text: str) -> dict[str, list[str]]:
    """By the name of the day, what stands on it."""
    return {
        " ".join(re.sub("<[^>]+>", "", name).split()): re.findall(r"/events/([^/]+)/", entries)
        for name, entries in DAY.findall(text)
    }


def test_month_shows_the_days_with_dates_and_opens_at_the_first_of_them(client: Client) -> None:
    course = make_course("Neglect")
    make_event(course, days=[MAY_14], reference="E1")
    make_event(course, days=[MAY_31, JUNE_1], reference="E2")

    text = page(client)

    assert days(text) == {"Friday 14 May": ["E1"], "Monday 31 May": ["E2"]}
    assert "May 2027" in text
    assert days(page(client, "&month=2027-06")) == {"Tuesday 1 June": ["E2"]}


def test_month_has_the_filters_of_the_list(client: Client) -> None:
    course = make_course("Neglect")
    make_event(course, days=[MAY_14], reference="E1")
    make_event(course, days=[MAY_31], mode=DeliveryMode.VIRTUAL, reference="E2")
    make_event(make_course("Online harm", outcomes=["See it"]), days=[MAY_14], reference="E3")

    assert days(page(client, "&q=neglect&mode=virtual")) == {"Monday 31 May": ["E2"]}
    assert days(page(client, "&q=neglect&to=2027-05-20")) == {"Friday 14 May": ["E1"]}


def test_month_leaves_out_what_the_list_leaves_out(client: Client) -> None:
    course = make_course("Neglect")
    make_event(course, days=[MAY_14], is_published=False)
    cancelled = make_event(course, days=[MAY_14])
    cancel_event(event=cancelled, by=any_coordinator(), now=datetime.datetime.now(datetime.UTC), reason="Trainer ill")
    full = make_event(course, days=[MAY_31], reference="FULL")
    Event.objects.filter(pk=full.pk).update(places_held=18)

    assert days(page(client)) == {"Monday 31 May": ["FULL"]}
    assert "Full: waiting list" in page(client)
    assert days(page(client, "&places=1")) == {}


def test_day_with_many_dates_shows_some_and_leads_to_the_list_of_that_day(client: Client) -> None:
    course = make_course("Neglect")
    for _ in range(8):
        make_event(course, days=[MAY_14])

    text = page(client, "&q=neglect")

    assert len(days(text)["Friday 14 May"]) == 6
    assert "?q=neglect&amp;from=2027-05-14&amp;to=2027-05-14" in text
    assert "2 more" in text


@pytest.mark.parametrize("month", ["", "2027", "2027-13", "2027-00", "0000-05", "9999-12", "May", "2019-01", "٢٠٢٧-٠٥"])
def test_month_that_makes_no_sense_is_the_next_one_or_empty(client: Client, month: str) -> None:
    make_event(make_course("Neglect"), days=[MAY_14], reference="E1")

    text = page(client, f"&month={month}")

    assert "finding-month" in text


def test_month_without_any_date_says_so(client: Client) -> None:
    make_course("Neglect")

    assert "These courses have no dates yet" in page(client)


def test_month_asks_the_same_number_of_queries_for_one_date_and_three(client: Client) -> None:
    counts = []
    for day in (MAY_14, MAY_31, JUNE_1):
        make_event(make_course("Neglect"), days=[day])
        with CaptureQueriesContext(connection) as captured:
            page(client, "&q=neglect")
        counts.append(len(captured))

    assert counts[0] == counts[-1] <= 9


def test_unknown_view_is_the_list_with_a_sentence(client: Client) -> None:
    make_course("Neglect")

    text = client.get("/courses/?view=year").content.decode()

    assert "There is no view called “year”" in text
    assert "view=year" not in text


@override_settings(CATALOGUE_REMEMBERED_SECONDS=60)
def test_sort_by_places_is_read_anew_each_time(client: Client) -> None:
    few, many = make_course("A"), make_course("B")
    event = make_event(few, days=[MAY_14], places_offered=5, minimum=1)
    other = make_event(many, days=[MAY_14], places_offered=9, minimum=1)

    assert _order(client) == [many.code, few.code]
    Event.objects.filter(pk=other.pk).update(places_held=8)
    assert _order(client) == [few.code, many.code]
    Event.objects.filter(pk=event.pk).update(places_held=5)
    assert _order(client) == [many.code, few.code]


def _order(client: Client) -> list[str]:
    text = client.get("/courses/?sort=places").content.decode()
    codes = set(Course.objects.values_list("code", flat=True))
    return [
        code for code in re.findall(r'__title"><a class="govuk-link" href="/courses/([^/]+)/"', text) if code in codes
    ]
