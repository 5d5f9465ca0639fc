"""Who was there, as far as asking goes."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.attendance import Result, outcomes
from bookings.models import Booking, Register, RegisterMark
from bookings.models.register import IN_THE_ROOM
from evaluation.models import Invitation, Stage
from evaluation.questionnaires import ASKED_KINDS
from training.catalogue.models import Event, LearningOutcome, Session

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
    return Booking.objects.expected().filter(Exists(marked), ~Exists(asked))


def there_and_not_asked(event: Event) -> list[Booking]:
    """Those who attended, by the same rules as every figure of attendance, and have no end form yet."""
    attended = [one.booking_id for one in outcomes([event.pk]) if one.result == Result.ATTENDED]
    return list(_not_asked().filter(event=event, pk__in=attended).order_by("pk"))
