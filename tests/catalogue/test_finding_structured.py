"""schema.org data in the pages: it parses, says what is so, and cannot end its own element."""

import datetime
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories_catalogue import in_days, make_course, make_event, make_venue, morning
from training.catalogue.finding.structured import as_script, duration
from training.catalogue.models import CourseVersion, DeliveryMode, Event

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client: Client, address: str) -> Any:
    (block,) = BLOCK.findall(client.get(address).content.decode())
    return json.loads(block)


@given(st.dictionaries(st.text(), st.text()))
def test_as_script_is_one_block_that_reads_back(data: dict[str, str]) -> None:
    script = as_script({**data, "evil": "</script><!--<script>\u2028&"})

    (block,) = BLOCK.findall(script)
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block) == {**data, "evil": "</script><!--<script>\u2028&"}


@pytest.mark.parametrize(
    ("hours", "text"),
    [("3.50", "PT3H30M"), ("12.00", "PT12H"), ("0.75", "PT45M"), ("1.33", "PT1H20M")],
)
def test_duration_is_iso_8601(hours: str, text: str) -> None:
    assert duration(Decimal(hours)) == text


@pytest.mark.django_db
def test_course_page_holds_a_course_with_its_instances(client: Client, partnership: object) -> None:
    course = make_course("Working with neglect", code="BSP8", outcomes=["Ask safely", "Act early"], levels=["3"])
    CourseVersion.objects.filter(course=course).update(hours="3.50")
    venue = make_venue("Tooley Rooms", address="160 Wharf Street, London SE1 2QZ")
    days = [morning(in_days(30), venue=venue), morning(in_days(37), venue=venue)]
    event = make_event(course, days=days, places_held=5, reference="E1")

    data = data_of(client, "/courses/BSP8/")
    (instance,) = data["hasCourseInstance"]

    assert (data["@context"], data["@type"], data["courseCode"]) == ("https://schema.org", "Course", "BSP8")
    assert data["teaches"] == ["Ask safely", "Act early"]
    assert data["educationalLevel"] == ["Local levels: L3"]
    assert data["timeRequired"] == "PT3H30M"
    assert data["provider"]["name"] == "Bankside Safeguarding Partnership"
    assert instance["courseMode"] == "onsite"
    assert instance["url"].endswith("/events/E1/")
    assert datetime.datetime.fromisoformat(instance["startDate"]) == event.starts_at
    assert re.search(r"T09:30:00\+0[01]:00$", instance["startDate"])
    assert datetime.datetime.fromisoformat(instance["endDate"]) == event.ends_at
    assert instance["location"] == {
        "@type": "Place",
        "name": "Tooley Rooms",
        "address": "160 Wharf Street, London SE1 2QZ",
    }
    assert (instance["maximumAttendeeCapacity"], instance["remainingAttendeeCapacity"]) == (18, 13)
    assert [day["name"] for day in instance["subEvent"]] == ["Day 1", "Day 2"]


@pytest.mark.django_db
def test_each_mode_has_its_word_and_place(client: Client, partnership: object) -> None:
    course = make_course(code="BSP8")
    make_event(course, mode=DeliveryMode.VIRTUAL, days=[in_days(30)], joining_link="https://meet.example/secret")
    make_event(course, mode=DeliveryMode.HYBRID, days=[in_days(31)])
    make_event(course, mode=DeliveryMode.E_LEARNING)

    online, blended, own_time = data_of(client, "/courses/BSP8/")["hasCourseInstance"]

    assert [one["courseMode"] for one in (online, blended, own_time)] == ["online", "blended", "online"]
    assert online["location"]["@type"] == "VirtualLocation"
    assert "secret" not in json.dumps(online)
    assert [place["@type"] for place in blended["location"]] == ["Place", "VirtualLocation"]
    assert "startDate" not in own_time
    assert "maximumAttendeeCapacity" not in own_time


@pytest.mark.django_db
def test_words_that_look_like_markup_stay_words(client: Client, partnership: object) -> None:
    title = "</script><script>alert(1)</script> & “quotes”"
    course = make_course(title, code="BSP8", aims="<!-- <b>")
    Event.objects.filter(pk=make_event(course).pk).update(reference="E1")

    assert data_of(client, "/courses/BSP8/")["name"] == title
    for address in ("/courses/BSP8/", "/courses/", "/events/E1/"):
        assert "<script>alert" not in client.get(address).content.decode()
