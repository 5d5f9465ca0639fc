"""Invitations: made with a booking, put right when its date changes, taken back when it ends. Never twice."""

import dataclasses
import datetime
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.db import connection
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.calendars.changes import changed_events, reinvite, tell_changes
from bookings.calendars.inviting import invite, uninvite
from bookings.disruption import cancel_event_with_bookings
from bookings.models import Booking, CalendarEntry, Status
from tests.bookings.calendar_reading import Read, read
from tests.factories_bookings import fill, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event, make_venue, morning
from training.catalogue.actions.events import change_event, plan_of
from training.catalogue.models import Event, Session
from training.outbox.mime import as_email
from training.outbox.models import Message

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/abc?x=1&y=2"


def messages_of(booking: Booking, *kinds: str) -> list[Message]:
    rows = Message.objects.filter(person_reference=booking.person.reference).order_by("pk")
    return list(rows.filter(kind__in=[f"bookings.{kind}" for kind in kinds]) if kinds else rows)


def entry_in(message: Message) -> Read:
    """The one event of a message's calendar, whose METHOD is the message's."""
    calendar = read(message.calendar)
    assert calendar.method == message.calendar_method
    return calendar.only


def change(event: Event, **fields: object) -> Event:
    plan = dataclasses.replace(plan_of(event), **fields)  # type: ignore[arg-type]
    fresh = Event.objects.get(pk=event.pk)
    return change_event(event=fresh, plan=plan, revision=fresh.revision, by=any_coordinator(), now=timezone.now())


def later(event: Event, position: int, hours: int) -> list[object]:
    """The plans of its days with one of them some hours later."""
    plans, by = list(plan_of(event).sessions), datetime.timedelta(hours=hours)
    plan = plans[position - 1]
    plans[position - 1] = dataclasses.replace(plan, starts_at=plan.starts_at + by, ends_at=plan.ends_at + by)
    return list(plans)


def test_booking_sends_an_invitation() -> None:
    event = make_event(make_course("Domestic abuse, basics; part 1"), venue=make_venue("The Wharf"))

    booking = make_booking(event)

    (message,) = messages_of(booking)
    found, session = entry_in(message), event.sessions.get()
    assert (message.kind, message.calendar_method) == ("bookings.booked", "REQUEST")
    assert (found.starts_at, found.ends_at) == (session.starts_at, session.ends_at)
    assert (found.summary, found.sequence, found.status) == ("Domestic abuse, basics; part 1", 0, "CONFIRMED")
    assert found.location == "The Wharf, 1 Wharf Street, London"
    assert found.attendees == ((f"mailto:{booking.person.email}", booking.person.name),)
    assert f"/my/bookings/{booking.reference}/" in found.description
    assert found.uid == str(CalendarEntry.objects.get(booking=booking).uid)


def test_the_mail_holds_one_calendar_part_whose_type_names_its_method(settings: object) -> None:
    booking = make_booking()

    mail = parsed(messages_of(booking)[0])

    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part["Content-Type"].params["charset"] == "utf-8"
    assert read(part.get_content()).method == "REQUEST"
    assert mail["From"].addresses[0].addr_spec == read(part.get_content()).only.organiser.removeprefix("mailto:")
    assert mail["To"].addresses[0].addr_spec == booking.person.email


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(as_email(message).message().as_bytes(), policy=policy.default)  # type: ignore[return-value]


def test_each_further_day_has_a_message_and_a_uid_of_its_own() -> None:
    booking = make_booking(make_event(days=[in_days(30), in_days(31), in_days(37)]))

    messages = messages_of(booking)

    assert [message.kind for message in messages] == ["bookings.booked", *["bookings.another_day"] * 2]
    found = [entry_in(message) for message in messages]
    assert [one.starts_at for one in found] == [one.starts_at for one in booking.event.sessions.all()]
    assert len({one.uid for one in found}) == 3
    assert [one.summary.partition(", day ")[2] for one in found] == ["", "2", "3"]


def test_inviting_twice_changes_nothing() -> None:
    booking = make_booking(make_event(days=[in_days(30), in_days(31)]))
    before = list(CalendarEntry.objects.order_by("pk").values())

    assert invite(booking, timezone.now()) == []
    assert reinvite(booking.event, timezone.now()) == 0
    assert tell_changes(now=timezone.now()) == 0

    assert list(CalendarEntry.objects.order_by("pk").values()) == before
    assert len(messages_of(booking)) == 2


def test_waiting_makes_no_entry_and_promotion_does() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    (first,) = fill(event)
    waiting = make_booking(event)
    assert [message.calendar for message in messages_of(waiting)] == [""]

    leave(booking=first, by=first.person, now=timezone.now())

    assert entry_in(messages_of(waiting, "booked")[0]).sequence == 0


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


def test_leaving_takes_every_day_out_of_the_calendar() -> None:
    booking = make_booking(make_event(days=[in_days(30), in_days(31)]))
    invited = [entry_in(message) for message in messages_of(booking)]

    for _ in range(2):
        leave(booking=booking, by=booking.person, now=timezone.now())

    ended = [entry_in(message) for message in messages_of(booking, "cancelled", "day_removed")]
    assert [message.calendar_method for message in messages_of(booking, "cancelled", "day_removed")] == ["CANCEL"] * 2
    assert [(one.uid, one.sequence, one.status) for one in ended] == [(one.uid, 1, "CANCELLED") for one in invited]
    assert [one.attendees for one in ended] == [one.attendees for one in invited]
    assert uninvite(booking, timezone.now()) == []


def test_a_colleague_gets_an_invitation_and_the_first_person_its_end() -> None:
    booking = make_booking()

    new = send_colleague(
        booking=booking, name="Bo Lee", email="bo@bankside.example", by=booking.person, now=timezone.now()
    )

    ended, invited = entry_in(messages_of(booking, "colleague_goes")[0]), entry_in(messages_of(new, "booked")[0])
    assert (ended.status, invited.status) == ("CANCELLED", "CONFIRMED")
    assert ended.uid != invited.uid
    assert invited.attendees == (("mailto:bo@bankside.example", "Bo Lee"),)


def test_moving_to_another_date_invites_there_and_ends_here() -> None:
    course = make_course("Neglect")
    booking, target = make_booking(make_event(course)), make_event(course, days=[in_days(50)])

    new = move_to_date(booking=booking, event=target, by=booking.person, now=timezone.now())

    (moved,), (gone,) = messages_of(new, "moved"), messages_of(booking, "day_removed")
    assert entry_in(moved).starts_at == target.starts_at
    assert (entry_in(gone).status, entry_in(gone).starts_at) == ("CANCELLED", booking.event.starts_at)


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


def test_nobody_without_an_address_is_written_to() -> None:
    booking = make_booking()
    booking.person.email = ""
    booking.person.save(update_fields=["email"])
    Message.objects.all().delete()

    leave(booking=Booking.objects.get(pk=booking.pk), by=any_coordinator(), now=timezone.now())

    assert Booking.objects.get(pk=booking.pk).status == Status.CANCELLED_IN_TIME
    assert Message.objects.count() == 0
    assert CalendarEntry.objects.get().is_cancelled


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
