"""The coordinator's pages of a date's people and places; and that no list asks more for more rows."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.places import keep_places
from bookings.models import AccessNeed, AgencyAllocation, Booking, Status
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_version
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.config import parts
from training.people.models import Role, User

pytestmark = pytest.mark.django_db

PAGES = ("event-people", "event-book", "event-places", "event-cancel")


def page(name: str, *args: str) -> str:
    return reverse(f"bookings:{name}", args=args)


@pytest.fixture
def event(partnership: object) -> Event:
    ensure_policy()
    return make_event(room_limit=3, places_offered=2, minimum=0)


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_the_coordinator(event: Event, coordinator: User, client_of: ClientOf, name: str) -> None:
    fill(event)
    make_booking(event, access_need="A hearing loop")

    assert client_of(coordinator).get(page(name, event.reference)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "waiting-lists"])
def test_pages_are_refused_to_others(event: Event, client_of: ClientOf, name: str) -> None:
    url = page(name) if name == "waiting-lists" else page(name, event.reference)
    users = [make_user(make_employee()), make_lead(make_agency()), make_user(role=Role.TRAINER)]

    assert [client_of(user).get(url).status_code for user in users] == [403] * 3
    assert Client().get(url)["Location"].startswith(reverse("account_login"))


def test_booking_somebody_in(event: Event, coordinator: User, client_of: ClientOf) -> None:
    client, person = client_of(coordinator), make_employee("Ada Okafor")
    url = page("event-book-person", event.reference, person.reference)

    assert url in client.get(page("event-book", event.reference), {"q": "okafor"}).content.decode()
    typed = {"work": person.employments.get().agency.reference, "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11"}
    assert client.post(url, typed).status_code == 302

    assert Booking.objects.get().person == person
    assert "already" in client.get(url).content.decode()


def test_the_same_form_for_another_person_books_the_other_too(
    event: Event, coordinator: User, client_of: ClientOf
) -> None:
    """The back button and another name: the hidden id of the form is the same."""
    client = client_of(coordinator)
    for person in (make_employee(), make_employee()):
        typed = {
            "work": person.employments.get().agency.reference,
            "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11",
        }
        assert client.post(page("event-book-person", event.reference, person.reference), typed).status_code == 302

    assert Booking.objects.count() == 2


def test_coordinator_cancels_for_somebody(event: Event, coordinator: User, client_of: ClientOf) -> None:
    booking = make_booking(event)

    client_of(coordinator).post(page("booking-cancel", booking.reference), {"reason": "Rang, sick"})

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED_IN_TIME


def test_places_kept_changed_and_released_by_page(event: Event, coordinator: User, client_of: ClientOf) -> None:
    client, agency, day = client_of(coordinator), make_agency("St Olave’s School"), in_days(9)
    typed = {
        "agency": "st olave’s school",
        "places": "2",
        "reason": "Asked",
        "release_on_day": day.day,
        "release_on_month": day.month,
        "release_on_year": day.year,
    }
    response = client.post(page("event-keep", event.reference), typed)
    assert response.status_code == 302, response.content.decode()
    assert AgencyAllocation.objects.get().agency == agency
    waiting = make_booking(event)

    refused = client.post(page("event-keep", event.reference), {**typed, "agency": "Nobody’s School"}).content.decode()
    assert "There is no organisation of that name" in refused
    assert "Asked" in refused

    event.refresh_from_db()
    changed = {"room_limit": "3", "places_offered": "3", "revision": str(event.revision)}
    assert client.post(page("event-places", event.reference), changed).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == Status.BOOKED

    for _ in range(2):
        assert client.post(page("event-release", event.reference), {"agency": agency.reference}).status_code == 302
    assert [one.released_at is not None for one in AgencyAllocation.objects.all()] == [True]


@pytest.mark.parametrize("value", ["", "-1", "9" * 30, "two", "\u202e5"])
def test_nonsense_places_are_refused_plainly(event: Event, coordinator: User, client_of: ClientOf, value: str) -> None:
    client = client_of(coordinator)
    typed = {"room_limit": value, "places_offered": value, "revision": value}

    assert client.post(page("event-places", event.reference), typed).status_code == 200
    assert client.post(page("event-keep", event.reference), {"places": value, "sector": value}).status_code == 200
    assert client.post(page("event-release", event.reference), {"sector": value}).status_code == 302


def test_adjustment_confirmed(event: Event, coordinator: User, client_of: ClientOf) -> None:
    booking = make_booking(event, access_need="A hearing loop")
    assert [todo.action for todo in parts.todos(coordinator, timezone.now())].count("Arrange") == 1

    client_of(coordinator).post(page("adjustment-confirm", booking.reference))

    assert AccessNeed.objects.get().confirmed_at is not None
    assert [todo.action for todo in parts.todos(coordinator, timezone.now())].count("Arrange") == 0


def test_cancelling_a_date_is_previewed_first(event: Event, coordinator: User, client_of: ClientOf) -> None:
    booking, client = make_booking(event), client_of(coordinator)
    url = page("event-cancel", event.reference)

    preview = client.post(url, {"reason": "The room is flooded"}).content.decode()
    booking.refresh_from_db()
    assert booking.status == Status.BOOKED
    assert "cancel 1 place" in preview

    assert client.post(url, {"reason": "The room is flooded", "sure": "yes"}).status_code == 302
    booking.refresh_from_db()
    assert booking.status == Status.EVENT_CANCELLED


def test_waiting_lists_are_on_the_coordinators_list_and_found(
    event: Event, coordinator: User, client_of: ClientOf
) -> None:
    fill(event)
    booking = make_booking(event, make_employee("Ada Okafor"))

    assert any("1 person waits for 1 full date." in todo.sentence for todo in parts.todos(coordinator, timezone.now()))
    assert event.reference in client_of(coordinator).get(page("waiting-lists")).content.decode()
    for text in ("okafor", booking.reference.lower()):
        assert page("booking", booking.reference) in [hit.url for hit in parts.search(coordinator, text)]
    assert parts.search(make_user(make_employee()), booking.reference) == []


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def waiting_date() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)
    make_booking(event)


def test_waiting_lists_ask_as_often_for_three_as_for_one(event: Event, coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    waiting_date()
    client.get(page("waiting-lists"))
    with_one = [queries_of(client, page("waiting-lists")), queries_of(client, reverse("people:home"))]

    waiting_date()
    waiting_date()

    assert [queries_of(client, page("waiting-lists")), queries_of(client, reverse("people:home"))] == with_one


def test_people_page_asks_as_often_for_three_as_for_one(coordinator: User, client_of: ClientOf) -> None:
    event = make_event(room_limit=9, places_offered=9, minimum=0)
    keep_places(
        event=event, sector="faith", places=3, reason="x", release_on=in_days(5), by=coordinator, now=timezone.now()
    )
    client, url = client_of(coordinator), page("event-people", event.reference)
    for _ in range(6):
        make_booking(event)
    make_booking(event)
    client.get(url)
    with_few = queries_of(client, url)

    for _ in range(3):
        make_booking(event, access_need="A hearing loop")
    for _ in range(3):
        make_booking(event, agency=make_agency(sector="faith"), access_need="A hearing loop")

    assert queries_of(client, url) == with_few


@pytest.mark.parametrize("name", ["people:my", "people:home", "bookings:my-bookings"])
def test_own_pages_ask_as_often_for_three_as_for_one(partnership: object, client_of: ClientOf, name: str) -> None:
    person = make_employee()
    client, url = client_of(make_user(person)), reverse(name)

    def add(days: int) -> None:
        make_booking(make_event(days=[in_days(days)]), person)
        make_booking(make_event(days=[in_days(-days)]), person)
        full = make_event(days=[in_days(days + 100)], room_limit=1, places_offered=1, minimum=0)
        fill(full)
        make_booking(full, person)

    add(30)
    client.get(url)
    with_one = queries_of(client, url)

    add(40)
    add(50)

    assert queries_of(client, url) == with_one


def test_choosing_another_date_asks_as_often_for_three_as_for_one(partnership: object, client_of: ClientOf) -> None:
    version, person = make_version(), make_employee()
    booking = make_booking(make_event(version), person)
    client, url = client_of(make_user(person)), page("booking-move", booking.reference)
    make_event(version, days=[in_days(60)])
    client.get(url)
    with_one = queries_of(client, url)

    make_event(version, days=[in_days(70)])
    make_event(version, days=[in_days(80)])

    assert queries_of(client, url) == with_one


def test_a_complete_booking_takes_at_most_25_statements(partnership: object, client_of: ClientOf) -> None:
    """Page and form with both messages and the entry for the calendar.

    One more where some roles need a second factor: then the roles are read with the form too.
    """
    ensure_policy()
    event, person = make_event(), make_employee()
    client, work = client_of(make_user(person)), person.employments.get()
    url = page("booking-new", event.reference)
    typed = {
        "work": work.agency.reference,
        "has_manager_agreed": "on",
        "manager_name": "Mo",
        "manager_email": "mo@bankside.example",
        "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11",
    }

    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
        assert client.post(url, typed).status_code == 302

    # The audit sends who and which page ahead of a statement, in the same round.
    sent = [one["sql"].rpartition("set_config('pghistory.context_metadata'")[2] for one in captured]
    statements = [sql for sql in sent if not re.search(r"(^|; ?)(SAVEPOINT|RELEASE SAVEPOINT)", sql)]
    listed = "\n".join(sql[-160:] for sql in statements)
    assert Booking.objects.get().status == Status.BOOKED
    assert len(statements) <= 25, listed


def test_a_date_with_people_waiting_alone_is_not_cancelled_past_them(coordinator: User, client_of: ClientOf) -> None:
    """Its one place is kept for another organisation, so nobody is booked and somebody waits."""
    event = make_event(places_offered=1, minimum=0)
    AgencyAllocation.objects.create(
        event=event, agency=make_agency(), places=1, reason="Asked for", owner=coordinator.person, release_on=in_days(5)
    )
    waiting = make_booking(event)

    response = client_of(coordinator).post(
        reverse("desk:date-cancel", args=[event.reference]),
        {"reason": "The trainer is ill", "submission": str(uuid.uuid4())},
    )

    assert waiting.status == Status.WAITLISTED
    assert "People wait for a place" in response.content.decode()
    assert Event.objects.get(pk=event.pk).standing == Event.Standing.PUBLISHED
