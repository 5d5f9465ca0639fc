"""What a course asks for first: the page and every way of booking say the same."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.errors import BookingsError
from bookings.models import Booking
from bookings.rules.eligibility import reasons_not_bookable
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import employment_of, ensure_policy, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_version
from tests.people.making import make_lead
from training.catalogue.actions.first import ask_first, set_equivalents
from training.catalogue.models import Course, Event
from training.people.models import Agency, Person, User
from training.record.actions import achieve
from training.record.models import Achievement

pytestmark = pytest.mark.django_db
WHY = "Did the like in Kent last year"


@pytest.fixture
def agency(partnership: object) -> Agency:
    ensure_policy()
    return make_agency("St Olave’s School")


@pytest.fixture
def basics(agency: Agency) -> Course:
    return make_version("Basics", code="BASE").course


@pytest.fixture
def event(basics: Course) -> Event:
    version = make_version("Advanced")
    ask_first(course=version.course, accepted=[basics], strength="must", by=any_coordinator())
    return make_event(version, days=[in_days(30)])


@pytest.fixture
def ada(agency: Agency) -> Person:
    return make_employee("Ada Okafor", agency=agency)


def did(person: Person, course: Course) -> None:
    achieve(
        person=person,
        version=course.versions.get(is_current=True),
        on=datetime.date(2026, 1, 5),
        source=Achievement.Source.ATTENDED,
        origin="test",
        now=timezone.now(),
    )


def reasons(event: Event, person: Person, **fields: bool) -> dict[str, str]:
    loaded = Event.objects.select_related("version__course").get(pk=event.pk)
    found = reasons_not_bookable(loaded, person, employment_of(person), timezone.now(), **fields)  # type: ignore[arg-type]
    return {reason.code: str(reason) for reason in found}


def book(event: Event, person: Person, by: User | Person, **fields: str) -> Booking:
    return book_place(event=event, person=person, employment=employment_of(person), by=by, now=timezone.now(), **fields)  # type: ignore[arg-type]


def test_not_done_first_blocks_and_says_what_to_do(event: Event, ada: Person) -> None:
    assert reasons(event, ada) == {
        "first_must": "You must have done “Basics” before this course, and have not. Book that first. "
        "If you have done the like elsewhere, ask your organisation’s training lead or us."
    }
    with pytest.raises(BookingsError, match="You must have done “Basics”"):
        book(event, ada, ada)


def test_done_first_or_something_that_counts_as_it(event: Event, ada: Person, basics: Course) -> None:
    did(ada, basics)
    ben = make_employee("Ben")
    like = make_version("Much like Basics").course
    did(ben, like)
    set_equivalents(course=basics, equivalents=[like], by=any_coordinator())

    assert (reasons(event, ada), reasons(event, ben)) == ({}, {})
    assert book(event, ada, ada).is_live


def test_counting_as_goes_one_step_and_one_way(event: Event, basics: Course, ada: Person) -> None:
    far, near = make_version("Far").course, make_version("Near").course
    set_equivalents(course=basics, equivalents=[near], by=any_coordinator())
    set_equivalents(course=near, equivalents=[far], by=any_coordinator())
    did(ada, far)

    assert list(reasons(event, ada)) == ["first_must"]


def test_should_only_warns(basics: Course, ada: Person) -> None:
    version = make_version("Better after")
    ask_first(course=version.course, accepted=[basics], strength="should", by=any_coordinator())
    event = make_event(version)

    assert reasons(event, ada) == {
        "first_should": "It helps to have done “Basics” before this course, and you have not."
    }
    assert reasons(event, ada, with_warnings=False) == {}
    assert book(event, ada, ada).is_live


def test_a_place_on_an_earlier_date_is_as_good(event: Event, basics: Course, ada: Person) -> None:
    version = basics.versions.get(is_current=True)
    make_booking(make_event(version, days=[in_days(40)]), ada)
    assert list(reasons(event, ada)) == ["first_must"]

    make_booking(make_event(version, days=[in_days(9)]), make_employee("Somebody else"))
    Booking.objects.filter(person=ada).delete()
    make_booking(make_event(version, days=[in_days(10)]), ada)

    assert list(reasons(event, ada)) == ["first_booked"]
    assert book(event, ada, ada).is_live


def test_lead_lets_their_own_people_in_for_a_reason_that_is_kept(event: Event, agency: Agency, ada: Person) -> None:
    lead = make_lead(agency)

    with pytest.raises(BookingsError, match="Ada Okafor must have done"):
        book(event, ada, lead)
    booking = book(event, ada, lead, why_not_first=f"  {WHY} ")

    step = booking.steps.get()
    assert (step.reason, step.data, step.by) == (
        f"Without what is done first: {WHY}",
        {"without": [["BASE"]]},
        lead.person,
    )


def test_nobody_lets_themselves_in(event: Event, agency: Agency, ada: Person) -> None:
    lead, other = make_lead(agency), make_lead(make_agency("Elsewhere"))
    assert lead.person is not None

    with pytest.raises(BookingsError, match="You must have done"):
        book(event, ada, ada, why_not_first=WHY)
    with pytest.raises(BookingsError, match="You must have done"):
        book(event, lead.person, lead, why_not_first=WHY)
    with pytest.raises(BookingsError, match="Only the training lead"):
        book(event, ada, other, why_not_first=WHY)


def test_a_reason_lets_past_nothing_else(event: Event, ada: Person) -> None:
    now = timezone.now() + datetime.timedelta(days=60)

    with pytest.raises(BookingsError, match="has begun or is over"):
        book_place(
            event=event, person=ada, employment=employment_of(ada), by=any_coordinator(), now=now, why_not_first=WHY
        )


def test_sending_a_colleague_asks_too(event: Event, agency: Agency, ada: Person, basics: Course) -> None:
    did(ada, basics)
    booking = book(event, ada, ada)

    with pytest.raises(BookingsError, match="Ben Stone must have done “Basics”"):
        send_colleague(booking=booking, name="Ben Stone", email="ben@bankside.example", by=ada, now=timezone.now())
    ben = make_employee("Ben Stone", agency=agency, email="ben@bankside.example")
    did(ben, basics)

    assert (
        send_colleague(
            booking=booking, name="Ben Stone", email="ben@bankside.example", by=ada, now=timezone.now()
        ).person
        == ben
    )


def test_moving_to_another_date_does_not_ask_again(event: Event, agency: Agency, ada: Person) -> None:
    booking = book(event, ada, make_lead(agency), why_not_first=WHY)
    later = make_event(event.version, days=[in_days(50)])

    assert move_to_date(booking=booking, event=later, by=ada, now=timezone.now()).is_live


def test_page_shows_what_to_do_first_with_a_link(event: Event, ada: Person, client_of: ClientOf) -> None:
    client = client_of(make_user(ada))

    page = client.get(reverse("bookings:booking-new", args=[event.reference])).content.decode()

    assert "You must have done “Basics” before this course" in page
    assert 'href="/courses/BASE/"' in page
    assert "Book my place" not in page


def test_coordinator_books_in_with_a_reason_only(event: Event, ada: Person, client_of: ClientOf) -> None:
    client = client_of(any_coordinator())
    url = reverse("bookings:event-book-person", args=[event.reference, ada.reference])
    work = employment_of(ada)
    assert work is not None
    typed = {"work": work.agency.reference, "submission": str(uuid.uuid4())}

    without = client.post(url, {**typed, "why_not_first": "  "})
    for _ in range(2):
        client.post(url, {**typed, "why_not_first": WHY})

    assert without.context["form"].errors == {"why_not_first": ["Enter why it need not be done first"]}
    assert Booking.objects.get().steps.get().reason.endswith(WHY)


def lead_page(client: Client, event: Event, agency: Agency, **fields: str) -> str:
    typed = {"organisation": agency.reference, "names": "Ada Okafor", "submission": str(uuid.uuid4()), **fields}
    url = reverse("bookings:book-people-on", args=[event.reference])
    return client.post(url, typed).content.decode()


def test_lead_is_asked_why_for_each(event: Event, agency: Agency, ada: Person, client_of: ClientOf) -> None:
    client = client_of(make_lead(agency))

    checked = lead_page(client, event, agency, do="check")
    left_out = lead_page(client, event, agency, do="book")
    assert ("Why Ada Okafor need not do it first" in checked, "Not booked: Ada Okafor must" in left_out) == (True, True)
    assert Booking.objects.count() == 0

    booked = lead_page(client, event, agency, do="book", **{"first-1": WHY})

    assert "Has a place." in booked
    assert Booking.objects.get().steps.get().reason.endswith(WHY)
