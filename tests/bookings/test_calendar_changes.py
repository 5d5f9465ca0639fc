"""Invitations are put right when their date changes, and each person is told of it once."""

import dataclasses
import threading

import pytest
from django.db import connection
from django.utils import timezone

from bookings.calendars.changes import changed_events, reinvite, tell_changes
from bookings.disruption import cancel_event_with_bookings
from bookings.models import CalendarEntry
from tests.bookings.calendar_messages import change, entry_in, later, messages_of
from tests.factories_bookings import fill, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_venue, morning
from training.catalogue.actions.events import plan_of
from training.catalogue.models import Event, Session
from training.outbox.models import Message

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/abc?x=1&y=2"


def test_one_moved_day_is_told_once_and_the_other_day_not_at_all() -> None:
    event = make_event(days=[in_days(30), in_days(31)])
    booking = make_booking(event)
    first, second = (entry_in(message) for message in messages_of(booking))
    changed = change(event, sessions=later(event, 2, 3))

    told = [tell_changes(now=timezone.now()), tell_changes(now=timezone.now())]

    assert told == [1, 0]
    (message,) = messages_of(booking, "changed")
    found = entry_in(message)
    assert (found.uid, found.sequence) == (second.uid, 1)
    assert found.starts_at == changed.sessions.get(position=2).starts_at
    assert CalendarEntry.objects.get(uid=first.uid).sequence == 0
    assert "It was to be" in message.text


def test_another_venue_another_mode_another_title_are_changes() -> None:
    event = make_event()
    booking = make_booking(event)
    plans = [dataclasses.replace(plan, venue=make_venue("Elsewhere")) for plan in plan_of(event).sessions]

    change(event, sessions=plans)
    told = [tell_changes(now=timezone.now())]
    plans = [dataclasses.replace(plan, joining_link=LINK) for plan in plan_of(Event.objects.get(pk=event.pk)).sessions]
    change(Event.objects.get(pk=event.pk), mode="hybrid", sessions=plans)
    told.append(tell_changes(now=timezone.now()))
    event.version.title = "Another title"
    event.version.save(update_fields=["title"])
    told.append(tell_changes(now=timezone.now()))

    assert told == [1, 1, 1]
    found = [entry_in(message) for message in messages_of(booking, "changed")]
    assert [one.sequence for one in found] == [1, 2, 3]
    assert [one.location for one in found] == [
        "Elsewhere, 1 Wharf Street, London",
        *["Elsewhere, 1 Wharf Street, London, or live online"] * 2,
    ]
    assert found[-1].summary == "Another title"
    assert len({one.uid for one in found}) == 1
    assert not any(LINK in one.description for one in found)


def test_what_does_not_concern_the_calendar_is_no_change() -> None:
    event = make_event()
    booking = make_booking(event)

    change(event, notes_for_delegates="Bring a pen", places_offered=20)

    assert tell_changes(now=timezone.now()) == 0
    assert len(messages_of(booking)) == 1


def test_a_day_added_and_a_day_removed() -> None:
    event = make_event(days=[in_days(30), in_days(31)])
    booking = make_booking(event)
    removed = entry_in(messages_of(booking)[1])
    venue = event.sessions.select_related("venue")[0].venue
    first, _ = plan_of(event).sessions

    change(event, sessions=[first, morning(in_days(40), venue=venue)])
    told = [tell_changes(now=timezone.now()), tell_changes(now=timezone.now())]

    assert told == [2, 0]
    (added,), (gone,) = messages_of(booking, "day_added"), messages_of(booking, "day_removed")
    assert entry_in(added).sequence == 0
    ended = entry_in(gone)
    assert (gone.calendar_method, ended.uid, ended.sequence, ended.status) == ("CANCEL", removed.uid, 1, "CANCELLED")
    assert ended.starts_at == removed.starts_at


def test_a_cancelled_date_ends_its_entries_and_nobody_is_told_of_changes_after() -> None:
    event = make_event()
    booking = make_booking(event)

    cancel_event_with_bookings(event=event, reason="Trainer ill", by=any_coordinator(), now=timezone.now())

    (message,) = messages_of(booking, "event_cancelled")
    assert (message.calendar_method, entry_in(message).status) == ("CANCEL", "CANCELLED")
    assert "Trainer ill" in message.text
    Session.objects.filter(event=event).update(position=2)
    assert changed_events(timezone.now()) == []


def test_who_was_never_told_by_us_is_not_told_of_a_change() -> None:
    event = make_event()
    booking = make_booking(event)
    CalendarEntry.objects.all().delete()

    change(event, sessions=later(event, 1, 2))

    assert reinvite(event, timezone.now()) == 0
    assert len(messages_of(booking)) == 1


def test_looking_for_changes_costs_the_same_for_one_booking_and_for_many(
    django_assert_num_queries: object,
) -> None:
    fill(make_event(), leaving=17)
    with django_assert_num_queries(4):  # type: ignore[operator]
        tell_changes(now=timezone.now())
    for _ in range(2):
        fill(make_event(), leaving=15)
    with django_assert_num_queries(4):  # type: ignore[operator]
        tell_changes(now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_of_a_change_once() -> None:
    event = make_event()
    for booking in (make_booking(event), make_booking(event)):
        assert len(messages_of(booking)) == 1
    change(event, sessions=later(event, 1, 2))
    together, told = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        told.append(tell_changes(now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sum(told) == 2
    assert Message.objects.filter(kind="bookings.changed").count() == 2
    assert set(CalendarEntry.objects.values_list("sequence", flat=True)) == {1}
