"""A coordinator says how the places of a course are given, and what one date does otherwise."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bookings.actions.offers import promote
from bookings.errors import BookingsError
from bookings.locking import lock_event
from bookings.models import Booking, CourseRules, DateCap, Status
from bookings.places.log import log_places
from bookings.rights import Actor, require_coordinator
from training.catalogue.models import Course, Event
from training.web.when import london_day
from training.web.words import count, day


def rules_of(course: Course) -> CourseRules:
    """The row of this course, or the defaults, not saved."""
    return CourseRules.objects.filter(course=course).first() or CourseRules(course=course)


@transaction.atomic
def set_course_rules(
    *, course: Course, rules: Mapping[str, Any], revision: int, by: Actor, now: datetime.datetime
) -> list[Booking]:
    """Change the booking rules of a course; `rules` are fields of `CourseRules`. Gives who got a place by it.

    Bookings keep what was asked of them. Raises BookingsError when somebody else changed them since `revision`.
    """
    require_coordinator(by)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    row = CourseRules.objects.filter(course=locked).first() or CourseRules(course=locked)
    if row.revision != revision:
        raise BookingsError("Somebody else changed these rules while this page was open. Look at them again and save.")
    if all(getattr(row, name) == value for name, value in rules.items()):
        return []
    for name, value in rules.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    waiting = Booking.objects.filter(status=Status.WAITLISTED, event__version__course=locked, event__starts_at__gt=now)
    return [one for pk in sorted(set(waiting.values_list("event", flat=True))) for one in _fill(pk, now)]


def _fill(event_pk: int, now: datetime.datetime) -> list[Booking]:
    return promote(lock_event(event_pk), now=now)


@transaction.atomic
def set_date_cap(
    *, event: Event, places: int | None, until: datetime.date | None, by: Actor, now: datetime.datetime
) -> list[Booking]:
    """At most so many places of this date for one organisation until a day; without `places`, as many as they like.

    Whoever has more keeps them. Gives who got a place by it. The same again changes nothing.
    """
    person, locked = require_coordinator(by), lock_event(event.pk)
    if locked.starts_at is None:
        raise BookingsError("A course in one’s own time has no limit of places.")
    if places is None:
        until = None
    elif until is None or not london_day(now) < until <= london_day(locked.starts_at):
        raise BookingsError("Enter a day after today, and on or before the day of the course.")
    before = DateCap.objects.filter(event=locked).first()
    if before is not None and (before.places, before.until) == (places, until):
        return []
    DateCap.objects.update_or_create(event=locked, defaults={"places": places, "until": until})
    log_places(locked, "cap", _words(places, until), by=person, now=now)
    return promote(locked, now=now)


def _words(places: int | None, until: datetime.date | None) -> str:
    if places is None or until is None:
        return "No limit for one organisation"
    return f"At most {count(places, 'place')} for one organisation until {day(until)}"


@transaction.atomic
def take_course_cap(*, event: Event, by: Actor, now: datetime.datetime) -> list[Booking]:
    """This date goes by its course's limit for one organisation again. A second click changes nothing."""
    person, locked = require_coordinator(by), lock_event(event.pk)
    if not DateCap.objects.filter(event=locked).delete()[0]:
        return []
    log_places(locked, "cap", "The course’s own limit for one organisation", by=person, now=now)
    return promote(locked, now=now)
