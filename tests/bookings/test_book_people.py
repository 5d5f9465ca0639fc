"""A training lead books several people: an outcome for each before and after, own people only, nothing twice."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.booking_many import Choice, book_people
from bookings.actions.leaving import leave
from bookings.agencies.pasted_names import read_lines
from bookings.errors import BookingsError
from bookings.models import Booking, Origin, Status
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.people.making import make_lead, make_leaver
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Agency, Employment, Person, Role, User

pytestmark = pytest.mark.django_db

FORM = "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11"


@pytest.fixture
def agency(partnership: object) -> Agency:
    ensure_policy()
    return make_agency("St Olave’s School")


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency, name="Lee Lead")


@pytest.fixture
def event(agency: Agency) -> Event:
    return make_event(room_limit=20, places_offered=10, minimum=0)


@pytest.fixture
def client(lead: User, client_of: ClientOf) -> Client:
    return client_of(lead)


def url(event: Event) -> str:
    return reverse("bookings:book-people-on", args=[event.reference])


def send(client: Client, event: Event, agency: Agency, names: str, do: str = "check", **fields: str) -> Any:
    typed = {"organisation": agency.reference, "names": names, "submission": FORM, "do": do}
    return client.post(url(event), {**typed, **{key.replace("_", "-"): value for key, value in fields.items()}})


def kinds(response: Any) -> list[str]:
    return [one.kind for one in response.context["outcomes"]]


def test_each_is_foreseen_and_nobody_is_booked_by_looking(client: Client, event: Event, agency: Agency) -> None:
    make_employee("Ada Okafor", agency=agency)
    make_employee("Sam Same", agency=agency)
    make_employee("Sam Same", agency=agency)
    booked = make_employee("Bo Booked", agency=agency)
    make_booking(event, booked)
    busy = make_employee("Cy Busy", agency=agency)
    make_booking(make_event(), busy)
    make_employee("Else Where")

    response = send(client, event, agency, "Okafor, Ada\nSam Same\nBo Booked\nCy Busy\nElse Where\nnew@school.example")

    assert kinds(response) == ["place", "choose", "already", "stopped", "unknown", "unknown"]
    text = response.content.decode()
    assert "Cy Busy has another course at the same time" in text
    assert "Nobody is booked yet." in text
    assert Booking.objects.count() == 2


def test_the_last_places_are_counted_down_and_the_rest_wait(client: Client, agency: Agency) -> None:
    event = make_event(room_limit=2, places_offered=2, minimum=0)
    for name in ("Ann One", "Ben Two", "Cat Three"):
        make_employee(name, agency=agency)
    names = "Ann One\nBen Two\nCat Three"

    foreseen = kinds(send(client, event, agency, names))
    done = kinds(send(client, event, agency, names, "book"))

    assert foreseen == done == ["place", "place", "waits"]
    assert list(Booking.objects.order_by("pk").values_list("status", flat=True)) == ["booked", "booked", "waitlisted"]
    assert set(Booking.objects.values_list("origin", flat=True)) == {Origin.BY_LEAD}


def test_mixed_outcomes_book_those_who_can(client: Client, event: Event, agency: Agency) -> None:
    ada = make_employee("Ada Okafor", agency=agency)
    first, second = make_employee("Sam Same", agency=agency), make_employee("Sam Same", agency=agency)
    busy = make_employee("Cy Busy", agency=agency)
    make_booking(make_event(), busy)
    names = "Ada Okafor\nSam Same\nCy Busy\nNew Person\nNobody Known"

    response = send(
        client, event, agency, names, "book",
        who_2=second.reference, name_4="New Person", email_4="new@school.example", name_5="Nobody Known", email_5="",
    )  # fmt: skip

    assert kinds(response) == ["place", "place", "stopped", "place", "left_out"]
    new = Person.objects.get(email="new@school.example")
    booked = set(Booking.objects.filter(event=event).values_list("person", flat=True))
    assert booked == {ada.pk, second.pk, new.pk}
    assert first.pk not in booked
    assert Employment.objects.get(person=new).standing == "confirmed"
    assert set(re.findall("(Cy Busy|Nobody Known)\n", response.content.decode())) == {"Cy Busy", "Nobody Known"}


def test_a_second_click_changes_nothing_and_says_the_same(client: Client, event: Event, agency: Agency) -> None:
    make_employee("Ada Okafor", agency=agency)
    names, new = "Ada Okafor\nNew Person", {"name_2": "New Person", "email_2": "new@school.example"}

    first = send(client, event, agency, names, "book", **new)
    before = Message.objects.count(), Person.objects.count(), list(Booking.objects.values())
    second = send(client, event, agency, names, "book", **new)

    assert kinds(first) == kinds(second) == ["place", "place"]
    assert (Message.objects.count(), Person.objects.count(), list(Booking.objects.values())) == before


def test_the_same_page_sent_later_does_not_bring_back_who_was_cancelled(
    client: Client, event: Event, agency: Agency
) -> None:
    make_employee("Ada Okafor", agency=agency)
    send(client, event, agency, "Ada Okafor", "book")
    leave(booking=Booking.objects.get(), by=any_coordinator(), now=timezone.now())

    again = send(client, event, agency, "Ada Okafor", "book")

    assert kinds(again) == ["stopped"]
    assert Booking.objects.get().status == Status.CANCELLED_IN_TIME


def test_people_of_one_mailbox_are_told_apart_by_name(client: Client, event: Event, agency: Agency) -> None:
    ada = make_employee("Ada Okafor", agency=agency, email="office@school.example")
    make_employee("Bo Lee", agency=agency, email="office@school.example")

    both = send(client, event, agency, "office@school.example")
    one = send(client, event, agency, "Ada Okafor <office@school.example>", "book")

    assert kinds(both) == ["choose"]
    assert kinds(one) == ["place"]
    assert Booking.objects.get().person == ada


def test_nobody_of_another_organisation_is_found_or_booked(client: Client, event: Event, agency: Agency) -> None:
    other = make_employee("Else Where", email="else@other.example")
    make_leaver(agency, "Quentin Gone")

    seen = send(client, event, agency, "Else Where\nelse@other.example\nQuentin Gone")
    sent = send(client, event, agency, "Else Where", "book", who_1=other.reference)

    assert kinds(seen) == ["unknown"] * 3
    assert [one.perhaps for one in seen.context["outcomes"]] == [()] * 3
    assert kinds(sent) == ["left_out"]
    assert Booking.objects.count() == 0


def test_the_action_refuses_another_organisations_people_and_whoever_leads_none(
    event: Event, agency: Agency, lead: User
) -> None:
    other = make_employee("Else Where")
    (line,) = read_lines("Else Where")
    choices = [(line, Choice(other.employments.get()))]
    parts = {"event": event, "choices": choices, "submission": uuid.uuid4(), "now": timezone.now()}

    assert [one.kind for one in book_people(agency=agency, by=lead, **parts)] == ["stopped"]
    with pytest.raises(BookingsError):
        book_people(agency=make_agency(), by=lead, **parts)
    with pytest.raises(BookingsError):
        book_people(agency=agency, by=make_user(make_employee(agency=agency)), **parts)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("", "Paste at least one name"),
        (" \n\t\n", "Paste at least one name"),
        ("\n".join(f"Person {number}" for number in range(61)), "Paste at most 60 people at a time"),
    ],
)
def test_a_list_of_nobody_or_too_many_is_refused(
    client: Client, event: Event, agency: Agency, names: str, sentence: str
) -> None:
    response = send(client, event, agency, names)

    assert sentence in response.content.decode()
    assert response.context["look"] == "paste"


@pytest.mark.parametrize("rubbish", ["‮<script>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "x" * 900])
def test_rubbish_is_nobody(client: Client, event: Event, agency: Agency, rubbish: str) -> None:
    looked = send(client, event, agency, f"{rubbish}\nA")
    sent = send(
        client, event, agency, f"{rubbish}\nA", "book", who_1=rubbish, name_1=rubbish, email_1=rubbish, email_2="x"
    )

    assert (looked.status_code, sent.status_code) == (200, 200)
    assert "<script>" not in looked.content.decode().split("<main")[1].split("</main")[0]
    assert Booking.objects.count() == 0


def test_pages_are_the_leads_alone(event: Event, client: Client, client_of: ClientOf) -> None:
    pages = [url(event), reverse("bookings:book-people-dates"), reverse("bookings:agency-month")]
    others = [make_user(make_employee()), make_user(role=Role.COORDINATOR), make_user(role=Role.TRAINER)]

    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert [client_of(user).get(page).status_code for user in others for page in pages] == [403] * 9
    assert Client().get(url(event))["Location"].startswith(reverse("account_login"))
    assert client.get(reverse("bookings:book-people-on", args=["NOTHING"])).status_code == 404


def test_dates_to_choose_from(client: Client, event: Event) -> None:
    make_event(days=[in_days(-3)])
    draft = make_event(is_published=False)

    page = client.get(reverse("bookings:book-people-dates"))

    assert [one.reference for one, _ in page.context["rows"]] == [event.reference]
    assert draft.reference not in page.content.decode()
    assert client.get(reverse("bookings:book-people-dates"), {"q": "‮' --"}).context["rows"] == []
