"""Several at once, each on a connection of its own; and Redis away."""

import datetime
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.actions.leaving import leave
from bookings.actions.offers import answer_offer, end_offers
from bookings.actions.replacing import move_to_date
from bookings.errors import BookingsError
from bookings.models import Booking, Offer, Status
from tests.factories import make_agency, make_partnership, make_user
from tests.factories_bookings import employment_of, ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_version
from tests.outbox.workers import OwnRedis, environment
from training.catalogue.models import Event
from training.outbox.models import Message, State
from training.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
BOOK_ONE = Path(__file__).with_name("book_one.py")


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """What each gave, or the refusal it met; all start together, and each closes its connection."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number: int, call: Callable[[], object]) -> None:
        close_old_connections()
        start.wait()
        try:
            results[number] = call()
        except BookingsError as error:
            results[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(results)


def booking_of(event: Event, person: Person) -> Callable[[], Booking]:
    return lambda: book_place(
        event=event, person=person, employment=employment_of(person), by=person, now=timezone.now()
    )


def last_place(**fields: object) -> Event:
    ensure_policy()
    return make_event(**{"room_limit": 1, "places_offered": 1, "minimum": 0, **fields})  # type: ignore[arg-type]


def statuses(event: Event) -> list[str]:
    return sorted(Booking.objects.filter(event=event).values_list("status", flat=True))


def assert_counted(event: Event) -> None:
    event.refresh_from_db()
    assert event.places_held == Booking.objects.filter(event=event).holding_a_place().count()


def test_two_people_and_one_last_place() -> None:
    event = last_place()

    at_once([booking_of(event, make_employee()) for _ in range(2)])

    assert statuses(event) == ["booked", "waitlisted"]
    assert_counted(event)


def test_fifty_people_and_one_last_place() -> None:
    """Six connections at a time, as the pool of one process has them."""
    event, agency, gate = last_place(), make_agency(), threading.Semaphore(5)
    calls = [booking_of(event, make_employee(agency=agency)) for _ in range(50)]

    def gated(call: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            with gate:
                try:
                    return call()
                finally:
                    connection.close()

        return run

    at_once([gated(call) for call in calls])

    assert statuses(event) == ["booked"] + ["waitlisted"] * 49
    assert_counted(event)
    assert Message.objects.filter(kind="bookings.waitlisted").count() == 49


def test_the_same_form_twice_at_once_is_one_booking() -> None:
    make_partnership()
    event = last_place(room_limit=9, places_offered=9)
    person = make_employee()
    user, work = make_user(person), person.employments.get()
    typed = {
        "work": work.agency.reference,
        "has_no_manager": "on",
        "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11",
    }

    def send() -> int:
        client = Client()
        client.force_login(user)
        return client.post(reverse("bookings:booking-new", args=[event.reference]), typed).status_code

    assert at_once([send, send]) == [302, 302]
    assert Booking.objects.count() == 1
    assert Message.objects.filter(kind="bookings.booked").count() == 1


def test_one_person_on_two_dates_at_once_gets_one() -> None:
    ensure_policy()
    person, day = make_employee(), in_days(30)
    events = [make_event(days=[day]), make_event(days=[day])]

    results = at_once([booking_of(event, person) for event in events])

    assert sorted(type(result).__name__ for result in results) == ["Booking", "BookingsError"]


def test_leaving_while_somebody_books_leaves_no_place_idle() -> None:
    event = last_place()
    first = fill(event)[0]

    at_once(
        [
            lambda: leave(booking=first, by=first.person, now=timezone.now()),
            booking_of(event, make_employee()),
            booking_of(event, make_employee()),
        ]
    )

    assert statuses(event) == ["booked", "cancelled_in_time", "waitlisted"]
    assert_counted(event)


def test_an_offer_accepted_twice_and_run_out_at_once_has_one_end() -> None:
    event = last_place(days=[in_days(4)])
    first, waiting = fill(event)[0], make_booking(event)
    leave(booking=first, by=first.person, now=timezone.now())
    until = Offer.objects.get().expires_at
    before = until - datetime.timedelta(seconds=1)

    at_once(
        [
            lambda: answer_offer(booking=waiting, accept=True, by=waiting.person, now=before),
            lambda: answer_offer(booking=waiting, accept=True, by=waiting.person, now=before),
            lambda: end_offers(now=until),
            lambda: end_offers(now=until),
        ]
    )

    waiting.refresh_from_db()
    steps = list(waiting.steps.values_list("became", flat=True))
    assert steps in (["waitlisted", "offered", "booked"], ["waitlisted", "offered", "lapsed"])
    assert waiting.status == steps[-1]
    assert_counted(event)


def test_two_who_swap_dates_do_not_wait_for_each_other_for_ever() -> None:
    ensure_policy()
    version = make_version()
    one, other = make_event(version), make_event(version, days=[in_days(60)])
    pair = [make_booking(one), make_booking(other)]

    at_once(
        [
            lambda: move_to_date(booking=pair[0], event=other, by=pair[0].person, now=timezone.now()),
            lambda: move_to_date(booking=pair[1], event=one, by=pair[1].person, now=timezone.now()),
        ]
    )

    assert [statuses(event) for event in (one, other)] == [["booked", "transferred"]] * 2
    assert_counted(one)
    assert_counted(other)


def test_with_redis_stopped_the_booking_stands_and_nobody_is_signed_out(tmp_path: Path) -> None:
    """In a process of its own, on a Redis that was there and is gone."""
    make_partnership()
    event, person = last_place(), make_employee()
    client, work = Client(), person.employments.get()
    client.force_login(make_user(person))
    own = OwnRedis(tmp_path)
    own.start()
    own.stop()
    address = reverse("bookings:booking-new", args=[event.reference])
    command = [sys.executable, str(BOOK_ONE), client.cookies["sessionid"].value, address, work.agency.reference]
    told = {**environment(own.url), "PYTHONPATH": str(BOOK_ONE.parents[2])}

    page = subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=False)

    assert page.returncode == 0, page.stderr
    booked, location, mine, seconds = json.loads(page.stdout.strip().splitlines()[-1])
    booking = Booking.objects.get()
    assert (booked, location, mine) == (302, reverse("bookings:booking", args=[booking.reference]), 200)
    assert seconds < 3
    assert booking.status == Status.BOOKED
    assert Message.objects.get(kind="bookings.booked").state == State.PENDING
