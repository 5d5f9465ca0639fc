"""What somebody has done, seen by the lead of an organisation that they have left: up to the leaving date."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import make_agency, make_person, make_user
from tests.factories_catalogue import make_version
from tests.people.making import make_claimant, make_lead, make_leaver
from training.people.models import Person, Role, User
from training.record.actions import achieve
from training.record.models import Achievement

pytestmark = pytest.mark.django_db


def done(person: Person, days_ago: int) -> Achievement:
    now = timezone.now()
    on = timezone.localdate(now) - datetime.timedelta(days=days_ago)
    return achieve(
        person=person, version=make_version(), on=on, source=Achievement.Source.ATTENDED, origin=f"event:{days_ago}",
        now=now,
    )  # fmt: skip


def seen(user: User) -> set[Achievement]:
    return set(Achievement.objects.visible_to(user))


def test_a_leavers_record_is_seen_up_to_the_last_day() -> None:
    agency = make_agency()
    lead, leaver = make_lead(agency), make_leaver(agency, days_ago=10)  # the tenth day ago is the first one away
    before = {done(leaver, 30), done(leaver, 11)}
    after = {done(leaver, 10), done(leaver, 2)}

    assert seen(lead) == before
    assert seen(make_user(leaver)) == seen(make_user(role=Role.COORDINATOR)) == before | after
    assert seen(make_lead(make_agency())) == set()


def test_whoever_works_there_is_seen_whole_and_a_bare_claim_not_at_all() -> None:
    agency = make_agency()
    there, claims = make_person(agency=agency), make_claimant(agency)
    own = {done(there, 900), done(there, 3)}
    done(claims, 3)

    assert seen(make_lead(agency)) == own


def test_persons_are_a_leads_while_they_work_there() -> None:
    agency = make_agency()
    lead = make_lead(agency)
    there = make_person(agency=agency)
    make_leaver(agency)

    assert set(Person.objects.visible_to(lead)) == {lead.person, there}
