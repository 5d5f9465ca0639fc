"""An organisation closes, opens again, or another one takes over."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_claimant, make_lead
from training.people.actions.closing import close_agency, reopen_agency
from training.people.actions.employments import claim_employment
from training.people.errors import PeopleError
from training.people.models import Agency, RoleGrant, User

pytestmark = pytest.mark.usefixtures("no_second_factor")


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def close(agency: Agency, by: User, successor: Agency | None = None, reason: str = "Shut in May") -> int:
    return close_agency(agency=agency, reason=reason, successor=successor, by=by, now=timezone.now())


def test_closed_organisation_keeps_its_people_and_takes_nobody_new(coordinator: User) -> None:
    agency = make_agency()
    person = make_person(agency=agency)

    close(agency, coordinator)

    agency.refresh_from_db()
    assert (agency.standing, person.employments.get().agency) == ("closed", agency)
    with pytest.raises(PeopleError, match="is closed"):
        claim_employment(
            person=make_person(), agency=agency, by=coordinator, now=timezone.now(), from_day=timezone.localdate()
        )


def test_successor_takes_over_people_claims_and_leads(coordinator: User) -> None:
    old, new = make_agency("Old School"), make_agency("New Academy")
    person, lead, claimant = make_person(agency=old), make_lead(old), make_claimant(old)

    moved = close(old, coordinator, new)

    assert moved == 3
    assert {row.employments.get().agency for row in (person, lead.person, claimant)} == {new}
    assert claimant.employments.get().standing == "confirmed"
    assert RoleGrant.objects.get(person=lead.person).agency == new
    old.refresh_from_db()
    assert (old.standing, old.successor) == ("closed", new)


def test_whoever_works_at_both_stays_behind(coordinator: User) -> None:
    old, new = make_agency(), make_agency()
    person = make_person(agency=old)
    claim_employment(person=person, agency=new, by=coordinator, now=timezone.now(), from_day=timezone.localdate())

    assert close(old, coordinator, new) == 0
    assert set(person.employments.values_list("agency", flat=True)) == {old.pk, new.pk}


def test_second_click_changes_nothing(coordinator: User) -> None:
    old, new = make_agency(), make_agency()
    make_person(agency=old)
    close(old, coordinator, new)
    make_person(agency=new)

    assert close(old, coordinator, new) == 0
    assert Agency.objects.get(pk=old.pk).revision == 2


def test_successor_of_a_successor_is_the_last_one(coordinator: User) -> None:
    first, second, third = make_agency(), make_agency(), make_agency()
    close(first, coordinator, second)
    close(second, coordinator, third)

    assert Agency.objects.get(pk=first.pk).successor == third


def test_reopened_organisation_can_be_chosen_and_again_changes_nothing(coordinator: User) -> None:
    agency, other = make_agency(), make_agency()
    close(agency, coordinator, other)

    for _ in range(2):
        reopen_agency(agency=agency, reason="A mistake", by=coordinator)

    agency.refresh_from_db()
    assert (agency.standing, agency.successor, agency.revision) == ("settled", None, 3)


@pytest.mark.parametrize("standing", ["provisional", "closed"])
def test_successor_must_be_known_and_open(coordinator: User, standing: str) -> None:
    with pytest.raises(PeopleError, match="known and open"):
        close(make_agency(), coordinator, make_agency(standing=standing))


def test_closing_is_refused_to_others_and_without_a_reason(coordinator: User) -> None:
    agency = make_agency()

    with pytest.raises(PeopleError, match="Only a coordinator"):
        close(agency, make_lead(agency))
    with pytest.raises(PeopleError, match="Only a coordinator"):
        reopen_agency(agency=agency, reason="x", by=make_user())
    with pytest.raises(PeopleError, match="Say why"):
        close(agency, coordinator, reason=" ")
    with pytest.raises(PeopleError, match="another organisation"):
        close(agency, coordinator, agency)


def test_page_says_what_happens_and_closes(desk: Client) -> None:
    agency, other = make_agency("Old School"), make_agency("New Academy")
    make_person(agency=agency)
    page = f"/agencies/{agency.reference}/close/"

    before = desk.get(page).content.decode()
    empty = desk.post(page, {"reason": "", "successor": ""})
    wrong = desk.post(page, {"reason": "Shut", "successor": "NOSUCH"})
    done = desk.post(page, {"reason": "Shut", "successor": other.reference}, follow=True).content.decode()

    assert "1 person works there now" in " ".join(before.split())
    assert (empty.status_code, wrong.status_code) == (200, 200)
    assert "1 person moved to New Academy" in done
    assert "Open it again" in done
    assert "Old School" in desk.get("/agencies/?closed=1").content.decode()
    assert "Old School" not in desk.get("/agencies/").content.decode()


def test_page_opens_again(desk: Client, coordinator: User) -> None:
    agency = make_agency()
    close(agency, coordinator)
    page = f"/agencies/{agency.reference}/reopen/"

    assert desk.get(page).status_code == 200
    assert desk.post(page, {"reason": ""}).status_code == 200
    assert desk.post(page, {"reason": "A mistake"}).status_code == 302
    assert desk.get(page).status_code == 302
    assert Agency.objects.get(pk=agency.pk).standing == "settled"


@pytest.mark.parametrize("page", ["close", "reopen"])
def test_pages_are_for_coordinators(partnership: object, client_of: ClientOf, page: str) -> None:
    agency = make_agency()

    assert client_of(make_lead(agency)).get(f"/agencies/{agency.reference}/{page}/").status_code == 403


def test_page_shows_earlier_names_and_keeps_the_address(desk: Client) -> None:
    agency = make_agency("Old Name")
    typed: dict[str, Any] = {"name": "New Name", "sector": "council", "address": "1 Tooley Street", "revision": "1"}

    desk.post(f"/agencies/{agency.reference}/", typed)

    assert Agency.objects.get(pk=agency.pk).address == "1 Tooley Street"
    assert "Formerly: Old Name." in desk.get(f"/agencies/{agency.reference}/").content.decode()


def test_database_lets_only_closed_ones_have_a_successor(partnership: object) -> None:
    with pytest.raises(IntegrityError, match="agency_with_a_successor_is_closed"), transaction.atomic():
        make_agency(successor=make_agency())


def test_database_lets_none_follow_itself(partnership: object) -> None:
    agency = make_agency(standing="closed")

    with pytest.raises(IntegrityError, match="agency_does_not_follow_itself"), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(successor=agency)
