"""What happens to a person's record when two become one, and when they ask for their data."""

import datetime
from typing import Any

from training.people.models import Person, User
from training.record.models import Achievement, CertificateWait, WithdrawnCertificate


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """All that `source` did is `target`'s. What both did at one time is one thing: the target's row stays.

    The serial of the other goes with its row to the withdrawn ones, so that its paper is not called a forgery.
    """
    held = Achievement.objects.filter(person=target).values("origin")
    twice = list(Achievement.objects.filter(person=source, origin__in=held))
    for model in (Achievement, CertificateWait, WithdrawnCertificate):
        rows = model._default_manager.filter(person=source)
        rows.exclude(origin__in=model._default_manager.filter(person=target).values("origin")).update(person=target)
    WithdrawnCertificate.objects.bulk_create(
        [
            WithdrawnCertificate(
                serial=row.serial, person=source, version_id=row.version_id, on=row.on, origin=row.origin,
                withdrawn_at=now,
            )
            for row in twice
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    Achievement.objects.filter(pk__in=[row.pk for row in twice]).delete()


def export_person(person: Person) -> dict[str, Any]:
    rows = Achievement.objects.filter(person=person).select_related("version__course").order_by("on", "pk")
    return {"what_i_have_done": [_achievement(row) for row in rows]}


def _achievement(row: Achievement) -> dict[str, Any]:
    return {
        "course": row.version.title,
        "code": row.version.course.code,
        "version": row.version.number,
        "on": row.on.isoformat(),
        "hours": str(row.hours) if row.hours is not None else None,
        "how": row.get_source_display(),
        "certificate": row.printed_serial,
    }
