"""E-learning as bookings: what is offered in one's own time, who is enrolled, who has finished."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from bookings.models import Booking, BookingStep, Status
from training.catalogue.models import Course, DeliveryMode, Event
from training.elearning.models import Completion
from training.people.models import Person, User
from training.record.models import Achievement

FINISHED = "finished"


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
    """One's own live ones, each with the day on which the course was last finished since."""
    done = Achievement.objects.filter(person=person, version__course=OuterRef("event__version__course"))
    rows = Booking.objects.live().filter(person=person, event__mode=DeliveryMode.E_LEARNING)
    rows = rows.annotate(finished_on=Subquery(done.order_by("-on").values("on")[:1]))
    return [_enrolment(row) for row in rows.select_related("event__version").order_by("-made_at", "pk")]


def _enrolment(row: Booking) -> Enrolment:
    last: datetime.date | None = row.finished_on  # type: ignore[attr-defined]
    return Enrolment(row, last if last and last >= row.made_at.date() else None)


@transaction.atomic
def finish_enrolments(*, completions: Iterable[Completion], by: User, now: datetime.datetime) -> int:
    """Write down on their live bookings of the standing dates that these people have finished. How many.

    The booking stays theirs, so that they can look at the course again. Said twice it is written once.
    """
    days = {(one.person_id, one.version.course_id): one.on for one in completions if one.person_id is not None}
    rows = Booking.objects.filter(
        status=Status.BOOKED, event__mode=DeliveryMode.E_LEARNING, person_id__in={pk for pk, _ in days}
    )
    held = {(row.person_id, row.event.version.course_id): row for row in rows.select_related("event__version")}
    steps = BookingStep.objects.filter(booking__in=held.values(), code=FINISHED)
    written = set(steps.values_list("booking_id", "data__on"))
    new = [
        BookingStep(
            booking=row, was=row.status, became=row.status, at=now, by=by.person, code=FINISHED,
            reason=f"Finished on {days[key]:%-d %B %Y}", data={"on": days[key].isoformat()},
        )
        for key, row in held.items()
        if key in days and (row.pk, days[key].isoformat()) not in written
    ]  # fmt: skip
    return len(BookingStep.objects.bulk_create(new))
