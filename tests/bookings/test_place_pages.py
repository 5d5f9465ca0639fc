"""The pages that say how places are given, and why somebody got one before somebody else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.models import CourseRules, DateCap
from bookings.places.explaining import example_for
from tests.bookings.place_rules import book_from, from_sector, ruled_event, statuses
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_employee
from tests.factories_catalogue import in_days
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.people.models import User

pytestmark = pytest.mark.django_db

RULES = {
    "next_rule": "mix",
    "cap": "3",
    "cap_working_days": "10",
    "revision": "2",
}


def page(name: str, *args: str) -> str:
    return reverse(f"bookings:{name}", args=args)


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


@pytest.fixture
def event(partnership: object) -> Event:
    """Two places taken from health; one from health and one from the police wait."""
    health, police = from_sector("health"), from_sector("police")
    found = ruled_event(2, cap=None, cap_working_days=20)
    book_from(found, health, health, health, police)
    return found


def test_the_page_of_the_rules_shows_what_each_would_do_now(event: Event, desk: Client) -> None:
    example = example_for(event.version.course, timezone.now())

    text = desk.get(page("course-rules", event.version.course.code)).content.decode()

    assert example is not None
    assert [one.row.belongs.sector for one in example.by_rule] == ["health", "police"]
    assert (example.is_own, example.is_alike, example.waiting) == (True, False, 2)
    assert "For a mixed room: nobody from the police sector has a place." in text
    assert all(one.row.booking.person.name in text for one in example.by_rule)


def test_a_course_without_a_list_shows_another_ones(event: Event, desk: Client) -> None:
    other = ruled_event(next_rule="mix")

    assert "so this is another" in desk.get(page("course-rules", other.version.course.code)).content.decode()


def test_the_rules_are_saved_once_and_hold(event: Event, desk: Client) -> None:
    url = page("course-rules", event.version.course.code)

    answers = [desk.post(url, RULES).status_code for _ in range(2)]

    row = CourseRules.objects.get()
    assert answers == [302, 200]  # the second was made from a page that is out of date by then
    assert (row.next_rule, row.cap, row.cap_working_days, row.revision) == ("mix", 3, 10, 3)


def test_a_limit_is_set_changed_and_given_up(event: Event, desk: Client) -> None:
    day, url = in_days(20), page("event-cap", event.reference)
    until = {"until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year)}

    assert desk.post(url, {"most": "1", **until}).status_code == 302
    assert DateCap.objects.get().places == 1
    assert "At most 1 person of one organisation" in desk.get(page("event-places", event.reference)).content.decode()
    assert desk.post(url, {"do": "course"}).status_code == 302
    assert not DateCap.objects.exists()


@pytest.mark.parametrize("wrong", [{"most": "0"}, {"most": "x"}, {"most": "2"}, {"most": "2", "until_day": "99"}])
def test_a_limit_that_makes_no_sense_is_refused_and_kept(event: Event, desk: Client, wrong: dict[str, str]) -> None:
    answer = desk.post(page("event-cap", event.reference), wrong)

    assert (answer.status_code, DateCap.objects.count()) == (200, 0)
    assert f'value="{wrong["most"]}"' in answer.content.decode()


def test_why_somebody_got_it_before_somebody_else_can_be_read(event: Event, desk: Client, client_of: ClientOf) -> None:
    first, _, waits, fits = event.bookings.order_by("pk")
    desk.post(page("course-rules", event.version.course.code), RULES)
    leave(booking=first, by=first.person, now=timezone.now())
    url = page("event-history", event.reference)

    everything = desk.get(url).content.decode()
    about = desk.get(url, {"booking": waits.reference}).content.decode()

    assert statuses(waits, fits) == ["waitlisted", "booked"]
    assert fits.person.name in everything
    assert "passed over: For a mixed room" in everything
    assert "Only where" in about
    own = client_of(make_user(waits.person)).get(page("booking", waits.reference)).content.decode()
    assert "somebody else got a place. 1st on the list, passed over: For a mixed room" in own
    assert fits.person.name not in own


@pytest.mark.parametrize("booking", ["", "NOBODY", "<script>"])
def test_a_history_of_nothing(event: Event, desk: Client, booking: str) -> None:
    answer = desk.get(page("event-history", event.reference), {"booking": booking})

    assert answer.status_code == 200
    assert "Nothing yet" in answer.content.decode()


def test_others_are_refused(event: Event, client_of: ClientOf) -> None:
    urls = [page("course-rules", event.version.course.code), page("event-history", event.reference)]

    for user in (make_user(make_employee()), make_lead(make_agency())):
        assert [client_of(user).get(url).status_code for url in urls] == [403, 403]
        assert client_of(user).post(page("event-cap", event.reference), {"most": "1"}).status_code == 403
