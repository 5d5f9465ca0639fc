"""How many work at an organisation, as it says once a year."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from training.people.actions.headcounts import record_headcount
from training.people.errors import PeopleError
from training.people.models import Agency, AgencyHeadcount, Partnership, Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor", "partnership")
TYPED = {"year": "2025", "daily": "30", "sometimes": "10", "rarely": "4", "source": "Workforce team, 12 May"}


def record(agency: Agency, by: User, **fields: Any) -> AgencyHeadcount:
    given = {"year": 2025, "daily": 30, "sometimes": 10, "rarely": 4, "source": "Workforce team", **fields}
    return record_headcount(agency=agency, by=by, now=timezone.now(), **given)


def test_record_headcount_again_corrects_it(coordinator: User) -> None:
    agency = make_agency()

    kept = {record(agency, coordinator).pk, record(agency, coordinator, daily=31).pk}

    row = AgencyHeadcount.objects.get()
    assert kept == {row.pk}
    assert (row.total, row.recorded_by) == (45, coordinator.person)


@pytest.mark.parametrize(
    "fields",
    [
        {"year": 1999},
        {"year": 2099},
        {"daily": 0, "sometimes": 0, "rarely": 0},
        {"daily": -1},
        {"rarely": 10**9},
        {"source": " "},
        {"source": "a\x00b"},
    ],
)
def test_record_headcount_refuses_rubbish(fields: dict[str, Any], coordinator: User) -> None:
    with pytest.raises(PeopleError):
        record(make_agency(), coordinator, **fields)

    assert AgencyHeadcount.objects.count() == 0


@pytest.mark.parametrize("role", [None, Role.AGENCY_LEAD, Role.PDL_MEMBER, Role.EXECUTIVE])
def test_record_headcount_by_another_role_is_refused(role: Role | None, client_of: ClientOf) -> None:
    agency = make_agency()
    user = make_user(role=role, agency=agency if role == Role.AGENCY_LEAD else None)

    with pytest.raises(PeopleError, match="Only a coordinator"):
        record(agency, user)
    assert client_of(user).post(f"/agencies/{agency.reference}/headcount/", TYPED).status_code == 403


def test_page_keeps_a_return_and_shows_it(coordinator: User, client_of: ClientOf) -> None:
    agency, browser = make_agency(), client_of(coordinator)
    address = f"/agencies/{agency.reference}/"
    assert "No yearly return yet" in browser.get(address).content.decode()

    answers = [browser.post(f"{address}headcount/", TYPED)["Location"] for _ in range(2)]

    page = browser.get(address).content.decode()
    assert answers == [address] * 2
    assert AgencyHeadcount.objects.count() == 1
    assert "Workforce team, 12 May" in page


@pytest.mark.parametrize("typed", [{}, {**TYPED, "year": "x", "daily": "9" * 30}, {**TYPED, "daily": "-1"}])
def test_page_keeps_what_was_typed_wrong(typed: dict[str, str], coordinator: User, client_of: ClientOf) -> None:
    agency = make_agency()

    page = client_of(coordinator).post(f"/agencies/{agency.reference}/headcount/", typed)

    assert page.status_code == 200
    assert AgencyHeadcount.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"daily": 0, "sometimes": 0, "rarely": 0}, "agency_headcount_counts_somebody"),
        ({"year": 1999}, "agency_headcount_year_is_near"),
        ({"source": ""}, "agency_headcount_names_its_source"),
    ],
)
def test_postgresql_refuses(fields: dict[str, Any], name: str, coordinator: User) -> None:
    record(make_agency(), coordinator)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AgencyHeadcount.objects.update(**fields)


def test_postgresql_refuses_a_second_return_of_a_year(coordinator: User) -> None:
    agency = make_agency()
    record(agency, coordinator)
    record(agency, coordinator, year=Partnership.objects.get().year_start(timezone.localdate()).year - 2)

    with pytest.raises(IntegrityError, match="agency_headcount_once_a_year"), transaction.atomic():
        AgencyHeadcount.objects.update(year=2025)
