"""E-learning as bookings: what is offered in one's own time, who is enrolled, who has finished."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from bookings.models import LIVE, Booking, Status
from bookings.models.booking import BookingQuerySet
from training.catalogue.models import Course, DeliveryMode, Event
from training.people.models import Person, User
from training.record.models import Achievement

FINISHED = "finished"
SHOWN = 30


def offered(now: datetime.datetime) -> QuerySet[Event]:
    """Standing dates that anybody may book."""
    rows = Event.objects.open_for_booking(now).filter(mode=DeliveryMode.E_LEARNING)
    rows = rows.filter(version__course__in=Course.objects.in_catalogue()).exclude(version__course__kind="closed")
    return rows.select_related("version__course").order_by("version__title", "pk")


@dataclass(frozen=True)
class Enrolment:
    booking: Booking
    finished_on: datetime.date | None


def enrolments(person: Person) -> list[Enrolment]:
    """One's own, the last ones first, each with the day on which the course was finished since."""
    rows = Booking.objects.filter(Q(status__in=LIVE) | Q(status=Status.COMPLETED), person=person)
    rows = rows.filter(event__mode=DeliveryMode.E_LEARNING).annotate(finished_on=Subquery(_finishes()))
    shown = rows.select_related("event__version").order_by("-made_at", "pk")[:SHOWN]
    return [Enrolment(row, row.finished_on) for row in shown]  # type: ignore[attr-defined]


def finish_enrolments(
    *, now: datetime.datetime, by: User | None = None, person_ids: Iterable[int] | None = None
) -> int:
    """Complete the bookings whose course these people, or all, have finished since they booked it. How many.

    A completed booking is not live: the course can be booked again, and nobody is offered its place or charged.
    Safe to run twice. `by` is None when Muster itself finds it.
    """
    return sum(_finish(pk, now, by) for pk in list(_finished(person_ids).values_list("pk", flat=True)))


@transaction.atomic
def _finish(pk: int, now: datetime.datetime, by: User | None) -> bool:
    booking = _finished(None).select_for_update(of=("self",)).filter(pk=pk).first()
    if booking is None:
        return False
    on: datetime.date = booking.finished_on  # type: ignore[attr-defined]
    reason, person = f"Finished on {on:%-d %B %Y}", by.person if by else None
    booking.move_to(Status.COMPLETED, by=person, now=now, code=FINISHED, reason=reason, data={"on": on.isoformat()})
    return True


def _finished(person_ids: Iterable[int] | None) -> BookingQuerySet:
    """Still booked, and finished since. An earlier time through the same course is not this one."""
    rows = Booking.objects.filter(status=Status.BOOKED, event__mode=DeliveryMode.E_LEARNING)
    if person_ids is not None:
        rows = rows.filter(person__in=list(person_ids))
    return rows.annotate(finished_on=Subquery(_finishes())).filter(finished_on__isnull=False).order_by("pk")


def _finishes() -> QuerySet[Achievement, datetime.date]:
    """The day on which the person of the outer booking first finished its course since it was made."""
    done = Achievement.objects.filter(
        source=Achievement.Source.E_LEARNING,
        person=OuterRef("person"),
        version__course=OuterRef("event__version__course"),
        on__gte=OuterRef("made_at__date"),
    )
    return done.order_by("on").values_list("on", flat=True)[:1]
