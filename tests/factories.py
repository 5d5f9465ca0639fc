"""Rows for tests, made by the real actions. Each factory fills in what a test does not care about."""

import datetime
import itertools
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from training.people.actions.persons import record_person
from training.people.models import Agency, Employment, Partnership, Person, Role, RoleGrant, Sector, User

PASSWORD = "a long enough password"
_numbers = itertools.count(1)


def make_partnership(**fields: Any) -> Partnership:
    defaults = {
        "name": "Bankside Safeguarding Partnership",
        "short_name": "Bankside",
        "contact_email": "training@bankside.example",
    }
    return Partnership.objects.update_or_create(id=1, defaults={**defaults, **fields})[0]


def make_agency(name: str = "", **fields: Any) -> Agency:
    name = name or f"Agency {next(_numbers)}"
    return Agency.objects.create(**{"name": name, "sector": Sector.COUNCIL, **fields})


def make_person(name: str = "", *, agency: Agency | None = None, **fields: Any) -> Person:
    """A person; with an agency, employed there since a year ago, confirmed."""
    number = next(_numbers)
    employment = fields.pop("employment", {})
    person = record_person(
        name=name or f"Person {number}",
        email=fields.pop("email", f"person{number}@bankside.example"),
        now=fields.pop("now", timezone.now()),
        **fields,
    )
    if agency is not None:
        start = timezone.localdate() - datetime.timedelta(days=365)
        Employment.objects.create(
            **{
                "person": person,
                "agency": agency,
                "period": DateRange(start, None),
                "standing": "confirmed",
                **employment,
            }
        )
    return person


def make_user(
    person: Person | None = None, *, role: Role | None = None, agency: Agency | None = None, **fields: Any
) -> User:
    """A login that can sign in with PASSWORD, its address proved; with a role, granted since yesterday."""
    from allauth.account.models import EmailAddress

    person = person or make_person(agency=agency)
    user = User.objects.create_user(
        fields.pop("email", person.email), fields.pop("password", PASSWORD), person=person, **fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if role is not None:
        grant_directly(person, role, agency=agency if role == Role.AGENCY_LEAD else None)
    return user


def grant_directly(person: Person, role: Role, *, agency: Agency | None = None) -> RoleGrant:
    """The first administrator has nobody to grant them their role; tests and the demonstration start so too."""
    since = timezone.localdate() - datetime.timedelta(days=1)
    return RoleGrant.objects.create(
        person=person,
        role=role,
        agency=agency,
        period=DateRange(since, None),
        granted_at=timezone.now(),
        reason="Start",
    )
