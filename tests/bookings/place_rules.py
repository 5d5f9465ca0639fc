"""Dates with rules for their places, and lists of whoever waits, for tests."""

import datetime
from typing import Any

from django.utils import timezone

from bookings.actions.rules import rules_of, set_course_rules
from bookings.models import Booking
from tests.factories import make_agency
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_event
from training.catalogue.models import Course, Event
from training.people.models import Agency


def set_rules(course: Course, **rules: Any) -> list[Booking]:
    now = rules.pop("now", None) or timezone.now()
    revision = rules.pop("revision", None) or rules_of(course).revision
    by = rules.pop("by", None) or any_coordinator()
    return set_course_rules(course=course, rules=rules, revision=revision, by=by, now=now)


def ruled_event(places: int = 2, *, days: int = 40, **rules: Any) -> Event:
    """A date of a course with these rules, so many days from now."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    event = make_event(days=[day], room_limit=20, places_offered=places, minimum=0)
    set_rules(event.version.course, **rules)
    return event


def from_sector(sector: str) -> Agency:
    return make_agency(sector=sector)


def book_from(event: Event, *agencies: Agency) -> list[Booking]:
    """One person from each, in this order."""
    return [make_booking(event, agency=agency) for agency in agencies]


def statuses(*bookings: Booking) -> list[str]:
    for booking in bookings:
        booking.refresh_from_db()
    return [booking.status for booking in bookings]
