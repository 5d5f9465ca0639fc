"""Concerns that nobody has taken in time: once each working day all duty people and the coordinators hear of it."""

import datetime

from django.db import transaction

from evaluation import emails
from evaluation.duty import coordinators, duty_people
from evaluation.models import Concern, ConcernStep
from training.web.when import london_day
from training.web.working_days import is_working_day


def chase_concerns(*, now: datetime.datetime) -> int:
    """How many were chased. Safe to run as often as one likes."""
    overdue = Concern.objects.overdue(now).values_list("pk", flat=True).order_by("due_at", "pk")
    return sum(chase_concern(concern_pk=pk, now=now) for pk in list(overdue))


@transaction.atomic
def chase_concern(*, concern_pk: int, now: datetime.datetime) -> bool:
    rows = Concern.objects.overdue(now).select_for_update(of=("self",), skip_locked=True)
    concern = rows.select_related("event__version").filter(pk=concern_pk).first()
    day = london_day(now)
    if concern is None or not is_working_day(day) or _chased_on(concern) == day:
        return False
    ConcernStep.objects.create(concern=concern, code="overdue", at=now)
    emails.tell_concern_overdue(concern, duty_people(concern.event, day), coordinators(day), now=now, day=day)
    return True


def _chased_on(concern: Concern) -> datetime.date | None:
    last = concern.steps.filter(code="overdue").last()
    return london_day(last.at) if last else None
