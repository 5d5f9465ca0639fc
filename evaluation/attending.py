"""Who was there, or has finished in their own time, as far as asking goes."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bookings.asked import ASKED_KINDS
from bookings.models import Booking, Origin, Register, RegisterMark
from bookings.models.register import IN_THE_ROOM
from bookings.registers.attendance import Result, outcomes
from evaluation.models import Invitation, Stage
from training.catalogue.models import DeliveryMode, Event, LearningOutcome, Session
from training.record.models import Achievement
from training.web.when import london_day

# A register sent later than this after the end asks nobody any more: they would have to guess.
ASKED_WITHIN = datetime.timedelta(days=28)


def events_asked_about() -> QuerySet[Event]:
    """Courses with outcomes that take place; light events are asked nothing."""
    outcomes = LearningOutcome.objects.filter(version=OuterRef("version"))
    return Event.objects.published().filter(Exists(outcomes), version__course__kind__in=ASKED_KINDS)


def events_just_over(now: datetime.datetime) -> QuerySet[Event]:
    """Over, or with the last day's register sent, and with somebody marked as there who was not asked yet."""
    later = Session.objects.filter(event=OuterRef("session__event"), position__gt=OuterRef("session__position"))
    sent = Register.objects.filter(~Exists(later), session__event=OuterRef("pk"), sent_at__isnull=False)
    is_over = Q(ends_at__lte=now) | Q(Exists(sent))
    recent = events_asked_about().filter(is_over, ends_at__gt=now - ASKED_WITHIN)
    return recent.filter(Exists(_not_asked().filter(event=OuterRef("pk"))))


def _not_asked() -> QuerySet[Booking]:
    marked = RegisterMark.objects.filter(booking=OuterRef("pk"), mark__in=IN_THE_ROOM)
    asked = Invitation.objects.filter(booking=OuterRef("pk"), stage=Stage.END)
    rows = Booking.objects.expected().exclude(origin=Origin.IMPORTED)  # the old system has asked, or nobody will
    return rows.filter(Exists(marked), ~Exists(asked))


def events_just_completed(now: datetime.datetime) -> QuerySet[Event]:
    """E-learning that somebody has finished of late who was not asked yet."""
    events = events_asked_about().filter(mode=DeliveryMode.E_LEARNING)
    return events.filter(Exists(_completed(now).filter(event=OuterRef("pk"))))


def completed_and_not_asked(event: Event, now: datetime.datetime) -> list[tuple[Booking, datetime.date]]:
    """Each with the day on which they finished. Whoever did it without a booking, or elsewhere, is not asked."""
    return [(row, row.finished_on) for row in _completed(now).filter(event=event).order_by("pk")]  # type: ignore[attr-defined]


def _completed(now: datetime.datetime) -> QuerySet[Booking]:
    """What was finished since the booking was made: an earlier time through the same course is not this one."""
    done = Achievement.objects.filter(
        source=Achievement.Source.E_LEARNING,
        person=OuterRef("person"),
        version=OuterRef("event__version"),
        on__gte=OuterRef("made_at__date"),
        on__lte=london_day(now),
    )
    asked = Invitation.objects.filter(booking=OuterRef("pk"), stage=Stage.END)
    rows = Booking.objects.kept_to_the_end().filter(~Exists(asked), event__mode=DeliveryMode.E_LEARNING)
    finished = rows.annotate(finished_on=Subquery(done.order_by("on").values("on")[:1]))
    return finished.filter(finished_on__gt=london_day(now - ASKED_WITHIN))


def there_and_not_asked(event: Event) -> list[Booking]:
    """Those who attended, by the same rules as every figure of attendance, and have no end form yet."""
    attended = [one.booking_id for one in outcomes([event.pk]) if one.result == Result.ATTENDED]
    return list(_not_asked().filter(event=event, pk__in=attended).order_by("pk"))
