"""One reminder to each manager who has not answered for all of their people, and never a second."""

import datetime

from django.db import transaction

from evaluation import emails
from evaluation.locking import one_manager_at_a_time
from evaluation.managers import people_of
from evaluation.models import ManagerConfirmation, ManagerDigest
from evaluation.timing import is_time_to_remind_manager

ASKED = ManagerConfirmation.State.ASKED


def remind_managers(*, now: datetime.datetime) -> int:
    """How many were reminded; as often as one likes, each once."""
    rows = ManagerDigest.objects.to_remind(now).order_by("posted_at", "pk")
    due = [one.pk for one in rows if is_time_to_remind_manager(one.posted_at, one.closes_at, now)]
    return sum(remind_manager(digest_pk=pk, now=now) for pk in due)


@transaction.atomic
def remind_manager(*, digest_pk: int, now: datetime.datetime) -> bool:
    """False when they have answered meanwhile, were reminded, or it is not the time. Names those who wait, only."""
    token_hash = ManagerDigest.objects.values_list("token_hash", flat=True).get(pk=digest_pk)
    one_manager_at_a_time(token_hash)
    digest = ManagerDigest.objects.to_remind(now).filter(pk=digest_pk).first()
    if digest is None or not is_time_to_remind_manager(digest.posted_at, digest.closes_at, now):
        return False
    digest.reminded_at = now
    digest.save(update_fields=["reminded_at"])
    emails.remind_manager(digest, [row for row in people_of(digest) if row.state == ASKED], now=now)
    return True
