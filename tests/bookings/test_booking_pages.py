"""The practitioner's pages: signing up, seeing; and who may not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import AccessNeed, Booking, Status
from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_bookings import ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_teaching
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.people.models import Person, Role, User

pytestmark = pytest.mark.django_db


def form_of(person: Person, **fields: object) -> dict[str, object]:
    work = person.employments.get()
    return {
        "work": work.agency.reference,
        "has_manager_agreed": "on",
        "manager_name": "Mo Manager",
        "manager_email": "mo@bankside.example",
        "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11",
        **fields,
    }


def book_url(event: Event) -> str:
    return reverse("bookings:booking-new", args=[event.reference])


@pytest.fixture
def event(partnership: object) -> Event:
    ensure_policy()
    return make_event()


@pytest.fixture
def booker(partnership: object) -> User:
    return make_user(make_employee())


def test_event_page_asks_visitors_to_sign_up(event: Event, client: Client) -> None:
    page = client.get(reverse("catalogue:event", args=[event.reference])).content.decode()

    assert "Sign up" in page
    assert book_url(event) in page


def test_signing_up_asks_visitors_to_sign_in(event: Event, client: Client) -> None:
    response = client.get(book_url(event))

    assert response["Location"] == f"{reverse('account_login')}?next={book_url(event)}"


def test_booking_in_one_form(event: Event, booker: User, client_of: ClientOf) -> None:
    client, person = client_of(booker), booker.person
    assert person is not None
    assert client.get(book_url(event)).status_code == 200

    response = client.post(book_url(event), form_of(person, access_need="A hearing loop"), follow=True)

    booking = Booking.objects.get()
    assert response.redirect_chain == [(reverse("bookings:booking", args=[booking.reference]), 302)]
    assert (booking.status, booking.person, booking.has_manager_agreed) == (Status.BOOKED, person, True)
    assert AccessNeed.objects.get().what_to_do == "A hearing loop"
    assert "You have a place" in response.content.decode()


def test_booking_takes_25_statements(
    event: Event, booker: User, client_of: ClientOf, django_assert_max_num_queries: Any, settings: Any
) -> None:
    """Page, form, booking, message and calendar entry together, where roles ask for a second factor."""
    client, person, settings.SECOND_FACTOR_ROLES = client_of(booker), booker.person, [Role.COORDINATOR]
    assert person is not None
    form = form_of(person, has_no_manager="on")

    with django_assert_max_num_queries(25):
        client.get(book_url(event))
        response = client.post(book_url(event), form)

    assert response.status_code == 302
    assert Booking.objects.get().status == Status.BOOKED


def test_the_same_form_again_is_the_same_booking(event: Event, booker: User, client_of: ClientOf) -> None:
    client, person = client_of(booker), booker.person
    assert person is not None
    first = client.post(book_url(event), form_of(person))

    again = client.post(book_url(event), form_of(person))

    assert again["Location"] == first["Location"]
    assert Booking.objects.count() == 1


def test_the_same_form_after_cancelling_does_not_book_again(event: Event, booker: User, client_of: ClientOf) -> None:
    client, person = client_of(booker), booker.person
    assert person is not None
    client.post(book_url(event), form_of(person))
    booking = Booking.objects.get()
    client.post(reverse("bookings:booking-cancel", args=[booking.reference]), {"reason": ""})

    client.post(book_url(event), form_of(person))

    assert [row.status for row in Booking.objects.all()] == [Status.CANCELLED_IN_TIME]


def test_without_manager_or_tick_it_says_so_and_keeps_what_was_typed(
    event: Event, booker: User, client_of: ClientOf
) -> None:
    person = booker.person
    assert person is not None
    typed = form_of(person, has_manager_agreed="", manager_email="", access_need="Large print")

    page = client_of(booker).post(book_url(event), typed).content.decode()

    assert Booking.objects.count() == 0
    assert "Tick that your manager has agreed" in page
    assert "Large print" in page
    assert "Mo Manager" in page


def test_without_a_manager_the_tick_is_not_needed(event: Event, booker: User, client_of: ClientOf) -> None:
    person = booker.person
    assert person is not None

    client_of(booker).post(book_url(event), form_of(person, has_manager_agreed="", has_no_manager="on"))

    booking = Booking.objects.get()
    assert (booking.manager_email, booking.has_manager_agreed) == ("", False)


def test_whoever_works_nowhere_is_sent_to_say_so_and_comes_back(event: Event, client_of: ClientOf) -> None:
    user = make_user(make_person())
    client, agency = client_of(user), make_agency("St Olave’s School")

    page = client.get(book_url(event)).content.decode()
    client.get(reverse("people:where-i-work", query={"next": book_url(event)}))
    said = client.post(
        reverse("people:work-add", args=[agency.reference]),
        {"job_title": "Teacher", "kind": "employee", "has_no_manager": "on"},
    )

    assert "Say where you work first" in page
    assert said["Location"] == book_url(event)


@pytest.mark.parametrize("work", ["", "ZZZZ", "\u202e", "9" * 500])
def test_nonsense_organisation_is_refused_plainly(event: Event, booker: User, client_of: ClientOf, work: str) -> None:
    person = booker.person
    assert person is not None

    assert client_of(booker).post(book_url(event), form_of(person, work=work)).status_code == 200
    assert Booking.objects.count() == 0


def test_a_full_date_offers_the_waiting_list(partnership: object, booker: User, client_of: ClientOf) -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)
    client, person = client_of(booker), booker.person
    assert person is not None
    assert "Join the waiting list" in client.get(book_url(event)).content.decode()

    client.post(book_url(event), form_of(person))

    booking = Booking.objects.get(person=person)
    page = client.get(reverse("bookings:booking", args=[booking.reference])).content.decode()
    assert booking.status == Status.WAITLISTED
    assert "1st on the list" in page


def test_event_page_knows_its_reader(event: Event, booker: User, client_of: ClientOf) -> None:
    make_booking(event, booker.person)

    page = client_of(booker).get(reverse("catalogue:event", args=[event.reference])).content.decode()

    assert "You have a place" in page
    assert "Sign up" not in page


PAGES = ("booking", "cant-come", "booking-cancel", "booking-colleague", "booking-move")


@pytest.mark.parametrize("name", PAGES)
def test_other_peoples_bookings_are_not_found(event: Event, client_of: ClientOf, name: str) -> None:
    booking = make_booking(event)
    url = reverse(f"bookings:{name}", args=[booking.reference])
    trainer = make_teaching(event)[0].person
    others = [make_user(make_employee()), make_lead(make_agency()), make_user(trainer), make_user(role=Role.PDL_MEMBER)]

    assert [client_of(user).get(url).status_code for user in others] == [404] * 4
    assert [client_of(user).post(url, {"answer": "take"}).status_code in (404, 405) for user in others] == [True] * 4


@pytest.mark.parametrize("name", [*PAGES, "booking-answer-offer"])
def test_signed_out_goes_to_the_sign_in_page(event: Event, client: Client, name: str) -> None:
    url = reverse(f"bookings:{name}", args=[make_booking(event).reference])

    assert client.get(url)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "address", ["/my/bookings/{}/", "/events/{}/book/", "/my/bookings/{}/cancel/", "/desk/dates/{}/people/"]
)
@pytest.mark.parametrize("reference", ["ZZZZZZZZ", "9" * 400, "\u202e", "-1", "' OR 1=1 --"])
def test_nonsense_reference_is_not_found(coordinator: User, client_of: ClientOf, address: str, reference: str) -> None:
    assert client_of(coordinator).get(address.format(reference)).status_code == 404


def test_my_page_tells_next_waiting_and_past(partnership: object, booker: User, client_of: ClientOf) -> None:
    full = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(full)
    title = make_booking(make_event(days=[in_days(9)]), booker.person).event.version.title
    make_booking(full, booker.person)

    page = client_of(booker).get(reverse("people:my")).content.decode()

    assert title in page
    assert "I can’t come" in page
    assert "1st on the list" in page
    assert client_of(booker).get(reverse("bookings:my-bookings")).status_code == 200


def test_joining_link_is_shown_only_near_the_start_to_the_booked(
    partnership: object, booker: User, client_of: ClientOf
) -> None:
    link = "https://meet.example/abc"
    far = make_event(mode="virtual", days=[in_days(20)], joining_link=link)
    near = make_event(mode="virtual", days=[in_days(1)], joining_link=link)
    client = client_of(booker)
    pages = [make_booking(event, booker.person) for event in (far, near)]

    shown = [link in client.get(reverse("bookings:booking", args=[row.reference])).content.decode() for row in pages]

    assert shown == [False, True]
    assert link not in Client().get(reverse("catalogue:event", args=[near.reference])).content.decode()
