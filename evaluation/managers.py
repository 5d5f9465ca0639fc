"""What a manager's link opens: about whom they are asked, and what they said."""

import datetime
from dataclasses import dataclass

from django.db.models import F, QuerySet

from bookings.models import Booking
from evaluation.models import Invitation, ManagerConfirmation, ManagerDigest, Stage
from training.people.models import Employment, Person
from training.web.school_holidays import is_school_holiday
from training.web.tokens import hash_token
from training.web.when import london_day
from training.web.working_days import ONE_DAY, is_working_day

# A summer without school days between two digests is as long as this; whoever's turn is longer ago is not asked about.
ASKED_WITHIN = datetime.timedelta(days=75)


@dataclass(frozen=True)
class Told:
    """What a manager says about one person; without a `state` they have only written something, about safety."""

    reference: str
    state: str
    example: str = ""


def digest_day(month: datetime.date) -> datetime.date | None:
    """The first working day of this month in term; None when schools are closed all the month."""
    days = (month + ONE_DAY * number for number in range(31))
    wanted = (day for day in days if day.month == month.month)
    return next((day for day in wanted if is_working_day(day) and not is_school_holiday(day)), None)


def bookings_to_ask_about(now: datetime.datetime) -> QuerySet[Booking]:
    """People who were asked what came of their course, whose manager was not.

    Not about whoever has left that job or this partnership's records, nor of an address that is the person's own.
    Whether the person has answered plays no part: it must not be told by the manager's question.
    """
    asked = Invitation.objects.filter(stage=Stage.FOLLOW_UP, due_at__lte=now, due_at__gt=now - ASKED_WITHIN)
    away = (Person.Standing.MERGED, Person.Standing.CLOSED)
    rows = Booking.objects.kept_to_the_end().filter(pk__in=asked.values("booking_id"))
    rows = rows.filter(manager_confirmation__isnull=True).exclude(manager_email="")
    rows = rows.exclude(person__standing__in=away).exclude(person__email__iexact=F("manager_email"))
    return rows.exclude(employment__in=_over(london_day(now)))


def _over(today: datetime.date) -> QuerySet[Employment]:
    has_ended = Employment.objects.filter(period__endswith__lte=today)
    return has_ended | Employment.objects.filter(standing=Employment.Standing.REFUSED)


def find_digest(token: str, now: datetime.datetime) -> ManagerDigest | None:
    """What this token opens; None for one that is wrong, all answered or too old: nobody learns which."""
    return ManagerDigest.objects.open(now).filter(token_hash=hash_token(token)).first()


def people_of(digest: ManagerDigest) -> list[ManagerConfirmation]:
    """Everybody the digest asks about, by name."""
    rows = digest.confirmations.select_related("booking__person", "booking__event__version")
    return list(rows.order_by("booking__person__name", "booking__event__starts_at", "pk"))
