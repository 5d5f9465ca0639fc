"""The buttons of a date's page, and the Monday screen acted on in place."""

import datetime

import pytest
import time_machine
from django.test import Client

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer
from training.catalogue import waiting
from training.catalogue.models import Event, Teaching
from training.people.models import User


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def said(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def test_date_publish_and_back(desk: Client) -> None:
    event = make_event(reference="E7", is_published=False)

    assert said(desk.post("/desk/dates/E7/publish/", follow=True)) == ["E7: open for booking."]
    assert said(desk.post("/desk/dates/E7/unpublish/", follow=True)) == ["E7: a draft again."]
    event.refresh_from_db()
    assert event.standing == "draft"


def test_date_publish_says_why_not(desk: Client) -> None:
    make_event(reference="E7", is_published=False, days=[])

    response = desk.post("/desk/dates/E7/publish/", follow=True)

    assert said(response) == ["No day and time is set. Add at least one."]


def test_date_cancel_asks_why(desk: Client) -> None:
    make_event(reference="E7")

    refused = desk.post("/desk/dates/E7/cancel/", {"reason": "  "})
    done = desk.post(
        "/desk/dates/E7/cancel/", {"reason": "Flood", "submission": "00000000-0000-4000-8000-000000000000"}
    )

    assert refused.context["form"].errors["reason"] == ["Enter why it is cancelled"]
    assert done.status_code == 302
    assert Event.objects.get().standing == "cancelled"


def test_trainer_is_asked_confirmed_and_taken_off(desk: Client) -> None:
    make_event(reference="E7")
    dana = make_trainer("Dana Whitlock")
    url = "/desk/dates/E7/trainers/"

    asked = said(desk.post(f"{url}ask/", {"person": dana.reference}, follow=True))
    again = said(desk.post(f"{url}ask/", {"person": dana.reference}, follow=True))
    confirmed = said(desk.post(f"{url}{dana.reference}/confirm/", follow=True))
    off = said(desk.post(f"{url}{dana.reference}/withdraw/", follow=True))

    assert (asked, again) == (["Dana Whitlock is asked by e-mail."], [])
    assert confirmed == ["Dana Whitlock: confirmed."]
    assert off == ["Dana Whitlock: taken off, and told so."]
    assert Teaching.objects.get().status == "withdrawn"


@pytest.mark.parametrize("person", ["", "NOSUCH", "1"])
def test_trainer_ask_refuses_somebody_not_in_the_list(desk: Client, person: str) -> None:
    make_event(reference="E7")

    response = desk.post("/desk/dates/E7/trainers/ask/", {"person": person}, follow=True)

    assert said(response)[0].startswith("Choose a trainer")


def test_trainer_says_no_on_their_own_page(coordinator: User, client_of: ClientOf) -> None:
    dana = make_trainer("Dana Whitlock")
    make_teaching(make_event(reference="E7"), dana, is_confirmed=False)
    client = client_of(make_user(dana))

    client.post("/my/teaching/E7/decline/", {"reason": "x" * 900})

    assert Teaching.objects.get().status == "declined"


def test_trainer_cannot_answer_for_a_date_of_others(coordinator: User, client_of: ClientOf) -> None:
    make_teaching(make_event(reference="E7"), is_confirmed=False)
    client = client_of(make_user(make_trainer()))

    for answer in ("confirm", "decline"):
        assert client.post(f"/my/teaching/E7/{answer}/").status_code == 404
        assert client.get(f"/my/teaching/E7/{answer}/").status_code == 405
    assert Teaching.objects.get().status == "proposed"


def test_trainer_reads_where_and_by_which_link_only_once_agreed(coordinator: User, client_of: ClientOf) -> None:
    dana = make_trainer()
    event = make_event(mode="virtual", joining_link="https://meet.example/secret")
    make_teaching(event, dana, is_confirmed=False)
    client = client_of(make_user(dana))

    before = client.get("/my/teaching/").content.decode()
    client.post(f"/my/teaching/{event}/confirm/")
    after = client.get("/my/teaching/").content.decode()

    assert ("https://meet.example/secret" in before, "https://meet.example/secret" in after) == (False, True)


MONDAY = datetime.datetime(2027, 5, 10, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


def references(rows: list[waiting.Urgent]) -> dict[str, list[str]]:
    return {str(row.event): [reason.code for reason in row.reasons] for row in rows}


@pytest.mark.usefixtures("monday")
def test_urgent_is_what_lacks_something_today_or_tomorrow(coordinator: User) -> None:
    make_event(reference="TODAY", days=[in_days(0)], mode="virtual", now=MONDAY - datetime.timedelta(days=3))
    unconfirmed = make_event(reference="TOMORROW", days=[in_days(1)])
    make_teaching(unconfirmed, is_confirmed=False)
    make_event(reference="LATER", days=[in_days(2)])
    make_teaching(make_event(reference="FINE", days=[in_days(1)]))
    make_event(reference="DRAFT", days=[in_days(1)], is_published=False)

    assert references(waiting.urgent(MONDAY)) == {
        "TODAY": ["no_link", "no_trainer"],
        "TOMORROW": ["trainer_unconfirmed"],
    }


@pytest.mark.usefixtures("monday")
def test_run_or_pull_counts_ten_working_days(coordinator: User) -> None:
    # Ten working days after Monday 10 May 2027 is Monday 24 May.
    make_event(reference="TENTH", days=[datetime.date(2027, 5, 24)], places_held=5)
    make_event(reference="ELEVENTH", days=[datetime.date(2027, 5, 25)], places_held=5)
    make_event(reference="ENOUGH", days=[datetime.date(2027, 5, 12)], places_held=6)

    assert [(str(row.event), row.working_days, row.lacking) for row in waiting.run_or_pull(MONDAY)] == [
        ("TENTH", 10, 1)
    ]


@pytest.mark.usefixtures("monday")
def test_desk_shows_what_cannot_wait_and_acts_in_place(desk: Client) -> None:
    make_event(reference="LINK", days=[in_days(1)], mode="virtual", places_held=8)
    make_event(reference="THIN", days=[in_days(7)], places_held=2)
    dana = make_trainer("Dana Whitlock")
    for event in Event.objects.all():
        make_teaching(event, dana)

    page = desk.get("/desk/")
    assert page.context["next"].sentence.startswith("Course")
    assert page.context["next"].url == "/desk/dates/LINK/"
    assert page.context["next"] not in page.context["others"]

    assert said(desk.post("/desk/dates/LINK/link/", {"joining_link": "meet.example/1"}, follow=True)) == [
        "LINK: the joining link is kept."
    ]
    assert said(desk.post("/desk/dates/THIN/run/", follow=True)) == ["THIN: it runs."]
    page = desk.get("/desk/")
    assert (page.context["urgent"], page.context["thin"]) == ([], [])


def test_desk_with_nothing_to_do_says_so(desk: Client) -> None:
    text = desk.get("/desk/").content.decode()

    assert "Every trainer has confirmed, and no place or joining link is missing." in text
    assert "Every open date of the next ten working days has enough people." in text
