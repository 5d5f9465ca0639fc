"""Training leads and their deputies: who appoints them, and who hears when the only one goes."""

import datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person
from tests.people.making import make_lead
from training.people import leads
from training.people.actions.employments import end_employment
from training.people.actions.roles import end_role, grant_role
from training.people.errors import PeopleError
from training.people.models import Agency, Employment, Person, Role, RoleGrant, User
from training.people.waiting import todos

TODAY = datetime.date(2027, 5, 10)
NOW = datetime.datetime(2027, 5, 10, 9, tzinfo=datetime.UTC)


def appoint(person: Person, agency: Agency, by: User, role: Role = Role.AGENCY_LEAD) -> RoleGrant:
    lead_of = agency if role == Role.AGENCY_LEAD else None
    day = timezone.localdate()
    return grant_role(person=person, role=role, agency=lead_of, reason="Asked", by=by, now=timezone.now(), from_day=day)


def leading(name: str, agency: Agency, *, until: datetime.date | None = None) -> Person:
    """Leads and works there since 2020; `until` is the first day without the role."""
    period = DateRange(datetime.date(2020, 1, 1), None)
    person = make_person(name, agency=agency, employment={"period": period})
    RoleGrant.objects.create(
        person=person, role=Role.AGENCY_LEAD, agency=agency, period=DateRange(period.lower, until), granted_at=NOW,
        reason="Asked",
    )  # fmt: skip
    return person


def said() -> list[str]:
    return [todo.sentence for todo in leads.todos(TODAY)]


def test_a_coordinator_appoints_a_lead_and_a_deputy(coordinator: User) -> None:
    agency, people = make_agency(), [make_person(), make_person()]

    grants = [appoint(person, agency, coordinator) for person in people]

    assert [grant.agency for grant in grants] == [agency, agency]
    with pytest.raises(PeopleError, match="already holds this role"):
        appoint(people[0], agency, coordinator)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AGENCY_LEAD])
def test_a_coordinator_gives_no_other_role(coordinator: User, administrator: User, role: Role) -> None:
    person = make_person()

    with pytest.raises(PeopleError, match="Only an administrator"):
        appoint(person, make_agency(), coordinator, role)
    grant = appoint(person, make_agency(), administrator, role)
    with pytest.raises(PeopleError, match="Only an administrator"):
        end_role(grant=grant, by=coordinator, today=timezone.localdate())


def test_nobody_appoints_themselves_and_a_lead_nobody(coordinator: User) -> None:
    agency = make_agency()

    with pytest.raises(PeopleError):
        appoint(coordinator.person, agency, coordinator)  # type: ignore[arg-type]
    with pytest.raises(PeopleError):
        appoint(make_person(), agency, make_lead(agency))


def test_the_page_offers_a_coordinator_that_role_alone(
    coordinator: User, client_of: ClientOf, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_ROLES = []
    agency, person, client, day = make_agency(), make_person(), client_of(coordinator), timezone.localdate()
    url = f"/people/{person.reference}/roles/"
    typed = {
        "role": "administrator", "agency": agency.reference, "reason": "Asked",
        "from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year,
    }  # fmt: skip

    assert "Appoint as training lead" in client.get(f"/people/{person.reference}/").content.decode()
    assert client.post(url, typed).status_code == 200
    assert not RoleGrant.objects.filter(person=person).exists()
    assert client.post(url, {**typed, "role": "agency_lead"}).status_code == 302
    assert RoleGrant.objects.get(person=person).agency == agency


def test_the_only_lead_whose_role_ends_is_told_of_before_and_after(coordinator: User) -> None:
    soon, gone, long_ago = make_agency("Soon"), make_agency("Gone"), make_agency("Long Ago")
    leading("Ada", soon, until=datetime.date(2027, 6, 1))
    leading("Bo", gone, until=datetime.date(2027, 5, 3))
    leading("Cy", long_ago, until=datetime.date(2026, 5, 3))
    leading("Di", make_agency("Staying"))

    assert said() == [
        "Gone has no training lead since Mon 3 May 2027: Bo was the only one.",
        "Soon will have no training lead from Tue 1 Jun 2027 on: Ada is the only one.",
    ]
    assert said()[0] in [todo.sentence for todo in todos(coordinator, NOW)]


def test_the_only_lead_who_leaves_the_organisation(coordinator: User) -> None:
    agency = make_agency("Left")
    person = leading("Ada", agency)
    make_person(agency=agency)

    end_employment(
        employment=person.employments.get(), last_day=datetime.date(2027, 5, 20), by=coordinator, today=TODAY
    )

    assert said() == ["Left will have no training lead from Fri 21 May 2027 on: Ada is the only one."]


def test_a_deputy_who_stays_is_enough(coordinator: User) -> None:
    agency = make_agency()
    leading("Ada", agency, until=datetime.date(2027, 5, 3))
    leading("Bo", agency)

    assert said() == []


def test_a_lead_from_outside_leads_as_long_as_the_role_lasts(coordinator: User) -> None:
    agency = make_agency()
    person = leading("Ada", agency)
    Employment.objects.filter(person=person).update(agency=make_agency())
    make_person(agency=agency)

    assert said() == []


def test_an_organisation_where_nobody_works_needs_no_lead(coordinator: User) -> None:
    agency = make_agency()
    person = leading("Ada", agency)
    Employment.objects.filter(person=person).update(
        period=DateRange(datetime.date(2020, 1, 1), datetime.date(2027, 5, 3))
    )

    assert said() == []


def test_more_organisations_take_no_more_queries(coordinator: User) -> None:
    counts = []
    for _ in range(2):
        for _ in range(2):
            leading("Ada", make_agency(), until=datetime.date(2027, 5, 3))
        with CaptureQueriesContext(connection) as queries:
            leads.leaderless(TODAY)
        counts.append(len(queries))

    assert counts == [2, 2]
