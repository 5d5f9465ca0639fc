"""The pages that change a date or a venue: they say how many are told before anything is saved."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.catalogue.making import typed_in
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_venue
from tests.people.making import make_lead
from training.catalogue.models import Event, Venue
from training.outbox.models import Message
from training.people.models import Role, User

PAGES = ("date-change", "date-link", "venue-change")


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    ensure_policy()
    return client_of(coordinator)


def errors(response: Any) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def told() -> list[str]:
    return list(Message.objects.filter(kind="bookings.changed").order_by("pk").values_list("to_name", flat=True))


def changed_page(event: Event) -> str:
    return f"/desk/dates/{event}/change/"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_others(partnership: object, client_of: ClientOf, name: str) -> None:
    url = reverse(f"bookings:{name}", args=["NOTHING"])
    users = [make_user(make_employee()), make_lead(make_agency()), make_user(role=Role.TRAINER)]

    assert [client_of(user).post(url).status_code for user in users] == [403] * 3
    assert Client().post(url)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_pages_know_nothing_of_what_is_not_there(desk: Client, name: str) -> None:
    assert desk.post(reverse(f"bookings:{name}", args=["NOTHING"])).status_code == 404


def test_a_date_is_moved_after_the_page_has_said_how_many_are_told(desk: Client) -> None:
    event = make_event(days=[in_days(20)])
    ada, no_mail = make_booking(event), make_booking(event, make_employee(email=""))
    starts_at = event.starts_at
    typed = {**typed_in(desk, changed_page(event)), "day1_starts": "10:30", "notes_for_trainers": "Ring first"}

    asked = desk.post(changed_page(event), typed)

    text = asked.content.decode()
    assert "2 people are booked and will be sent the change" in text
    assert "1 person has no e-mail address: ring them." in text
    assert asked.context["form"]["notes_for_trainers"].value() == "Ring first"
    assert (Event.objects.get().starts_at, told()) == (starts_at, [])

    saved = desk.post(changed_page(event), {**typed, "told": "2"}, follow=True)

    assert [str(one) for one in saved.context["messages"]] == [f"{event}: saved. We have written to 2 people about it."]
    assert Event.objects.get().starts_at == starts_at + datetime.timedelta(hours=1)  # type: ignore[operator]
    assert told() == [ada.person.name]
    assert no_mail.calendar_entries.get().sequence == 1


def test_a_second_click_tells_nobody_twice(desk: Client) -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)
    typed = {**typed_in(desk, changed_page(event)), "day1_starts": "10:30", "told": "1"}

    first, second = desk.post(changed_page(event), typed), desk.post(changed_page(event), typed)

    assert first.status_code == 302
    assert errors(second)[0].startswith("Somebody else changed this date")
    assert len(told()) == 1


def test_more_people_than_the_page_had_said_are_asked_about_again(desk: Client) -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)
    typed = {**typed_in(desk, changed_page(event)), "day1_starts": "10:30", "told": "1"}
    make_booking(event)

    asked = desk.post(changed_page(event), typed)

    assert "2 people are booked and will be sent the change" in asked.content.decode()
    assert told() == []


@pytest.mark.parametrize("typed", [{"notes_for_trainers": "Ring first"}, {"minimum": "4"}, {"places_offered": "20"}])
def test_what_no_calendar_shows_is_saved_at_once_and_tells_nobody(desk: Client, typed: dict[str, str]) -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)

    response = desk.post(changed_page(event), {**typed_in(desk, changed_page(event)), **typed})

    assert response.status_code == 302
    assert Event.objects.get().revision == event.revision + 1
    assert told() == []


@pytest.mark.parametrize("rubbish", ["", "many", "-1", "1; drop table", "99999999999999999999"])
def test_rubbish_for_how_many_asks_again(desk: Client, rubbish: str) -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)

    asked = desk.post(
        changed_page(event), {**typed_in(desk, changed_page(event)), "day1_starts": "10:30", "told": rubbish}
    )

    assert asked.context["telling"].people == 1
    assert told() == []


def test_date_change_saves_what_is_shown_as_it_is(desk: Client) -> None:
    event = make_event(days=[in_days(20), in_days(21)])
    before = list(event.sessions.values())
    url = f"/desk/dates/{event}/change/"

    response = desk.post(url, typed_in(desk, url))

    assert response.status_code == 302
    assert list(event.sessions.values()) == before


def test_date_change_by_a_second_editor_says_what_the_first_changed(desk: Client) -> None:
    event = make_event(days=[in_days(20)])
    url = f"/desk/dates/{event}/change/"
    opened = typed_in(desk, url)
    desk.post(url, {**opened, "places_offered": "20"})

    refused = desk.post(url, {**opened, "minimum": "4"})

    assert errors(refused) == [
        "Somebody else changed this date while this page was open. "
        "What you typed is kept here; save again to put it in the place of theirs.",
        "Places offered: was “18”, is now “20”.",
    ]
    form = refused.context["form"]
    assert (form["minimum"].value(), form["places_offered"].value()) == ("4", "18")
    again = {**opened, "minimum": "4", "revision": form["revision"].value(), "seen": form["seen"].value()}
    assert desk.post(url, again).status_code == 302
    assert Event.objects.get().minimum == 4


@pytest.mark.parametrize("seen", ["", "[1, 2]", "{", "null", "x" * 19000])
def test_date_change_bears_a_nonsense_of_what_was_seen(desk: Client, seen: str) -> None:
    event = make_event(days=[in_days(20)])
    url = f"/desk/dates/{event}/change/"

    response = desk.post(url, {**typed_in(desk, url), "revision": "7", "seen": seen})

    assert errors(response)[0].startswith("Somebody else changed this date")


def test_date_link_that_is_none_goes_to_the_form(desk: Client) -> None:
    make_event(reference="E7", mode="virtual")

    response = desk.post("/desk/dates/E7/link/", {"joining_link": "not a link"})

    assert response["Location"] == "/desk/dates/E7/change/"


def test_another_name_of_a_venue_is_sent_to_whoever_is_booked_there(desk: Client) -> None:
    venue = make_venue("The Warf")
    here, elsewhere = make_event(venue=venue), make_event(days=[in_days(40)])
    ada, _ = make_booking(here), make_booking(elsewhere)
    url = f"/desk/venues/{venue.reference}/"
    typed = {**typed_in(desk, url), "name": "The Wharf"}

    asked = desk.post(url, typed)
    assert "1 person is booked and will be sent the change" in asked.content.decode()
    assert Venue.objects.get(pk=venue.pk).name == "The Warf"
    for _ in range(2):
        desk.post(url, {**typed, "told": "1"})

    assert told() == [ada.person.name]
    assert Venue.objects.get(pk=venue.pk).name == "The Wharf"


def test_a_door_code_tells_nobody(desk: Client) -> None:
    venue = make_venue("The Wharf")
    make_booking(make_event(venue=venue))
    url = f"/desk/venues/{venue.reference}/"

    assert desk.post(url, {**typed_in(desk, url), "door_code": "1234"}).status_code == 302
    assert told() == []


def test_venue_change_by_a_second_editor_says_what_the_first_changed(desk: Client) -> None:
    venue = make_venue("Room 1", capacity=20)
    url = f"/desk/venues/{venue.reference}/"
    opened = typed_in(desk, url)
    desk.post(url, {**opened, "capacity": "18"})

    refused = desk.post(url, {**opened, "door_code": "1234"})

    assert "Holds: was “20”, is now “18”." in errors(refused)
    assert Venue.objects.get().door_code == ""
