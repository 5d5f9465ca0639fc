"""A mover's record is theirs: the old organisation's lead sees it up to the leaving date, and changes nothing more."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.errors import BookingsError
from bookings.models import Booking, Status
from tests.conftest import ClientOf
from tests.factories import make_agency
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import in_days, make_event
from tests.people.making import make_lead
from training.people.models import Agency, Employment, Person, User
from training.web.when import in_london

pytestmark = pytest.mark.django_db


def end(person: Person, agency: Agency, last_day: datetime.date) -> None:
    """Their last day there."""
    employment = Employment.objects.get(person=person, agency=agency)
    employment.period = DateRange(employment.period.lower, last_day + datetime.timedelta(days=1))
    employment.save(update_fields=["period"])


@pytest.fixture
def agency(partnership: object) -> Agency:
    return make_agency()


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency)


def seen(lead: User) -> list[Booking]:
    return list(Booking.objects.visible_to(lead).order_by("pk"))


def test_of_a_leaver_what_took_place_before_they_left(agency: Agency, lead: User) -> None:
    person = make_employee(agency=agency)
    before = make_booking(make_event(days=[in_days(-20)]), person)
    last_day = make_booking(make_event(days=[in_days(-10)]), person)
    make_booking(make_event(days=[in_days(-9)]), person)
    make_booking(make_event(days=[in_days(30)]), person)

    end(person, agency, in_days(-10))

    assert seen(lead) == [before, last_day]


def test_in_ones_own_time_what_was_booked_before_they_left(agency: Agency, lead: User) -> None:
    person, days = make_employee(agency=agency), datetime.timedelta(days=1)
    make_booking(make_event(mode="e_learning"), person)
    early = make_booking(make_event(mode="e_learning"), person, now=timezone.now() - 20 * days)

    end(person, agency, in_days(-10))

    assert seen(lead) == [early]


def test_the_day_is_londons(agency: Agency, lead: User) -> None:
    """Half past midnight in summer is the evening before by UTC."""
    person = make_employee(agency=agency)
    booking = make_booking(make_event(), person)
    night = in_london(datetime.date(2026, 7, 2), datetime.time(0, 30))
    booking.event.sessions.update(starts_at=night, ends_at=night + datetime.timedelta(hours=1))

    end(person, agency, datetime.date(2026, 7, 1))
    assert seen(lead) == []
    end(person, agency, datetime.date(2026, 7, 2))

    assert seen(lead) == [booking]


def test_whoever_has_not_left_yet_is_seen_whole_so_that_they_can_be_swapped(agency: Agency, lead: User) -> None:
    person = make_employee(agency=agency)
    booking = make_booking(make_event(days=[in_days(30)]), person)

    end(person, agency, in_days(3))

    assert seen(lead) == [booking]


def test_a_former_lead_page_is_not_found_and_nothing_is_changed(
    agency: Agency, lead: User, client_of: ClientOf
) -> None:
    person = make_employee(agency=agency)
    booking = make_booking(make_event(days=[in_days(30)]), person)
    url = reverse("bookings:booking", args=[booking.reference])
    assert client_of(lead).get(url).status_code == 200

    end(person, agency, in_days(-1))

    assert client_of(lead).get(url).status_code == 404
    assert client_of(lead).post(reverse("bookings:booking-cancel", args=[booking.reference])).status_code == 404
    with pytest.raises(BookingsError):
        leave(booking=booking, by=lead, now=timezone.now())
    assert Booking.objects.get().status == Status.BOOKED


def test_the_new_organisation_sees_what_is_booked_as_theirs_only(agency: Agency, lead: User) -> None:
    person, other = make_employee(agency=agency), make_agency()
    old = make_booking(make_event(days=[in_days(-20)]), person)
    end(person, agency, in_days(-10))
    work = Employment.objects.create(
        person=person, agency=other, period=DateRange(in_days(-9), None), standing="confirmed"
    )

    new = make_booking(make_event(), person, employment=work)

    assert (seen(lead), seen(make_lead(other))) == ([old], [new])
