"""Invitations: made with a booking, taken back when it ends. Never twice."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.calendars.changes import reinvite, tell_changes
from bookings.calendars.inviting import invite, uninvite
from bookings.models import Booking, CalendarEntry, Status
from tests.bookings.calendar_messages import entry_in, messages_of
from tests.bookings.calendar_reading import read
from tests.factories_bookings import fill, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event, make_venue
from training.outbox.mime import as_email
from training.outbox.models import Message

pytestmark = pytest.mark.django_db


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


def test_nobody_without_an_address_is_written_to() -> None:
    booking = make_booking()
    booking.person.email = ""
    booking.person.save(update_fields=["email"])
    Message.objects.all().delete()

    leave(booking=Booking.objects.get(pk=booking.pk), by=any_coordinator(), now=timezone.now())

    assert Booking.objects.get(pk=booking.pk).status == Status.CANCELLED_IN_TIME
    assert Message.objects.count() == 0
    assert CalendarEntry.objects.get().is_cancelled
