"""Dates of courses as the public pages print them: when, how, and how many places are left, in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse

from training.catalogue.models import Event, Session, Venue
from training.web.when import LONDON
from training.web.words import clock, count, day, when


@dataclass(frozen=True)
class DateLine:
    """One date in a list. `places` is what one may hope for: places left, the waiting list, when booking opens."""

    event: Event
    when: str
    places: str

    @property
    def url(self) -> str:
        return reverse("catalogue:event", args=[self.event.reference])

    @property
    def venues(self) -> list[Venue]:
        """Each room once; `event` must have its sessions fetched."""
        return venues_of(self.event.sessions.all())

    @property
    def is_full(self) -> bool:
        return self.event.places_left == 0


def with_days(dates: "QuerySet[Event]") -> "QuerySet[Event]":
    """With what `date_line` needs: how many days a date has, and when the first of them ends."""
    sessions = Session.objects.filter(event=OuterRef("pk")).order_by("position")
    return dates.annotate(
        day_count=Subquery(
            sessions.order_by()
            .values("event")
            .annotate(n=Count(TruncDate("starts_at", tzinfo=LONDON), distinct=True))
            .values("n")
        ),
        first_day_ends_at=Subquery(sessions.order_by("starts_at").values("ends_at")[:1]),
    )


def date_line(event: Event, *, now: datetime.datetime) -> DateLine:
    """`event` must come out of `with_days`."""
    return DateLine(event, when_in_words(event), places_in_words(event, now=now))


@dataclass
class _Span:
    starts_at: datetime.datetime
    ends_at: datetime.datetime


def when_in_words(event: Event) -> str:
    """The days of an event out of `with_days`."""
    return days_in_words(event.starts_at, event.ends_at, event.day_count, event.first_day_ends_at)  # type: ignore[attr-defined]


def days_in_words(
    starts_at: datetime.datetime | None, ends_at: datetime.datetime | None, days: int, first_ends_at: datetime.datetime
) -> str:
    """ "Tue 14 May, 9:30–13:00"; for two days "Tue 14 May, 9:00–16:00, then Tue 21 May"; else "and 2 more days"."""
    if starts_at is None or ends_at is None:
        return "Start when you like"
    if days == 1:
        return when(_Span(starts_at, ends_at))
    first = when(_Span(starts_at, first_ends_at))
    if days == 2:
        return f"{first}, then {day(ends_at)}"
    return f"{first}, and {days - 1} more days until {day(ends_at)}"


def places_in_words(event: Event, *, now: datetime.datetime) -> str:
    """ "6 places left", "Full: waiting list", "Booking opens Mon 3 May, 9:00"; nothing for e-learning."""
    if event.standing == Event.Standing.CANCELLED:
        return "Cancelled"
    if event.standing == Event.Standing.SUSPENDED:
        return "Suspended"
    return open_places_in_words(event.booking_opens_at, event.places_left, now=now)


def open_places_in_words(opens_at: datetime.datetime | None, left: int | None, *, now: datetime.datetime) -> str:
    """The same of a date that is not cancelled."""
    if opens_at and opens_at > now:
        return f"Booking opens {day(opens_at)}, {clock(opens_at)}"
    if left is None:
        return ""
    return f"{count(left, 'place')} left" if left else "Full: waiting list"


def venues_of(sessions: Iterable[Session]) -> list[Venue]:
    """Each room once, in the order in which it is needed."""
    return list({session.venue.pk: session.venue for session in sessions if session.venue}.values())
