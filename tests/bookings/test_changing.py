"""A changed date and the messages about it are one transaction: both or neither, and nothing twice."""

import dataclasses
import datetime
import threading

import pytest
from django.db import DataError, connection
from django.utils import timezone

from bookings.calendars.changes import tell_changes
from bookings.changing import change_date, change_venue, telling_of_date
from bookings.models import Booking, CalendarEntry, Status
from tests.factories import make_user
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_venue
from training.catalogue.actions.events import plan_of
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Event, Venue
from training.catalogue.plans import EventPlan
from training.outbox.models import Message

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
KINDS = ("bookings.changed", "bookings.day_added", "bookings.day_removed")


def later(event: Event, by: datetime.timedelta = HOUR) -> EventPlan:
    plan = plan_of(event)
    days = [dataclasses.replace(day, starts_at=day.starts_at + by, ends_at=day.ends_at + by) for day in plan.sessions]
    return dataclasses.replace(plan, sessions=days)


def change(event: Event, plan: EventPlan) -> int:
    """How many people were told."""
    fresh = Event.objects.get(pk=event.pk)
    _, told = change_date(event=fresh, plan=plan, revision=fresh.revision, by=any_coordinator(), now=timezone.now())
    return told


def messages() -> list[Message]:
    return list(Message.objects.filter(kind__in=KINDS).order_by("pk"))


def test_change_date_tells_whoever_is_booked_and_the_clock_finds_nothing_more() -> None:
    event = make_event(days=[in_days(20), in_days(21)])
    make_booking(event)
    make_booking(event)

    told = change(event, later(event))

    assert (told, len(messages())) == (2, 4)
    assert tell_changes(now=timezone.now()) == 0
    assert set(CalendarEntry.objects.values_list("sequence", flat=True)) == {1}


def test_change_date_counts_beforehand_whom_it_tells() -> None:
    event = make_event(days=[in_days(20), in_days(21)])
    booked = make_booking(event)
    first, second = plan_of(event).sessions
    plans = {
        "same": plan_of(event),
        "note": dataclasses.replace(plan_of(event), notes_for_trainers="Ring first"),
        "moved": later(event),
        "fewer": dataclasses.replace(plan_of(event), sessions=[first]),
        "more": dataclasses.replace(
            plan_of(event),
            sessions=[first, second, dataclasses.replace(second, starts_at=second.starts_at + 48 * HOUR,
                                                         ends_at=second.ends_at + 48 * HOUR, was=None)],
        ),
        "elsewhere": dataclasses.replace(plan_of(event), sessions=[
            first, dataclasses.replace(second, venue=make_venue("The Barge"))]),
    }  # fmt: skip
    loaded = Event.objects.with_details().get(pk=event.pk)

    foreseen = {name: telling_of_date(loaded, plan, timezone.now()) for name, plan in plans.items()}

    assert {name: telling.people for name, telling in foreseen.items()} == {
        "same": 0, "note": 0, "moved": 1, "fewer": 1, "more": 1, "elsewhere": 1,
    }  # fmt: skip
    assert "taken away" in foreseen["fewer"].changes[0]
    assert foreseen["more"].changes[0].startswith("Day 3 is new: ")
    assert foreseen["elsewhere"].changes[0].endswith("The Barge, 1 Wharf Street, London.")
    assert messages() == []
    assert booked.calendar_entries.filter(sequence=0).count() == 2


def test_change_date_whose_message_cannot_be_written_changes_nothing(settings: object) -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)
    starts_at, plan = event.starts_at, later(event)
    settings.DEFAULT_FROM_EMAIL = f"{'x' * 500}@bankside.example"  # type: ignore[attr-defined]

    with pytest.raises(DataError):
        change(event, plan)

    event.refresh_from_db()
    assert (event.starts_at, event.revision) == (starts_at, 1)
    assert CalendarEntry.objects.get().sequence == 0
    assert messages() == []


def test_change_date_refused_tells_nobody() -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event)
    few = dataclasses.replace(later(event), places_offered=0, room_limit=0)

    with pytest.raises(CatalogueError):
        change(event, few)
    with pytest.raises(StaleError):
        change_date(event=event, plan=later(event), revision=7, by=any_coordinator(), now=timezone.now())
    with pytest.raises(CatalogueError):
        change_date(event=event, plan=later(event), revision=1, by=make_user(), now=timezone.now())

    assert messages() == []


def test_change_date_gives_new_places_to_whoever_waits_and_tells_them_of_the_new_time_only() -> None:
    event = make_event(days=[in_days(20)], room_limit=3, places_offered=1, minimum=0)
    fill(event)
    waiting = make_booking(event)

    told = change(event, dataclasses.replace(later(event), places_offered=2))

    waiting.refresh_from_db()
    assert (waiting.status, told) == (Status.BOOKED, 1)
    (booked,) = Message.objects.filter(kind="bookings.booked", person_reference=waiting.person.reference)
    assert waiting.calendar_entries.get().sequence == 0
    assert booked.calendar_method == "REQUEST"


def test_change_venue_tells_of_dates_to_come_only() -> None:
    venue = make_venue("The Warf")
    over, coming = make_event(days=[in_days(-3)], venue=venue), make_event(venue=venue)
    make_booking(over)
    make_booking(coming)
    venue.name = "The Wharf"

    saved, told = change_venue(venue=venue, revision=venue.revision, by=any_coordinator(), now=timezone.now())

    assert (str(saved), told, len(messages())) == ("The Wharf", 1, 1)
    assert tell_changes(now=timezone.now()) == 0
    with pytest.raises(CatalogueError):
        change_venue(venue=Venue.objects.get(), revision=2, by=make_user(), now=timezone.now())


def test_change_date_of_many_takes_the_queries_of_few_to_look() -> None:
    from django.test.utils import CaptureQueriesContext

    event = make_event(days=[in_days(20)])
    counts = []
    for _ in range(2):
        make_booking(event)
        loaded = Event.objects.with_details().get(pk=event.pk)
        with CaptureQueriesContext(connection) as queries:
            telling_of_date(loaded, later(loaded), timezone.now())
        counts.append(len(queries))

    assert counts == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_change_a_date_once() -> None:
    event = make_event(days=[in_days(20)])
    booking = make_booking(event, make_employee())
    by, plans = any_coordinator(), [later(event), later(event, 2 * HOUR)]
    together, results = threading.Barrier(2), []

    def work(plan: EventPlan) -> None:
        together.wait()
        try:
            results.append(change_date(event=event, plan=plan, revision=1, by=by, now=timezone.now())[1])
        except StaleError:
            results.append("stale")
        connection.close()

    threads = [threading.Thread(target=work, args=(plan,)) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(map(str, results)) == ["1", "stale"]
    assert len(messages()) == 1
    assert Booking.objects.get(pk=booking.pk).calendar_entries.get().sequence == 1
