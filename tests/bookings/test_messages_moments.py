"""What goes out by the clock, each once: are you still coming, how to join, the link."""

import datetime
import threading
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection

from bookings import moments
from bookings.actions.leaving import leave
from bookings.models import Booking, PersonalLink, Status
from bookings.rules.policy import free_until
from tests.bookings.calendar_reading import read
from tests.factories_bookings import fill, make_booking, make_policy
from tests.factories_catalogue import make_event, morning
from training.catalogue.models import Event
from training.outbox.models import Message
from training.web.when import in_london

pytestmark = pytest.mark.django_db

# Tuesday 12 January 2027: five working days before are up on Tuesday the 5th at 17:00, two before that is Thursday
# 31 December (Friday is a bank holiday). Everything is made on 1 December.
DAY = datetime.date(2027, 1, 12)
MADE = datetime.datetime(2026, 12, 1, 10, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
LINK = "https://meet.example/room?pwd=1"
ASKED_FROM = in_london(datetime.date(2026, 12, 31), datetime.time(9))
FREE_UNTIL = in_london(datetime.date(2027, 1, 5), datetime.time(17))
JOINING_FROM = in_london(datetime.date(2027, 1, 5), datetime.time(9))
STARTS = in_london(DAY, datetime.time(9, 30))

Moment = Callable[..., int]


@pytest.fixture(autouse=True)
def december() -> object:
    with time_machine.travel(MADE, tick=False):
        yield


def event_then(**fields: object) -> Event:
    return make_event(now=MADE, **{"days": [DAY], **fields})  # type: ignore[arg-type]


def booked(event: Event | None = None, *, now: datetime.datetime = MADE) -> Booking:
    return make_booking(event or event_then(), now=now)


def count(kind: str) -> int:
    return Message.objects.filter(kind=f"bookings.{kind}").count()


def test_the_windows_go_by_working_days_and_bank_holidays() -> None:
    rules = make_policy()

    asking, joining = moments.asking_window(rules, STARTS), moments.joining_window(rules, STARTS)

    assert asking == moments.Window(ASKED_FROM, FREE_UNTIL)
    assert joining == moments.Window(JOINING_FROM, STARTS)
    assert free_until(rules, STARTS) == FREE_UNTIL


@pytest.mark.parametrize(
    ("task", "kind", "opens_at", "closes_at"),
    [
        (moments.ask_still_coming, "still_coming", ASKED_FROM, FREE_UNTIL),
        (moments.send_joining_instructions, "joining", JOINING_FROM, STARTS),
    ],
)
def test_once_between_its_two_moments(
    task: Moment, kind: str, opens_at: datetime.datetime, closes_at: datetime.datetime
) -> None:
    booked()
    second = datetime.timedelta(seconds=1)

    told = [task(now=moment) for moment in (opens_at - second, opens_at, opens_at, closes_at - second, closes_at)]

    assert told == [0, 1, 0, 0, 0]
    assert count(kind) == 1


@pytest.mark.parametrize("task", [moments.ask_still_coming, moments.send_joining_instructions])
def test_nothing_once_it_is_too_late(task: Moment) -> None:
    booked()

    assert task(now=STARTS) == 0


def test_the_question_names_the_moment_and_holds_a_link_of_its_own() -> None:
    booking = booked()

    moments.ask_still_coming(now=ASKED_FROM)

    (told,), link = Message.objects.filter(kind="bookings.still_coming"), PersonalLink.objects.get(booking=booking)
    assert "Cancelling is free until Tuesday 5 January 2027 at 17:00." in told.text
    assert "/coming/" in told.text
    assert link.token_hash not in told.text
    assert (told.has_secret, told.expires_at, link.expires_at) == (True, FREE_UNTIL, STARTS)


def test_who_booked_after_the_asking_began_is_not_asked_and_is_told_how_to_join_at_once() -> None:
    event = event_then()
    late = JOINING_FROM + 2 * HOUR
    booked(event, now=late)

    told = [moments.ask_still_coming(now=late + HOUR), moments.send_joining_instructions(now=late + HOUR)]

    assert told == [0, 1]


def test_who_waited_long_and_got_the_place_late_is_not_asked() -> None:
    event = event_then(room_limit=1, places_offered=1, minimum=0)
    (first,) = fill(event, now=MADE)
    waiting = booked(event)
    leave(booking=first, by=first.person, now=ASKED_FROM + HOUR)
    waiting.refresh_from_db()
    assert waiting.status == Status.BOOKED

    assert moments.ask_still_coming(now=ASKED_FROM + 2 * HOUR) == 0


def test_who_left_or_waits_hears_nothing() -> None:
    event = event_then(room_limit=1, places_offered=1, minimum=0)
    (first,) = fill(event, now=MADE)
    leave(booking=first, by=first.person, now=MADE)
    Message.objects.all().delete()

    told = [moments.ask_still_coming(now=ASKED_FROM), moments.send_joining_instructions(now=JOINING_FROM)]

    assert told == [0, 0]


def test_each_by_the_rules_it_was_booked_under() -> None:
    event = event_then()
    make_policy(notice_kind="calendar_days", notice_amount=2, asks_working_days_before=1)
    booking = booked(event)
    make_policy()
    booked(event)

    first = moments.ask_still_coming(now=ASKED_FROM)
    own = in_london(datetime.date(2027, 1, 8), datetime.time(9))  # free until Sunday the 10th
    second = moments.ask_still_coming(now=own)

    assert (first, second) == (1, 1)
    assert PersonalLink.objects.filter(booking=booking, made_at=own).count() == 1


def test_how_to_join_a_room_tells_access_and_what_to_bring() -> None:
    event = event_then()
    session = event.sessions.select_related("venue").get()
    assert session.venue is not None
    session.venue.access, session.venue.travel, session.venue.door_code = "Step-free", "Bus 12", "C1234"
    session.venue.save()
    event.version.what_to_bring = "A laptop"
    event.version.save()
    booked(event)

    moments.send_joining_instructions(now=JOINING_FROM)

    text = Message.objects.get(kind="bookings.joining").text
    assert all(words in text for words in ("Step-free", "Bus 12", "A laptop", session.venue.address))
    assert "C1234" not in text


def test_how_to_join_online_says_when_the_link_comes_and_does_not_hold_it() -> None:
    event = event_then(mode="virtual", days=[morning(DAY, joining_link=LINK)])
    booked(event)

    moments.send_joining_instructions(now=JOINING_FROM)

    text = Message.objects.get(kind="bookings.joining").text
    assert "The link is sent to you on Sun 10 Jan 2027 at 9:30" in text
    assert "meet.example" not in text


def test_the_link_goes_out_48_hours_before_once_and_into_the_calendar() -> None:
    event = event_then(mode="virtual", days=[morning(DAY, joining_link=LINK)])
    booking = booked(event)
    appears = STARTS - 48 * HOUR

    told = [moments.send_joining_links(now=moment) for moment in (appears - HOUR, appears, appears + HOUR)]

    message = Message.objects.get(kind="bookings.joining_link")
    found = read(message.calendar).only
    assert told == [0, 1, 0]
    assert LINK in message.text
    assert f"{LINK}" in found.description
    assert (found.sequence, found.uid) == (1, str(booking.calendar_entries.get().uid))


def test_a_link_that_comes_late_goes_out_when_it_is_there() -> None:
    event = event_then(mode="virtual", days=[morning(DAY, joining_link=LINK)])
    event.sessions.update(joining_link="")
    booked(event)
    near = STARTS - 3 * HOUR
    told = [moments.send_joining_links(now=near)]

    event.sessions.update(joining_link=LINK)
    told.append(moments.send_joining_links(now=near))

    assert told == [0, 1]


def test_who_books_within_48_hours_has_the_link_in_the_first_invitation() -> None:
    event = event_then(mode="virtual", days=[morning(DAY, joining_link=LINK)])
    near = STARTS - 3 * HOUR

    booked(event, now=near)

    assert LINK in read(Message.objects.get(kind="bookings.booked").calendar).only.description
    assert moments.send_joining_links(now=near) == 1
    assert Message.objects.get(kind="bookings.joining_link").calendar == ""


@pytest.mark.parametrize(
    ("task", "now"),
    [
        (moments.ask_still_coming, ASKED_FROM),
        (moments.send_joining_instructions, JOINING_FROM),
        (moments.send_joining_links, STARTS - HOUR),
    ],
)
def test_looking_costs_the_same_for_few_and_for_many(
    task: Moment, now: datetime.datetime, django_assert_max_num_queries: object
) -> None:
    for _ in range(2):
        event = event_then(mode="hybrid")
        event.sessions.update(joining_link=LINK)
        for _ in range(2):
            booked(event)
    assert task(now=now) == 4

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert task(now=now) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_everybody_once() -> None:
    event = event_then()
    for _ in range(3):
        booked(event)
    together, told = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        told.append(moments.ask_still_coming(now=ASKED_FROM))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sum(told) == 3
    assert (count("still_coming"), PersonalLink.objects.count()) == (3, 3)
