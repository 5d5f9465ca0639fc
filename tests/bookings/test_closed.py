"""A session for one organisation is booked by its people alone, whoever asks and by whichever way."""

import uuid
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.actions.replacing import send_colleague
from bookings.errors import BookingsError
from bookings.lists import open_dates
from bookings.models import Booking
from bookings.other_dates import dates_with_a_place
from bookings.rules.closed import organisations_of
from bookings.rules.eligibility import reasons_not_bookable
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_user
from tests.factories_bookings import employment_of, ensure_policy, make_booking, make_employee
from tests.factories_catalogue import make_course, make_event
from tests.people.making import make_lead
from training.catalogue.actions.closed import close_for
from training.catalogue.actions.standing import publish_event
from training.catalogue.models import Course, Event
from training.people.models import Agency, Employment, Person, Role, User

pytestmark = pytest.mark.usefixtures("coordinator")


@pytest.fixture
def school() -> Agency:
    ensure_policy()
    return make_agency("Orchard Primary School")


@pytest.fixture
def closed(school: Agency, coordinator: User) -> Event:
    return make_closed(make_course(kind="closed"), school, coordinator)


def make_closed(course: Course, agency: Agency, by: User) -> Event:
    draft = make_event(course, is_published=False)
    event = close_for(event=draft, agencies=[agency], revision=draft.revision, by=by)
    return publish_event(event=event, by=by, now=timezone.now())


def stops(event: Event, person: Person, **fields: bool) -> list[str]:
    loaded = Event.objects.select_related("version__course").get(pk=event.pk)
    reasons = reasons_not_bookable(loaded, person, employment_of(person), timezone.now(), **fields)
    return [str(reason) for reason in reasons if reason.blocking]


def test_only_its_own_people_can_be_booked(closed: Event, school: Agency, coordinator: User) -> None:
    own, other = make_employee(agency=school), make_employee("Ada Okafor", agency=make_agency("Wharf Nursery"))

    assert stops(closed, own) == []
    assert stops(closed, other) == [
        "This date is only for people of Orchard Primary School, and you would come from Wharf Nursery."
        " Choose the place of work there, or look for another course."
    ]
    with pytest.raises(BookingsError, match="only for people of Orchard Primary School, and Ada Okafor would"):
        book_place(event=closed, person=other, employment=employment_of(other), by=coordinator, now=timezone.now())
    assert make_booking(closed, own).status == "booked"


def test_a_date_that_is_for_nobody_cannot_be_booked(closed: Event, school: Agency) -> None:
    closed.closed_for.all().delete()

    assert stops(closed, make_employee(agency=school)) == [
        "It does not say for which organisation this date is. Ask the training team."
    ]


def test_its_organisations_are_read_once_for_many_people(
    closed: Event, school: Agency, django_assert_num_queries: Any
) -> None:
    event = Event.objects.select_related("version__course").get(pk=closed.pk)
    everybody = Event.objects.select_related("version__course").get(pk=make_event().pk)

    with django_assert_num_queries(2):
        assert [organisations_of(event) for _ in range(3)] == [[school]] * 3
        assert organisations_of(everybody) is None


def test_booking_many_says_the_same(closed: Event, school: Agency, client_of: ClientOf) -> None:
    other = make_agency("Wharf Nursery")
    lead = make_lead(school)
    grant_directly(lead.person, Role.AGENCY_LEAD, agency=other)
    make_employee("Ada Okafor", agency=other)
    make_employee("Bo Orchard", agency=school)
    url = reverse("bookings:book-people-on", args=[closed.reference])

    for agency, name, kind in ((other, "Ada Okafor", "stopped"), (school, "Bo Orchard", "place")):
        typed = {"organisation": agency.reference, "names": name, "submission": str(uuid.uuid4()), "do": "check"}
        told = client_of(lead).post(url, typed)
        assert [one.kind for one in told.context["outcomes"]] == [kind]
        assert ("only for people of Orchard Primary School" in told.content.decode()) == (kind == "stopped")


def test_a_colleague_of_an_organisation_taken_off_cannot_go(closed: Event, school: Agency, coordinator: User) -> None:
    booking, colleague = make_booking(closed, agency=school), make_employee("Bo Orchard", agency=school)
    revision = Event.objects.get(pk=closed.pk).revision
    close_for(event=closed, agencies=[make_agency("Wharf Nursery")], revision=revision, by=coordinator)

    with pytest.raises(BookingsError, match="only for people of Wharf Nursery, and Bo Orchard would"):
        send_colleague(
            booking=booking, name=colleague.name, email=colleague.email, by=booking.person, now=timezone.now()
        )
    assert Booking.objects.get().status == "booked"


def test_the_booking_page_takes_the_workplace_that_fits(closed: Event, school: Agency, client_of: ClientOf) -> None:
    person = make_employee(agency=school)
    later = Employment.objects.create(
        person=person, agency=make_agency("Wharf Nursery"), period=DateRange(timezone.localdate(), None),
        standing="confirmed",
    )  # fmt: skip
    browser, url = client_of(make_user(person)), reverse("bookings:booking-new", args=[closed.reference])
    assert "only for people of" not in browser.get(url).content.decode()

    refused = browser.post(
        url, {"work": later.agency.reference, "submission": str(uuid.uuid4()), "has_no_manager": "on"}
    )

    assert "only for people of Orchard Primary School" in refused.content.decode()
    assert not Booking.objects.exists()
    stranger = client_of(make_user(make_employee(agency=make_agency())))
    assert stranger.get(url).status_code == 404
    assert stranger.post(url, {}).status_code == 404


def test_a_lead_is_offered_only_what_is_for_their_people(closed: Event, school: Agency, client_of: ClientOf) -> None:
    url = reverse("bookings:book-people-on", args=[closed.reference])
    lead, other = make_lead(school), make_lead()

    assert closed in open_dates(lead, timezone.now(), "")
    assert closed not in open_dates(other, timezone.now(), "")
    assert client_of(lead).get(url).status_code == 200
    assert client_of(other).get(url).status_code == 404


def test_other_dates_are_those_of_the_same_organisation(closed: Event, school: Agency, coordinator: User) -> None:
    booking = make_booking(closed, make_employee(agency=school))
    course = closed.version.course
    make_closed(course, make_agency(), coordinator)
    own = make_closed(course, school, coordinator)

    assert [one.event for one in dates_with_a_place(booking, timezone.now())] == [own]
