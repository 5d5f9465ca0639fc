"""Rules of the actions that a page alone does not show."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_lead
from training.people.actions.agencies import propose_agency
from training.people.actions.employments import claim_employment, end_employment
from training.people.actions.identity import join_records
from training.people.actions.persons import correct_details
from training.people.errors import PeopleError
from training.people.models import Agency, Employment, User

NOW = timezone.now()
TODAY = timezone.localdate()


def test_correct_details_of_somebody_else_is_refused(practitioner: User) -> None:
    with pytest.raises(PeopleError, match="Only the person or a coordinator"):
        correct_details(
            person=make_person(), name="X", email="", mobile="", is_name_private=False, revision=1, by=practitioner
        )


@pytest.mark.parametrize("who", ["practitioner", "lead"])
def test_join_records_needs_a_coordinator(practitioner: User, who: str) -> None:
    agency = make_agency()
    by = practitioner if who == "practitioner" else make_lead(agency)

    with pytest.raises(PeopleError, match="Only a coordinator"):
        join_records(source=make_person(agency=agency), target=make_person(agency=agency), by=by, now=NOW)


def test_claim_employment_at_a_closed_agency_is_refused(practitioner: User) -> None:
    with pytest.raises(PeopleError, match="is closed"):
        claim_employment(
            person=practitioner.person, agency=make_agency(standing="closed"), by=practitioner, now=NOW, from_day=TODAY
        )


def test_claim_employment_that_starts_later_is_the_same_one(practitioner: User) -> None:
    agency, later = make_agency(), TODAY + datetime.timedelta(days=30)
    Employment.objects.create(person=practitioner.person, agency=agency, period=(later, None), standing="confirmed")

    held = claim_employment(person=practitioner.person, agency=agency, by=practitioner, now=NOW, from_day=TODAY)

    assert (held.standing, held.first_day) == ("confirmed", later)


def test_claim_employment_leaves_the_employee_number(practitioner: User) -> None:
    agency = make_agency()
    saying = {"person": practitioner.person, "agency": agency, "by": practitioner, "now": NOW, "from_day": TODAY}
    claim_employment(**saying, employee_number="0042")

    assert claim_employment(**saying).employee_number == "0042"


def test_end_employment_far_ahead_is_refused(practitioner: User) -> None:
    agency = make_agency()
    held = claim_employment(person=practitioner.person, agency=agency, by=practitioner, now=NOW, from_day=TODAY)

    with pytest.raises(PeopleError, match="next ten years"):
        end_employment(employment=held, last_day=datetime.date.max, by=practitioner, today=TODAY)


def test_end_employment_may_not_reach_into_a_second_one(coordinator: User) -> None:
    agency = make_agency()
    person = make_person()
    first = Employment.objects.create(
        person=person, agency=agency, period=("2020-01-01", "2021-01-01"), standing="confirmed"
    )
    Employment.objects.create(person=person, agency=agency, period=("2022-01-01", None), standing="confirmed")

    with pytest.raises(PeopleError, match="started there again"):
        end_employment(employment=first, last_day=TODAY, by=coordinator, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_propose_agency_by_four_people_at_once_is_one() -> None:
    def propose(name: str) -> int:
        try:
            return propose_agency(name=name).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(propose, ["Little Acorns", "little acorns", "LITTLE ACORNS", " Little  Acorns "]))

    assert found == {Agency.objects.get().pk}


def test_lead_of_nobody_settles_nothing(partnership: object) -> None:
    assert make_user().led_agency_ids == []
