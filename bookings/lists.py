"""Rows for pages: waiting lists against free places, one's own bookings."""

import datetime
from collections.abc import Sequence

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from bookings.models import Booking, BookingStep, CalendarEntry, Status
from bookings.models.booking import BookingQuerySet
from bookings.places.reading import rooms_of
from bookings.tables import ListedWait
from training.catalogue.models import Event, Session
from training.people.models import Person, User
from training.web.when import london_day

SESSIONS_OF_DATES = Prefetch("event__sessions", Session.objects.select_related("venue"))


def waiting_lists(now: datetime.datetime) -> list[ListedWait]:
    """Dates to come with somebody waiting, the longest lists first; free places are those of the course's other
    dates. Four queries however many there are."""
    waits = Q(bookings__status=Status.WAITLISTED)
    rows = Event.objects.published().filter(starts_at__gt=now).annotate(waiting=Count("bookings", filter=waits))
    events = list(rows.filter(waiting__gt=0).select_related("version__course").order_by("-waiting", "starts_at", "pk"))
    rooms = rooms_of(events, london_day(now))
    free = _free_by_course({event.version.course_id for event in events}, now)
    return [_listed(event, rooms[event.pk].left or 0, free, rooms) for event in events]


def _listed(event: Event, left: int, free: dict[int, int], rooms: dict) -> ListedWait:  # type: ignore[type-arg]
    elsewhere = max(0, free.get(event.version.course_id, 0) - left)
    return ListedWait(event, event.waiting, rooms[event.pk], elsewhere)  # type: ignore[attr-defined]


def _free_by_course(courses: set[int], now: datetime.datetime) -> dict[int, int]:
    dates = Event.objects.open_for_booking(now).filter(version__course__in=courses, places_offered__isnull=False)
    left = Greatest(F("places_offered") - F("places_held"), 0)
    return dict(dates.values_list("version__course").annotate(left=Sum(left)).order_by())


def open_dates(user: User, now: datetime.datetime, text: str) -> QuerySet[Event]:
    """Dates that this user can see and book now, the soonest first; with `text` by course, code or reference."""
    rows = Event.objects.public_to(user).open_for_booking(now).exclude(version__course__standing="withdrawn")
    if text:
        title = Q(version__title__unaccent__icontains=text)
        rows = rows.filter(title | Q(version__course__code__iexact=text) | Q(reference__iexact=text))
    rows = rows.select_related("version__course").prefetch_related("sessions__venue")
    return rows.order_by(F("starts_at").asc(nulls_last=True), "pk")


def own_bookings(person: Person) -> BookingQuerySet:
    rows = Booking.objects.filter(person=person).select_related("event__version", "policy_version")
    return rows.select_related("employment__agency")


def coming(person: Person, now: datetime.datetime) -> BookingQuerySet:
    """Live bookings of dates not over, the soonest first; in one's own time comes last.

    With `has_said` whether they have said that they are still coming.
    """
    not_over = Q(event__ends_at__gt=now) | Q(event__ends_at__isnull=True)
    said = BookingStep.objects.filter(booking=OuterRef("pk"), code="still_coming")
    rows = own_bookings(person).live().filter(not_over).annotate(has_said=Exists(said))
    return rows.prefetch_related(SESSIONS_OF_DATES).order_by(F("event__starts_at").asc(nulls_last=True), "pk")


def past(person: Person, now: datetime.datetime) -> BookingQuerySet:
    """Dates that are over, and whatever was cancelled, the latest first."""
    over = Q(event__ends_at__lte=now) | ~Q(
        status__in=("requested", "waitlisted", "awaiting_manager", "offered", "booked")
    )
    return own_bookings(person).filter(over).order_by(F("event__starts_at").desc(nulls_last=True), "-pk")


def nos_in_calendar(booking: Booking) -> Sequence[CalendarEntry]:
    """The days of a live booking to which its person's calendar said no, and nobody has said since what was meant."""
    if booking.status != Status.BOOKED:
        return []
    return list(booking.calendar_entries.filter(answer=CalendarEntry.Answer.DECLINED).order_by("starts_at"))
