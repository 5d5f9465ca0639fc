"""An organisation closes, opens again, or turns out to be another one. The reason stands in the audit."""

import datetime

import pghistory
from django.db import transaction
from django.db.models import QuerySet

from training.people.errors import PeopleError
from training.people.models import Agency, Employment, User
from training.people.permissions import Permission


@transaction.atomic
def close_agency(
    *, agency: Agency, reason: str, by: User, now: datetime.datetime, successor: Agency | None = None
) -> int:
    """Nobody new may choose it from now on; its people and their bookings stay as they are.

    With a `successor`, whoever works there from today on works there instead. Returns how many people moved.
    Closing what is closed changes nothing.
    """
    _require(by, reason)
    agency, successor = _locked(agency, successor)
    if agency.standing == Agency.Standing.CLOSED:
        return 0
    if successor is not None and (successor.pk == agency.pk or successor.standing != Agency.Standing.SETTLED):
        raise PeopleError("Choose another organisation that is known and open.")
    with pghistory.context(reason=reason.strip()[:300]):
        agency.standing, agency.successor = Agency.Standing.CLOSED, successor
        agency.revision += 1
        agency.save()
        Agency.objects.filter(successor=agency).update(successor=successor)
        return _move(agency, successor, by, now) if successor else 0


@transaction.atomic
def reopen_agency(*, agency: Agency, reason: str, by: User) -> Agency:
    """People may choose it again. Who moved to a successor stays there. Opening what is open changes nothing."""
    _require(by, reason)
    locked, _ = _locked(agency, None)
    if locked.standing != Agency.Standing.CLOSED:
        return locked
    with pghistory.context(reason=reason.strip()[:300]):
        locked.standing, locked.successor = Agency.Standing.SETTLED, None
        locked.revision += 1
        locked.save()
    return locked


def moving(agency: Agency, successor: Agency) -> "QuerySet[Employment]":
    """Employments that would move: not refused, and of nobody who works at the successor already."""
    there = successor.employments.not_refused().values("person_id")
    return agency.employments.not_refused().exclude(person_id__in=there)


def _move(agency: Agency, successor: Agency, by: User, now: datetime.datetime) -> int:
    """All of their time: what they came to counts for the one that took over, and their bookings follow them."""
    rows = moving(agency, successor)
    people = rows.values("person_id").distinct().count()
    answer = {"settled_by": by.person_id, "settled_at": now}
    rows.filter(standing=Employment.Standing.CLAIMED).update(standing=Employment.Standing.CONFIRMED, **answer)
    moving(agency, successor).update(agency=successor)
    held = set(successor.role_grants.values_list("person_id", flat=True))
    agency.role_grants.exclude(person_id__in=held).update(agency=successor)
    return people


def _require(by: User, reason: str) -> None:
    if not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can close organisations and open them again.")
    if not reason.strip():
        raise PeopleError("Say why, in a few words.")


def _locked(agency: Agency, other: Agency | None) -> tuple[Agency, Agency | None]:
    keys = {agency.pk, other.pk if other else agency.pk}
    rows = {row.pk: row for row in Agency.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return rows[agency.pk], rows[other.pk] if other else None
