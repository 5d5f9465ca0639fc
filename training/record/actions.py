"""Writing down what a person has done: bookings, e-learning and imports all come through here."""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.record.models import Achievement


def achieve(
    *,
    person: Person,
    version: CourseVersion,
    on: datetime.date,
    source: Achievement.Source,
    origin: str,
    now: datetime.datetime,
    hours: Decimal | None = None,
) -> Achievement:
    """One person has done this version of a course. The same `origin` said twice is one row, as first written."""
    achieve_all(person_ids=[person.pk], version=version, on=on, source=source, origin=origin, now=now, hours=hours)
    return Achievement.objects.get(person=person, origin=origin)


@transaction.atomic
def achieve_all(
    *,
    person_ids: Iterable[int],
    version: CourseVersion,
    on: datetime.date,
    source: Achievement.Source,
    origin: str,
    now: datetime.datetime,
    hours: Decimal | None = None,
) -> None:
    """The same for a whole room, in one statement. Hours are the version's unless said otherwise."""
    earned = version.hours if hours is None else hours
    rows = [
        Achievement(person_id=pk, version=version, on=on, hours=earned, source=source, origin=origin, recorded_at=now)
        for pk in sorted(set(person_ids))
    ]
    Achievement.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def take_back(*, origin: str, except_ids: Iterable[int]) -> int:
    """A corrected register says that others were not there after all: their rows go, the audit keeps them.

    Everybody's of this `origin` but `except_ids`, who stay as they are. How many went.
    """
    return Achievement.objects.filter(origin=origin).exclude(person_id__in=list(except_ids)).delete()[0]
