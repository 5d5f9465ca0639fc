"""What a search found is kept for a minute: never the places left, and not past an action on the catalogue."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from tests.factories_catalogue import any_coordinator, make_course, make_event
from training.catalogue.actions.courses import publish_course, withdraw_course
from training.catalogue.actions.standing import cancel_event, publish_event, unpublish_event
from training.catalogue.finding.indexing import index_courses
from training.catalogue.models import Course, CourseVersion, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY_14 = datetime.date(2027, 5, 14)
SEARCH = "/courses/?q=neglect"


@pytest.fixture(autouse=True)
def remembering(now: datetime.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False), override_settings(CATALOGUE_REMEMBERED_SECONDS=60):
        yield


@pytest.fixture
def event() -> Event:
    return make_event(make_course("Neglect"), days=[MAY_14], reference="E1")


def page(client: Client, address: str = SEARCH) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def queries(client: Client, address: str = SEARCH) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


def test_the_same_search_reads_places_and_the_partnership_alone(client: Client, event: Event) -> None:
    first = page(client)

    assert queries(client) == 2
    assert page(client) == first


def test_another_search_of_the_same_words_is_another(client: Client, event: Event) -> None:
    page(client)

    assert "1 course" in page(client, SEARCH + "&mode=face_to_face")
    assert "Nothing found" in page(client, SEARCH + "&mode=virtual")


def test_places_are_those_of_now(client: Client, event: Event) -> None:
    assert "18 places left" in page(client)

    Event.objects.filter(pk=event.pk).update(places_held=18)

    assert "Full: waiting list" in page(client)
    assert "18 places left" not in page(client)


@pytest.mark.parametrize("standing", ["cancelled", "draft"])
def test_a_date_that_is_no_longer_open_is_not_shown(client: Client, event: Event, standing: str) -> None:
    assert "/events/E1/" in page(client)

    Event.objects.filter(pk=event.pk).update(standing=standing)

    assert "/events/E1/" not in page(client)


def test_a_date_that_has_begun_is_not_shown(client: Client, event: Event, now: datetime.datetime) -> None:
    page(client)

    with time_machine.travel(datetime.datetime(2027, 5, 14, 10, tzinfo=datetime.UTC), tick=False):
        assert "/events/E1/" not in page(client)


def test_dates_with_places_left_are_always_looked_for(client: Client, event: Event) -> None:
    assert "/events/E1/" in page(client, "/courses/?places=1")

    Event.objects.filter(pk=event.pk).update(places_held=18)

    assert "We have no course that fits" in page(client, "/courses/?places=1")


def test_actions_are_seen_at_once(
    client: Client, now: datetime.datetime, django_capture_on_commit_callbacks: Any
) -> None:
    by = any_coordinator()
    course = make_course("Neglect", is_published=False)
    event = make_event(course, days=[MAY_14], reference="E1", is_published=False)
    assert "Nothing found" in page(client)

    def at_once(action: Any, **given: Any) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            action(by=by, **given)
        return page(client)

    assert "1 course" in at_once(publish_course, course=course)
    assert "/events/E1/" in at_once(publish_event, event=event, now=now)
    assert "/events/E1/" not in at_once(unpublish_event, event=event, now=now)
    assert "/events/E1/" in at_once(publish_event, event=event, now=now)
    assert "/events/E1/" not in at_once(cancel_event, event=event, reason="Ill", now=now)
    assert "Nothing found" in at_once(withdraw_course, course=course, now=now)


def test_what_goes_round_the_actions_is_seen_once_words_are_indexed(
    client: Client, event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    page(client)
    CourseVersion.objects.update(title="Working with neglect")
    assert "Working with neglect" not in page(client)

    with django_capture_on_commit_callbacks(execute=True):
        index_courses()

    assert "Working with neglect" in page(client)


def test_a_search_made_while_something_changes_is_not_kept(client: Client, event: Event) -> None:
    page(client)
    Course.objects.update(standing=Course.Standing.WITHDRAWN)
    cache.set("catalogue:stamp", "another", None)

    assert "Nothing found" in page(client)


def test_without_redis_everything_is_read(client: Client, event: Event, settings: Any) -> None:
    away = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    with override_settings(CACHES={"default": away}):
        assert "1 course" in page(client)

        CourseVersion.objects.update(title="Working with neglect")

        assert "Working with neglect" in page(client)
