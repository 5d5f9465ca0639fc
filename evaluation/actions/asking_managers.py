"""Asking managers: one message to each of them in a month, about all of their people whose turn has come."""

import datetime

from django.conf import settings
from django.db import transaction

from bookings.models import Booking
from evaluation import emails
from evaluation.links import manager_token_of
from evaluation.managers import bookings_to_ask_about, digest_day, people_of
from evaluation.models import Concern, ManagerConfirmation, ManagerDigest
from training.people.models import Person
from training.web.references import new_reference
from training.web.tokens import hash_token
from training.web.when import london_day


def ask_managers(*, now: datetime.datetime) -> int:
    """How many were asked. From the first school day of a month on; as often as one likes, each manager once."""
    month = london_day(now).replace(day=1)
    asked_from = digest_day(month)
    if asked_from is None or london_day(now) < asked_from:
        return 0
    asked = ManagerDigest.objects.filter(month=month).values("manager_email")
    waiting = bookings_to_ask_about(now).exclude(manager_email__in=asked).order_by("manager_email")
    addresses = list(waiting.values_list("manager_email", flat=True).distinct())
    return sum(ask_manager(manager_email=one, month=month, now=now) for one in addresses)


@transaction.atomic
def ask_manager(*, manager_email: str, month: datetime.date, now: datetime.datetime) -> bool:
    """Ask this manager; False when that has been done this month, or there is nobody to ask about."""
    bookings = list(bookings_to_ask_about(now).filter(manager_email=manager_email).order_by("pk"))
    if not bookings:
        return False
    digest, is_new = _digest(bookings[-1], month, now)
    if is_new:
        ManagerConfirmation.objects.bulk_create(
            ManagerConfirmation(reference=new_reference(), digest=digest, booking=booking) for booking in bookings
        )
        emails.ask_manager(digest, people_of(digest), now=now)
    return is_new


def _digest(latest: Booking, month: datetime.date, now: datetime.datetime) -> tuple[ManagerDigest, bool]:
    """With the manager's name as it was given last. PostgreSQL lets the first of two workers have it."""
    reference = new_reference()
    return ManagerDigest.objects.get_or_create(
        manager_email=latest.manager_email,
        month=month,
        defaults={
            "reference": reference,
            "manager_name": latest.manager_name,
            "token_hash": hash_token(manager_token_of(reference)),
            "posted_at": now,
            "closes_at": now + datetime.timedelta(days=settings.EVALUATION_MANAGER_OPEN_DAYS),
        },
    )


def forget_managers(*, now: datetime.datetime) -> int:
    """Names and addresses of managers whose link closed long ago go; what they answered is counted for good.

    Not while a concern of theirs is open: two duty people may have to find them.
    """
    closed_by = now - datetime.timedelta(days=settings.EVALUATION_MANAGER_KEPT_DAYS)
    open_concerns = Concern.objects.open().filter(confirmation__isnull=False)
    rows = ManagerDigest.objects.filter(closes_at__lte=closed_by).exclude(manager_email="", manager_name="")
    return rows.exclude(pk__in=open_concerns.values("confirmation__digest")).update(manager_email="", manager_name="")


def forget_person(person: Person) -> None:
    """Nobody is asked about them any more. Where they were the manager, their name and address go."""
    in_a_concern = Concern.objects.filter(confirmation__isnull=False).values("confirmation")
    ManagerConfirmation.objects.waiting().filter(booking__person=person).exclude(pk__in=in_a_concern).delete()
    if person.email:
        ManagerDigest.objects.filter(manager_email__iexact=person.email).update(manager_email="", manager_name="")
