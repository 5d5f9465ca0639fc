"""Forms of the desk in a browser without script: nothing typed is lost, nothing happens twice."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from tests.catalogue.making import typed_in
from tests.conftest import ClientOf
from tests.factories_catalogue import in_days, make_course, make_event, make_framework, make_venue
from training.catalogue.models import Course, Event
from training.people.models import User
from training.web.words import clock


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def date_data(**changes: Any) -> dict[str, Any]:
    day = in_days(30)
    return {
        "course": changes.pop("course", "") or make_course().code,
        "mode": "virtual",
        "room_limit": "20",
        "submission": str(uuid.uuid4()),
        "days": "1",
        "day1_on_day": str(day.day),
        "day1_on_month": str(day.month),
        "day1_on_year": str(day.year),
        "day1_starts": "9.30",
        "day1_ends": "1pm",
        **changes,
    }


def errors(response: Any) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_date_add_makes_a_draft(desk: Client) -> None:
    response = desk.post("/desk/dates/add/", date_data(minimum="6", joining_link="meet.example/1"), follow=True)

    event = Event.objects.get()
    assert response.redirect_chain == [(f"/desk/dates/{event}/", 302)]
    assert (event.standing, event.room_limit, event.places_offered, event.minimum) == ("draft", 20, 20, 6)
    assert event.joining_link == "https://meet.example/1"
    assert [clock(day.starts_at) for day in event.sessions.all()] == ["9:30"]


def test_date_add_takes_the_room_limit_from_the_smallest_venue(desk: Client) -> None:
    venue = make_venue(capacity=14)

    desk.post("/desk/dates/add/", date_data(mode="face_to_face", room_limit="", day1_venue=venue.reference))

    event = Event.objects.get()
    assert (event.room_limit, event.places_offered) == (14, 14)


def test_date_add_sent_twice_is_one_date(desk: Client) -> None:
    data = date_data()

    first, second = desk.post("/desk/dates/add/", data), desk.post("/desk/dates/add/", data)

    assert first["Location"] == second["Location"]
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day1_starts": ""}, "Enter when it starts of day 1"),
        ({"day1_starts": "half nine"}, "Start of day 1 must be a time, like 9:30 or 13:00"),
        ({"day1_ends": "9:00"}, "The end, 09:00, must be after the start, 09:30."),
        ({"day1_on_day": "31", "day1_on_month": "2"}, "Date of day 1 must be a real date, like 27 3 2027"),
        (
            {
                "day1_on_day": "28",
                "day1_on_month": "3",
                "day1_on_year": "2027",
                "day1_starts": "1:30",
                "day1_ends": "4",
            },
            "The clocks go forward that night: there is no 01:30 on 28 March 2027.",
        ),
        ({"places_offered": "21"}, "21 places are offered but the room holds 20. Offer fewer."),
        ({"room_limit": ""}, "Enter how many may come at most."),
        ({"room_limit": "99999999999999999999"}, "How many the room holds must be 5000 or less"),
        ({"room_limit": "-3"}, "How many the room holds must be 1 or more"),
        ({"mode": "telepathy"}, "Choose one of the answers shown"),
        ({"joining_link": "javascript:alert(1)"}, "Enter a full web address, like https://www.example.org"),
        ({"reference": "../admin"}, "Reference must have letters, digits and hyphens only, like E0141"),
        ({"day1_venue": "NOSUCH"}, "Choose one of the answers shown"),
        ({"submission": "x"}, "This page was out of date. Check your answers and send them again"),
    ],
)
def test_date_add_refuses_and_keeps_what_was_typed(desk: Client, changes: dict[str, str], sentence: str) -> None:
    data = date_data(notes_for_trainers="Bring the ‮cable", **changes)

    response = desk.post("/desk/dates/add/", data)

    assert sentence in errors(response)
    assert response.status_code == 200
    kept = response.context["form"]
    assert kept["notes_for_trainers"].value() == data["notes_for_trainers"]
    assert kept["room_limit"].value() == data["room_limit"]
    assert Event.objects.count() == 0


def test_date_add_another_day_keeps_what_was_typed_and_saves_nothing(desk: Client) -> None:
    data = date_data(do="add-day", room_limit="many", day1_starts="half nine")

    response = desk.post("/desk/dates/add/", data)

    form = response.context["form"]
    assert form.day_count == 2
    assert (form["room_limit"].value(), form["day1_starts"].value()) == ("many", "half nine")
    assert (form["day2_starts"].value(), form["day2_ends"].value()) == ("half nine", "1pm")
    assert "There is a problem" not in response.content.decode()
    assert Event.objects.count() == 0


def test_date_add_has_six_days_at_most(desk: Client) -> None:
    for days in ("6", "99", "-1", "many", "９"):
        form = desk.post("/desk/dates/add/", date_data(do="add-day", days=days)).context["form"]
        assert 1 <= form.day_count <= 6


def test_date_add_without_a_day_moves_the_others_up(desk: Client) -> None:
    data = date_data(do="remove-day-1", days="2", day2_starts="14:00", day2_ends="16:00")

    form = desk.post("/desk/dates/add/", data).context["form"]

    assert form.day_count == 1
    assert (form["day1_starts"].value(), form["day1_on"].value()) == ("14:00", ["", "", ""])


def test_date_copy_twice_is_one_copy(desk: Client) -> None:
    event, day = make_event(), in_days(90)
    data = {"submission": str(uuid.uuid4())}
    data |= {"first_day_day": str(day.day), "first_day_month": str(day.month), "first_day_year": str(day.year)}

    places = [desk.post(f"/desk/dates/{event}/copy/", data)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Event.objects.count() == 2


def course_data(**changes: Any) -> dict[str, Any]:
    given = {"title": "Neglect", "code": "N1", "kind": "course", "remit": "children", "usual_mode": "virtual"}
    return {**given, "outcomes": "Recognise neglect\r\n\r\nTell", **changes}


def test_course_add_makes_a_draft_with_outcomes_and_levels(desk: Client) -> None:
    make_framework()

    desk.post("/desk/courses/add/", course_data(level_local="l2–3", hours="6.5"))

    version = Course.objects.get().versions.get()
    assert [outcome.text for outcome in version.outcomes.all()] == ["Recognise neglect", "Tell"]
    assert [str(level) for level in version.levels.all()] == ["L2–3"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level_local": "5"}, "5 is not a step of Local levels. Enter one of 1, 2, 3, 4, or two with a hyphen"),
        ({"code": "N 1"}, "Code must have letters, digits and hyphens only, like BSP014"),
        ({"code": "TAKEN"}, "There is already a course with the code TAKEN."),
        ({"title": "\u200b \u202e"}, "Enter title"),
        ({"outcomes": "x" * 301}, f"Shorten the outcome “{'x' * 40}…” to 300 characters"),
        ({"outcomes": "a\n" * 13}, "Enter 12 outcomes at most: people rate each of them"),
        ({"hours": "0"}, "Hours of learning must be 0.25 or more"),
    ],
)
def test_course_add_refuses_and_keeps_what_was_typed(desk: Client, changes: dict[str, str], sentence: str) -> None:
    make_framework()
    make_course(code="TAKEN")

    response = desk.post("/desk/courses/add/", course_data(aims="Kept", **changes))

    assert errors(response) == [sentence]
    assert response.context["form"]["aims"].value() == "Kept"
    assert Course.objects.count() == 1


def test_course_change_asks_what_kind_of_change_the_outcomes_are(desk: Client) -> None:
    course = make_course(code="N1", outcomes=["One", "Two"])
    url = "/desk/courses/N1/change/"
    data = {**typed_in(desk, url), "outcomes": "One\nThree"}

    assert errors(desk.post(url, data)) == ["You changed the outcomes. Choose what kind of change it is"]
    fewer = {**data, "outcomes": "One", "outcome_change": "words"}
    assert errors(desk.post(url, fewer)) == ["There are more or fewer outcomes than before, which is a new version"]
    assert desk.post(url, {**data, "outcome_change": "new"}).status_code == 302
    assert course.versions.get(is_current=True).number == 2


def test_course_change_by_a_second_editor_says_what_the_first_changed(desk: Client) -> None:
    make_course("First", code="N1")
    url = "/desk/courses/N1/change/"
    opened = typed_in(desk, url)
    desk.post(url, {**opened, "title": "Theirs"})

    refused = desk.post(url, {**opened, "title": "Mine"})

    assert "Title: was “First”, is now “Theirs”." in errors(refused)
    assert refused.context["form"]["title"].value() == "Mine"


def test_every_form_shows_its_errors_in_a_summary(desk: Client) -> None:
    for url in ("/desk/courses/add/", "/desk/venues/add/", "/desk/dates/add/"):
        text = desk.post(url, {"nothing": "1"}).content.decode()
        assert re.search("There is a problem", text), url
        assert "<title>Error: " in text
