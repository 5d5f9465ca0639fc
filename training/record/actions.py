"""Writing down what a person has done: bookings, e-learning and imports all come through here."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.record.models import Achievement, CertificateWait, WithdrawnCertificate


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
    """The same for a whole room. Hours are the version's unless said otherwise."""
    earned = version.hours if hours is None else hours
    record_all(
        rows=[
            Achievement(
                person_id=pk, version=version, on=on, hours=earned, source=source, origin=origin, recorded_at=now
            )
            for pk in sorted(set(person_ids))
        ]
    )


@transaction.atomic
def record_all(*, rows: Sequence[Achievement]) -> None:
    """Write these in one statement, but for those there are. One that was taken back has its old serial again."""
    origins = {row.origin for row in rows}
    back = WithdrawnCertificate.objects.select_for_update().filter(origin__in=origins)
    withdrawn = {(one.person_id, one.origin): one for one in back.order_by("pk")} if origins else {}
    returning = [(row, found) for row in rows if (found := withdrawn.get((row.person_id, row.origin)))]
    for row, found in returning:
        row.serial = found.serial
    Achievement.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    if returning:
        WithdrawnCertificate.objects.filter(pk__in=[found.pk for _, found in returning]).delete()


@transaction.atomic
def take_back(*, origin: str, except_ids: Iterable[int], now: datetime.datetime) -> int:
    """A corrected register says that others were not there after all: their rows go, their serials are withdrawn.

    Everybody's of this `origin` but `except_ids`, who stay as they are. How many went.
    """
    gone = list(Achievement.objects.select_for_update().filter(origin=origin).exclude(person_id__in=list(except_ids)))
    WithdrawnCertificate.objects.bulk_create(
        WithdrawnCertificate(
            serial=row.serial, person_id=row.person_id, version_id=row.version_id, on=row.on, origin=row.origin,
            withdrawn_at=now,
        )
        for row in gone
    )  # fmt: skip
    Achievement.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(gone)


def hold_certificates(*, person_ids: Iterable[int], origin: str, until: datetime.date) -> None:
    """These people's certificates wait for their form, at most until that day. Said twice it is the first day."""
    rows = [CertificateWait(person_id=pk, origin=origin, until=until) for pk in sorted(set(person_ids))]
    CertificateWait.objects.bulk_create(rows, ignore_conflicts=True)


def release_certificates(*, answered: Iterable[tuple[int, str]]) -> None:
    """Persons and origins whose form is answered: their certificates wait no longer."""
    pairs = set(answered)
    rows = CertificateWait.objects.filter(person_id__in={pk for pk, _ in pairs})
    done = [row.pk for row in rows if (row.person_id, row.origin) in pairs]
    CertificateWait.objects.filter(pk__in=done).delete()
