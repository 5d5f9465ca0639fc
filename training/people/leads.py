"""Organisations that have lost their training lead, or are about to: somebody has to be appointed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from training.config.parts import Todo
from training.people.models import Agency, Employment, Role, RoleGrant
from training.web.words import day

SOON = datetime.timedelta(days=30)
# An organisation without a lead for longer than this has got used to it: the list of organisations shows it.
LOOKS_BACK = datetime.timedelta(days=90)
SHOWN = 5


@dataclass(frozen=True)
class Leaderless:
    """`name` led it last; `from_day` is the first day without a lead."""

    agency: Agency
    name: str
    from_day: datetime.date


def leaderless(today: datetime.date) -> list[Leaderless]:
    """Those that have nobody from a day of the last three months or of the next month on, the earliest first.

    A lead's time ends with the role, or with the employment at the organisation if they have one there.
    """
    ends: dict[int, list[tuple[datetime.date, RoleGrant]]] = {}
    for grant in _grants():
        ends.setdefault(grant.agency_id or 0, []).append((_end_of(grant), grant))
    rows = [max(pairs, key=lambda pair: pair[0]) for pairs in ends.values()]
    return sorted(
        (
            Leaderless(grant.agency, grant.person.name, end)
            for end, grant in rows
            if today - LOOKS_BACK < end <= today + SOON and grant.agency
        ),
        key=lambda one: (one.from_day, one.agency.name),
    )


def _grants() -> list[RoleGrant]:
    """Of organisations where somebody works, in two queries."""
    at_work = Employment.objects.not_refused().filter(agency=OuterRef("agency"), period__endswith__isnull=True)
    rows = RoleGrant.objects.filter(Exists(at_work), role=Role.AGENCY_LEAD)
    rows = rows.exclude(Q(agency__standing=Agency.Standing.CLOSED) | Q(period__isempty=True))
    return list(rows.select_related("agency", "person").prefetch_related("person__employments").order_by("pk"))


def _end_of(grant: RoleGrant) -> datetime.date:
    """The first day on which this grant makes nobody a lead; far away where no end is known."""
    own = [
        one for one in grant.person.employments.all() if one.agency_id == grant.agency_id and one.standing != "refused"
    ]
    worked_until = max((one.period.upper or datetime.date.max for one in own), default=datetime.date.max)
    return min(grant.period.upper or datetime.date.max, worked_until)


def todos(today: datetime.date) -> Iterator[Todo]:
    for one in leaderless(today)[:SHOWN]:
        url = reverse("people:agency-edit", args=[one.agency.reference]) + "#leads"
        yield Todo(_sentence(one, today), url, "Appoint", weight=20, due_on=one.from_day)


def _sentence(one: Leaderless, today: datetime.date) -> str:
    if one.from_day <= today:
        return f"{one.agency} has no training lead since {day(one.from_day)}: {one.name} was the only one."
    return f"{one.agency} will have no training lead from {day(one.from_day)} on: {one.name} is the only one."
