"""Which registers wait for somebody: today's, those not sent, the next ones. For the page and for home pages."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bookings.models import Booking
from bookings.registers.rights import registers_visible_to
from training.catalogue.models import Session
from training.people.models import User
from training.web.when import LONDON, london_day
from training.web.working_days import add_working_days

# Returned within this many working days, a register is in time; after that it is overdue.
RETURNED_WITHIN = 2
LOOKS_BACK = datetime.timedelta(days=90)
LOOKS_AHEAD = datetime.timedelta(days=60)
SHOWN = 30
SOMEBODY_BOOKED = Exists(Booking.objects.expected().filter(event=OuterRef("event")))


@dataclass(frozen=True)
class RegisterLists:
    """Sessions, each with `expected` (how many are booked). A day is in one list only."""

    today: Sequence[Session]
    unsent: Sequence[Session]
    coming: Sequence[Session]
    sent: Sequence[Session]


def listed_registers(user: User, now: datetime.datetime) -> RegisterLists:
    """Four queries, whatever the number of dates."""
    rows = with_expected(registers_visible_to(user))
    begins, ends = _midnight(now, 0), _midnight(now, 1)
    past = rows.filter(ends_at__lt=begins, starts_at__gte=now - LOOKS_BACK).order_by("-starts_at", "-pk")
    return RegisterLists(
        today=list(rows.filter(starts_at__lt=ends, ends_at__gte=begins)),
        unsent=list(past.filter(SOMEBODY_BOOKED, register__sent_at__isnull=True)[:SHOWN]),
        coming=list(rows.filter(starts_at__gte=ends, starts_at__lt=now + LOOKS_AHEAD)[:SHOWN]),
        sent=list(past.filter(register__sent_at__isnull=False)[:SHOWN]),
    )


def with_expected(rows: QuerySet[Session]) -> QuerySet[Session]:
    booked = Booking.objects.expected().filter(event=OuterRef("event")).order_by().values("event")
    number = Coalesce(Subquery(booked.annotate(number=Count("pk")).values("number")), 0)
    return rows.annotate(expected=number)


def overdue_at(session: Session) -> datetime.datetime:
    """The midnight after the last day on which this register is in time."""
    last = add_working_days(london_day(session.ends_at), RETURNED_WITHIN)
    return _midnight_of(last + datetime.timedelta(days=1))


def waiting_registers(user: User, now: datetime.datetime) -> list[Session]:
    """Of today or earlier, somebody booked, not sent: the oldest first."""
    rows = registers_visible_to(user).filter(starts_at__lt=_midnight(now, 1), starts_at__gte=now - LOOKS_BACK)
    return list(rows.filter(SOMEBODY_BOOKED, register__sent_at__isnull=True))


def _midnight(now: datetime.datetime, days: int) -> datetime.datetime:
    return _midnight_of(london_day(now) + datetime.timedelta(days=days))


def _midnight_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(0), tzinfo=LONDON)
