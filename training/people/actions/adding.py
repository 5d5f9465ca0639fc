"""A coordinator adds somebody by hand: a volunteer without e-mail, a governor who rang."""

import datetime
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q

from training.people.actions.employments import claim_employment
from training.people.actions.persons import record_person, tidy_name
from training.people.errors import PeopleError
from training.people.models import Agency, Employment, Person, User
from training.people.permissions import Permission

ALIKE = 0.55
MOST_ALIKE = 10


@dataclass(frozen=True)
class Likeness:
    """Somebody who may be the same, and why we think so."""

    person: Person
    why: str


@transaction.atomic
def add_person(
    *,
    name: str,
    email: str,
    mobile: str,
    agency: Agency | None,
    from_day: datetime.date,
    kind: str,
    job_title: str,
    by: User,
    now: datetime.datetime,
) -> Person:
    """A record for somebody, with where they work. Whether they are known already the page has asked: `alike`."""
    if not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can add people.")
    person = record_person(name=name, email=email, mobile=mobile, now=now)
    if agency is not None:
        claim_employment(
            person=person, agency=agency, by=by, now=now, from_day=from_day, kind=kind, job_title=job_title
        )
    return person


def alike(*, name: str, email: str, agency: Agency | None) -> list[Likeness]:
    """Who may be the same person already: same name and organisation, same address, similar name, in that order."""
    name, email = tidy_name(name), email.strip().lower()
    found: dict[int, Likeness] = {}
    present = Person.objects.present().prefetch_related("employments__agency")
    if agency is not None:
        there = Employment.objects.not_refused().filter(agency=agency).values("person_id")
        for person in present.filter(name__iexact=name, pk__in=there):
            found.setdefault(person.pk, Likeness(person, f"Same name, also at {agency}"))
    if email:
        for person in present.filter(Q(email__iexact=email) | Q(user__email__iexact=email)):
            found.setdefault(person.pk, Likeness(person, "Same e-mail address"))
    similar = present.annotate(likeness=TrigramSimilarity("name", name)).filter(likeness__gte=ALIKE)
    for person in similar.order_by("-likeness", "pk")[:MOST_ALIKE]:
        same = person.name.casefold() == name.casefold()
        found.setdefault(person.pk, Likeness(person, "Same name" if same else "Similar name"))
    return list(found.values())[:MOST_ALIKE]
