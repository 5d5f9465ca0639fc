"""The interest list: ask to be told of a course's next date, take it back, be told once."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from training.catalogue.models import Course, Event
from training.people.models import Agency, User
from training.programme import emails
from training.programme.errors import ProgrammeError
from training.programme.models import DemandSignal


@transaction.atomic
def show_interest(*, course: Course, by: User, agency: Agency | None = None, now: datetime.datetime) -> DemandSignal:
    """To be told of the next date. Somebody who waits already gets that row back."""
    if by.person is None:
        raise ProgrammeError("Sign in with your own name to be told of dates.")
    if course.standing != Course.Standing.PUBLISHED:
        raise ProgrammeError("This course is not offered, so there is no date to tell you of.")
    waiting = DemandSignal.objects.waiting().filter(course=course, person=by.person)
    if held := waiting.first():
        return held
    try:
        with transaction.atomic():
            return DemandSignal.objects.create(course=course, person=by.person, agency=agency, made_at=now)
    except IntegrityError:  # the other of two clicks was first
        return waiting.get()


@transaction.atomic
def take_interest_back(*, course: Course, by: User, now: datetime.datetime) -> None:
    """A second click changes nothing."""
    DemandSignal.objects.waiting().filter(course=course, person=by.person).update(withdrawn_at=now)


@transaction.atomic
def tell_interested_of(*, event: Event, opened_at: datetime.datetime, now: datetime.datetime) -> int:
    """Everybody who asked before this date was opened hears of it, once. How many were told."""
    rows = DemandSignal.objects.waiting().filter(course=event.version.course_id, made_at__lt=opened_at)
    rows = rows.select_related("person", "course").select_for_update(of=("self",), skip_locked=True)
    waiting = list(rows.order_by("pk"))
    for signal in waiting:
        signal.told_at, signal.told_of = now, event
        emails.tell_date_opened(signal, event, now)
    DemandSignal.objects.bulk_update(waiting, ["told_at", "told_of"])
    return len(waiting)


def tell_interested(*, now: datetime.datetime) -> int:
    """For the clock: each awaited course's dates that were opened since, the soonest first. How many were told."""
    wanted = DemandSignal.objects.waiting().values("course")
    events = Event.objects.open_for_booking(now).public_to(None).filter(version__course__in=wanted, starts_at__gt=now)
    opened = events.annotate(opened_at=Max("steps__at", filter=Q(steps__became=Event.Standing.PUBLISHED)))
    opened = opened.filter(opened_at__isnull=False).select_related("version__course").order_by("starts_at", "pk")
    return sum(tell_interested_of(event=event, opened_at=vars(event)["opened_at"], now=now) for event in opened)
