"""What the tests of calendars in messages do to a date and find in its messages."""

import dataclasses
import datetime

from django.utils import timezone

from bookings.models import Booking
from tests.bookings.calendar_reading import Read, read
from tests.factories_catalogue import any_coordinator
from training.catalogue.actions.events import change_event, plan_of
from training.catalogue.models import Event
from training.outbox.models import Message


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
