"""Calendar addresses: a date's for everybody, a person's own and secret."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.calendars.feeds import end_feed, feed_file, find_feed, join_feeds, make_feed
from bookings.models import CalendarFeed
from tests.bookings.calendar_reading import read
from tests.factories import make_person, make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event, morning
from training.catalogue.actions.standing import close_event
from training.people.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

LINK = "https://meet.example/room"


def test_the_file_of_a_date_has_an_entry_a_session_and_nobody_in_it() -> None:
    event = make_event(make_course("Neglect, part 1"), days=[in_days(30), in_days(31)])
    booking = make_booking(event)

    response = Client().get(f"/events/{event.reference}.ics")

    calendar = read(response.content)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; method=PUBLISH; charset=utf-8")
    assert calendar.method == "PUBLISH"
    assert [one.starts_at for one in calendar.events] == [one.starts_at for one in event.sessions.all()]
    assert [one.summary for one in calendar.events] == ["Neglect, part 1", "Neglect, part 1, day 2"]
    assert [one.attendees for one in calendar.events] == [(), ()]
    assert booking.person.name not in response.content.decode()


def test_the_file_of_a_date_never_holds_its_link() -> None:
    event = make_event(mode="virtual", days=[morning(in_days(1), joining_link=LINK)])
    make_booking(event)

    assert b"meet.example" not in Client().get(f"/events/{event.reference}.ics").content


def test_the_file_of_a_cancelled_date_says_so() -> None:
    event = make_event()
    close_event(event, reason="Trainer ill", by=any_coordinator().person, now=timezone.now())

    assert read(Client().get(f"/events/{event.reference}.ics").content).only.status == "CANCELLED"


@pytest.mark.parametrize("reference", ["NONE", "..", "1' OR 1=1", "x" * 400])
def test_no_file_of_what_is_no_date(reference: str) -> None:
    assert Client().get(f"/events/{reference}.ics").status_code == 404


def test_no_file_of_a_draft_or_of_e_learning() -> None:
    draft, standing = make_event(is_published=False), make_event(mode="e_learning")

    found = [Client().get(f"/events/{event.reference}.ics").status_code for event in (draft, standing)]

    assert found == [404, 404]


def test_ones_own_calendar_holds_ones_bookings_and_nobody_else() -> None:
    person, event = make_employee("Ada Obi"), make_event(days=[in_days(30), in_days(31)])
    booking, other = make_booking(event, person), make_booking(event)
    left = make_booking(make_event(days=[in_days(45)]), person)
    leave(booking=left, by=person, now=timezone.now())
    token = make_feed(person=person, now=timezone.now())

    response = Client().get(reverse("bookings:calendar-feed", args=[token]))

    calendar = read(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    uids = [str(entry.uid) for entry in booking.calendar_entries.order_by("starts_at")]
    assert [one.uid for one in calendar.events] == uids
    assert [one.attendees for one in calendar.events] == [(), ()]
    assert other.person.name not in response.content.decode()
    assert "Ada Obi" not in response.content.decode()


def test_an_unchanged_calendar_is_not_sent_again() -> None:
    person = make_employee()
    make_booking(make_event(), person)
    address = reverse("bookings:calendar-feed", args=[make_feed(person=person, now=timezone.now())])
    first = Client().get(address)

    same = Client().get(address, headers={"If-None-Match": first["ETag"]})
    make_booking(make_event(days=[in_days(60)]), person)
    other = Client().get(address, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert (other.status_code, len(read(other.content).events)) == (200, 2)
    assert "no-cache" in first["Cache-Control"]


def test_the_link_is_in_ones_own_calendar_only_near_the_start() -> None:
    person = make_employee()
    event = make_event(mode="virtual", days=[morning(in_days(10), joining_link=LINK)])
    make_booking(event, person)
    feed = find_feed(make_feed(person=person, now=timezone.now()))
    assert feed is not None
    assert event.starts_at is not None

    near, far = event.starts_at - datetime.timedelta(hours=47), event.starts_at - datetime.timedelta(hours=49)
    shown = [LINK in read(feed_file(feed, now)).only.description for now in (far, near)]

    assert shown == [False, True]


def test_a_new_address_ends_the_old_one_and_an_ended_one_is_gone() -> None:
    person = make_person()
    old, new = (make_feed(person=person, now=timezone.now()) for _ in range(2))
    statuses = [Client().get(reverse("bookings:calendar-feed", args=[token])).status_code for token in (old, new)]

    end_feed(person=person)

    statuses.append(Client().get(reverse("bookings:calendar-feed", args=[new])).status_code)
    assert statuses == [404, 200, 404]


@pytest.mark.parametrize("token", ["x", "a" * 43, "é" * 30, "a" * 3000])
def test_a_wrong_address_is_no_page(token: str) -> None:
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize("address", ["/calendar/%00.ics", "/events/%00.ics", "/coming/%00/"])
def test_a_nul_in_an_address_is_a_bad_request(address: str) -> None:
    assert Client().get(address).status_code == 400


def test_only_the_hash_of_an_address_is_kept() -> None:
    token = make_feed(person=make_person(), now=timezone.now())

    assert token not in str(CalendarFeed.objects.values().get())


def test_ones_own_page_shows_the_address_once_and_a_get_makes_none(partnership: Partnership) -> None:
    user, client = make_user(), Client()
    client.force_login(user)
    page = reverse("bookings:my-calendar")

    client.get(page)
    assert CalendarFeed.objects.count() == 0
    made = client.post(page).content.decode()
    again = client.get(page).content.decode()
    client.post(reverse("bookings:my-calendar-end"))

    assert ("/calendar/" in made, ".ics" in made, ".ics" in again) == (True, True, False)
    assert CalendarFeed.objects.count() == 0


def test_signed_out_there_is_no_page_of_ones_own_calendar() -> None:
    assert Client().get(reverse("bookings:my-calendar")).status_code == 302


def test_joined_records_keep_the_address_that_works() -> None:
    source, target = make_person(), make_person()
    token = make_feed(person=source, now=timezone.now())

    join_feeds(source, target)

    feed = find_feed(token)
    assert feed is not None
    assert feed.person == target


@time_machine.travel("2026-11-23 09:00:00+00:00", tick=False)
def test_a_calendar_costs_the_same_for_one_booking_and_for_three(django_assert_num_queries: object) -> None:
    person = make_employee()
    token = make_feed(person=person, now=timezone.now())
    for number in range(3):
        make_booking(make_event(days=[in_days(30 + number)]), person)
        if number != 1:
            with django_assert_num_queries(5):  # type: ignore[operator]
                Client().get(reverse("bookings:calendar-feed", args=[token]))
