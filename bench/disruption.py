"""A suspension of 400 dates with 8,000 people on them: the state in one transaction, then the messages; and its end."""

import datetime
import time
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.utils import timezone

from bookings.calendars.facts import facts_of
from bookings.calendars.inviting import new_entry
from bookings.disruption.concerned import Scope
from bookings.disruption.lifting import lift_suspension
from bookings.disruption.suspending import suspend_mode
from bookings.disruption.telling import tell_disruptions, tell_some
from bookings.models import Booking, BookingPolicyVersion, CalendarEntry, Notice
from training.catalogue.models import CourseVersion, DeliveryMode, Event, Session
from training.people.models import Person, User

T = TypeVar("T")
DATES, EACH = 400, 20
DAY, THREE_HOURS = datetime.timedelta(days=1), datetime.timedelta(hours=3)
AHEAD = 700  # days: nothing else of the demonstration is so far off


def print_disruption() -> None:
    by, now = User.objects.get(email="coordinator@muster.example"), timezone.now()
    first_on = timezone.localdate(now) + datetime.timedelta(days=AHEAD)
    _fill(first_on)
    scope = Scope(DeliveryMode.FACE_TO_FACE, first_on)
    print(f"\n{'suspending 400 dates, 8,000 people':40}{'seconds':>9}")
    suspension = _timed(
        "  state, one transaction (aim: under 5)", lambda: suspend_mode(scope=scope, reason="Flood", by=by, now=now)
    )
    waiting = Notice.objects.to_tell().count()
    _timed(f"  the first 1,000 of {waiting:,} messages", lambda: [tell_some(now) for _ in range(10)])
    tell_disruptions(now=now)
    from_day = timezone.localdate(now)
    _timed(
        "  lifted, one transaction",
        lambda: lift_suspension(suspension=suspension, from_day=from_day, by=by, now=now),
    )
    Notice.objects.to_tell().delete()


def _timed(what: str, act: Callable[[], T]) -> T:
    began = time.monotonic()
    result = act()
    print(f"{what:40}{time.monotonic() - began:9.2f}")
    return result


def _fill(first_on: datetime.date) -> None:
    """With calendar entries, as if everybody had been written to when they booked."""
    version = CourseVersion.objects.filter(is_current=True, course__standing="published").order_by("pk")[0]
    events = Event.objects.bulk_create(
        Event(reference=f"FLOOD{number}", version=version, mode="face_to_face", standing="draft", room_limit=24,
              places_offered=EACH)
        for number in range(DATES)
    )  # fmt: skip
    starts = datetime.datetime.combine(first_on, datetime.time(10), tzinfo=datetime.UTC)
    sessions = Session.objects.bulk_create(
        Session(event=event, position=1, starts_at=starts + number * DAY, ends_at=starts + number * DAY + THREE_HOURS)
        for number, event in enumerate(events)
    )
    Event.objects.filter(pk__in=[event.pk for event in events]).update(standing="published")
    persons = list(Person.objects.exclude(email="").order_by("pk")[: EACH * 20])
    policy = BookingPolicyVersion.objects.order_by("-pk")[0]
    bookings = Booking.objects.bulk_create(
        Booking(event=event, person=persons[(number * EACH + seat) % len(persons)], policy_version=policy,
                status="booked", made_at=timezone.now(), episode=uuid.uuid4())
        for number, event in enumerate(events)
        for seat in range(EACH)
    )  # fmt: skip
    of_event = {one.event_id: one for one in sessions}
    CalendarEntry.objects.bulk_create(
        new_entry(one, of_event[one.event_id], facts_of(one.event, of_event[one.event_id])) for one in bookings
    )
