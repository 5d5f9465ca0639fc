"""The pages of one course and of one date, as visitors get them."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import make_course, make_event, make_teaching, make_trainer, make_venue, morning
from training.catalogue.models import Course, DeliveryMode, Event
from training.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY_14, MAY_21 = datetime.date(2027, 5, 14), datetime.date(2027, 5, 21)


@pytest.fixture(autouse=True)
def on_that_monday(now: datetime.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def page(client: Client, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- A course -------------------------------------------------------------------------------------


def test_course_page_says_what_one_will_be_able_to_do_and_when(client: Client) -> None:
    course = make_course("Working with neglect", code="BSP8", outcomes=["Ask safely"], levels=["2-3"])
    make_event(course, days=[MAY_14], venue=make_venue("Tooley Rooms"))
    make_event(course, days=[datetime.date(2027, 5, 3)])

    text = page(client, "/courses/BSP8/")

    assert "You will be able to…" in text
    assert "Ask safely" in text
    assert "L2–3" in text
    assert "Fri 14 May, 9:30–13:00" in text
    assert "Tooley Rooms" in text
    assert "Mon 3 May" not in text


def test_course_page_in_other_letters_leads_to_its_own_address(client: Client) -> None:
    make_course(code="BSP8")

    assert client.get("/courses/bsp8/").headers["Location"] == "/courses/BSP8/"


def test_course_page_of_a_draft_is_not_found_by_anybody(client_of: ClientOf, coordinator: User) -> None:
    make_course(code="BSP8", is_published=False)

    page(Client(), "/courses/BSP8/", status=404)
    page(client_of(coordinator), "/courses/BSP8/", status=404)


def test_course_page_of_a_withdrawn_course_says_so_and_names_others(client: Client) -> None:
    course = make_course("Neglect in infancy", code="OLD", outcomes=["Notice"])
    Course.objects.filter(pk=course.pk).update(standing=Course.Standing.WITHDRAWN)
    make_course("Neglect and the graded care profile", outcomes=["Assess"])

    text = page(client, "/courses/OLD/")

    assert "We no longer run this course." in text
    assert "Neglect and the graded care profile" in text
    assert "ld+json" not in text


def test_course_page_without_dates_says_how_to_ask(client: Client) -> None:
    make_course("Working with neglect", code="BSP8")

    text = page(client, "/courses/BSP8/")

    assert "No dates yet" in text
    assert "mailto:training@bankside.example?subject=Working%20with%20neglect" in text


def test_course_page_asks_the_same_number_of_queries_for_one_date_and_three(client: Client) -> None:
    course = make_course(code="BSP8")
    make_event(course, days=[MAY_14])
    page(client, "/courses/BSP8/")
    before = queries_of(client, "/courses/BSP8/")
    make_event(course, days=[MAY_21])
    make_event(course, days=[MAY_14, MAY_21])

    assert queries_of(client, "/courses/BSP8/") == before <= 9


# --- A date ---------------------------------------------------------------------------------------


def test_event_page_says_when_where_with_whom_and_how_many_places(client: Client) -> None:
    venue = make_venue("Tooley Rooms", address="160 Wharf Street", access="Step-free", door_code="4711")
    event = make_event(days=[morning(MAY_14, venue=venue), morning(MAY_21, venue=venue)], places_held=16)
    hidden = make_trainer("Hidden Harriet")
    hidden.is_name_private = True
    hidden.save()
    make_teaching(event, make_trainer("Dana Whitlock"))
    make_teaching(event, make_trainer("Only Asked"), is_confirmed=False)
    make_teaching(event, hidden)

    text = page(client, f"/events/{event.reference}/")

    assert "<strong>Day 1:</strong> Friday 14 May 2027, 9:30–13:00" in text
    assert "<strong>Day 2:</strong> Friday 21 May 2027, 9:30–13:00" in text
    assert "160 Wharf Street" in text
    assert "Step-free" in text
    assert "Dana Whitlock" in text
    assert "2 places left" in text
    for secret in ("4711", "Hidden Harriet", "Only Asked"):
        assert secret not in text


def test_event_page_keeps_the_joining_link_to_itself(client: Client, client_of: ClientOf, coordinator: User) -> None:
    link = "https://meet.example/secret"
    event = make_event(mode=DeliveryMode.VIRTUAL, days=[MAY_14], joining_link=link)
    event.sessions.update(joining_link=f"{link}-day")
    course = event.version.course

    for visitor in (client, client_of(coordinator)):
        for address in (f"/events/{event.reference}/", f"/courses/{course.code}/", "/courses/"):
            assert "secret" not in page(visitor, address)


def test_event_page_of_a_draft_is_for_the_coordinator_and_its_trainers(
    client_of: ClientOf, coordinator: User, practitioner: User
) -> None:
    event = make_event(days=[MAY_14], is_published=False)
    address = f"/events/{event.reference}/"

    page(Client(), address, status=404)
    page(client_of(practitioner), address, status=404)
    assert "This date is a draft" in page(client_of(coordinator), address)
    trainer = make_user(make_trainer())
    page(client_of(trainer), address, status=404)
    make_teaching(event, trainer.person, is_confirmed=False)
    assert "This date is a draft" in page(client_of(trainer), address)


def test_event_page_of_a_cancelled_date_says_so_and_shows_the_others(client: Client) -> None:
    course = make_course()
    event = make_event(course, days=[MAY_14])
    make_event(course, days=[MAY_21], reference="LATER")
    Event.objects.filter(pk=event.pk).update(standing=Event.Standing.CANCELLED)

    text = page(client, f"/events/{event.reference}/")

    assert "This date is cancelled." in text
    assert "/events/LATER/" in text
    assert "places left" not in text.split("Dates to come")[0]


def test_event_page_of_a_past_date_says_so(client: Client) -> None:
    event = make_event(days=[datetime.date(2027, 5, 3)])

    text = page(client, f"/events/{event.reference}/")

    assert "This date is over." in text
    assert "tell the training team" in text


def test_event_page_while_it_runs_takes_no_more_bookings(client: Client) -> None:
    event = make_event(days=[datetime.date(2027, 5, 10)])
    with time_machine.travel(datetime.datetime(2027, 5, 10, 10, 0, tzinfo=datetime.UTC), tick=False):
        text = page(client, f"/events/{event.reference}/")

    assert "This date has begun." in text
    assert "Booking is closed" in text


def test_event_page_that_is_not_there_is_not_found(client: Client) -> None:
    page(client, "/events/NOTHING/", status=404)
    page(client, "/courses/NOTHING/", status=404)
