"""Other dates of the same course on which somebody could have a place, in a fixed number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from bookings.models import HOLDING_A_PLACE, Booking
from bookings.places.reading import belongs, rooms_of
from bookings.rules.policy import closes_at, is_inside_notice, policy_for
from training.catalogue.models import Course, Event, Session
from training.web.when import london_day

SHOWN = 8
TOO_LATE = "So near that it could not be cancelled free of charge"


@dataclass(frozen=True)
class OtherDate:
    """A date with places: how many this person could have of it (None: no limit), and whether leaving it is late."""

    event: Event
    free: int | None
    is_late: bool


def dates_with_a_place(booking: Booking, now: datetime.datetime) -> list[OtherDate]:
    """At most eight, the soonest first. A booking made now is left by the rules of today, not by the old one's."""
    day, one, rules = london_day(now), belongs(booking.employment), booking.policy_version
    events = [event for event in _candidates(booking, now) if not _is_closed(closes_at(rules, event.starts_at), now)]
    rooms = rooms_of(events, day)
    found = [(event, rooms[event.pk].free_for(one)) for event in events]
    today = policy_for(booking.event, day)
    return [
        OtherDate(event, free, is_inside_notice(today, event.starts_at, now)) for event, free in found if free != 0
    ][:SHOWN]


def _is_closed(closes: datetime.datetime | None, now: datetime.datetime) -> bool:
    return closes is not None and closes <= now


def _candidates(booking: Booking, now: datetime.datetime) -> QuerySet[Event]:
    """Open dates with places on which the person is not yet, and at whose time they are nowhere else."""
    own = Booking.objects.live().filter(person=booking.person_id).exclude(pk=booking.pk)
    elsewhere = own.filter(status__in=HOLDING_A_PLACE).values("event")
    theirs = Session.objects.filter(
        event__in=elsewhere, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    busy = Session.objects.filter(event=OuterRef("pk")).filter(Exists(theirs))
    rows = Event.objects.open_for_booking(now).filter(version__course=booking.event.version.course_id)
    if booking.event.version.course.kind == Course.Kind.CLOSED:
        rows = rows.filter(closed_for__agency=booking.employment.agency_id if booking.employment else None)
    rows = rows.exclude(pk=booking.event_id).exclude(places_offered__lte=F("places_held"))
    free = rows.filter(~Exists(own.filter(event=OuterRef("pk"))), ~Exists(busy))
    return free.select_related("version__course").order_by("starts_at", "pk")[: SHOWN * 3]
