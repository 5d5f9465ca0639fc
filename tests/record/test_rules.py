"""Rules of what falls due: written, changed, retired by coordinators; due lists follow."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.catalogue.making import typed_in
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import employment_of, make_employee
from tests.factories_catalogue import any_coordinator, make_course, make_framework
from tests.people.making import make_lead
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Course
from training.people.models import Role
from training.record.falling_due import due_of
from training.record.models import RefresherRule
from training.record.rules import RulePlan, add_rule, change_rule, use_rule

START = datetime.date(2026, 1, 1)


@pytest.fixture
def course(coordinator: object) -> Course:
    return make_course("Basics", code="BASE")


@pytest.fixture
def plan(course: Course) -> RulePlan:
    return RulePlan(
        name="Basics in the first week", source="London", effective_from=START, courses=[course], first_within_days=7
    )


def due(job: str = "Nurse", sector: str = "health") -> list[str]:
    person = make_employee(agency=make_agency(sector=sector))
    work = employment_of(person)
    assert work is not None
    work.job_title = job
    work.save()
    return [row.due.rule.name for row in due_of([work], user=any_coordinator(), now=timezone.now())]


def test_due_lists_follow_a_rule_as_it_is_written_changed_and_retired(plan: RulePlan) -> None:
    assert due() == []
    rule = add_rule(plan=plan, by=any_coordinator())
    assert due() == ["Basics in the first week"]

    narrow = replace(plan, sectors=["health"], job_words=["nurse"])
    rule = change_rule(rule=rule, plan=narrow, revision=rule.revision, by=any_coordinator())
    assert (due(), due("Porter"), due(sector="police")) == (["Basics in the first week"], [], [])

    for _ in range(2):
        use_rule(rule=rule, is_used=False, by=any_coordinator())
    assert due() == []
    use_rule(rule=rule, is_used=True, by=any_coordinator())
    assert due() == ["Basics in the first week"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Enter what falls due"),
        ({"first_within_days": None}, "Enter how soon after starting"),
        ({"courses": ()}, "Say what counts"),
    ],
)
def test_add_rule_refuses(plan: RulePlan, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        add_rule(plan=replace(plan, **changes), by=any_coordinator())


def test_a_level_counts_without_courses(plan: RulePlan) -> None:
    rule = add_rule(plan=replace(plan, courses=(), rung=(make_framework(), 2)), by=any_coordinator())

    assert (rule.framework, rule.lowest) == (make_framework(), 2)


def test_rules_have_names_of_their_own(plan: RulePlan) -> None:
    rule = add_rule(plan=plan, by=any_coordinator())

    with pytest.raises(CatalogueError, match="There is already a rule called"):
        add_rule(plan=plan, by=any_coordinator())
    other = add_rule(plan=replace(plan, name="Else"), by=any_coordinator())
    with pytest.raises(CatalogueError, match="There is already a rule called"):
        change_rule(rule=other, plan=plan, revision=1, by=any_coordinator())
    with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
        RefresherRule.objects.filter(pk=other.pk).update(reference=rule.reference)


def test_the_second_of_two_is_told(plan: RulePlan) -> None:
    rule = add_rule(plan=plan, by=any_coordinator())
    change_rule(rule=rule, plan=replace(plan, every_months=24), revision=1, by=any_coordinator())

    with pytest.raises(StaleError):
        change_rule(rule=rule, plan=plan, revision=1, by=any_coordinator())


def test_rules_are_the_coordinators(plan: RulePlan) -> None:
    rule, other = add_rule(plan=plan, by=any_coordinator()), make_user(role=Role.PDL_MEMBER)

    for action in (
        lambda: add_rule(plan=plan, by=other),
        lambda: change_rule(rule=rule, plan=plan, revision=1, by=other),
        lambda: use_rule(rule=rule, is_used=False, by=other),
    ):
        with pytest.raises(CatalogueError, match="Only a coordinator"):
            action()


def test_pages_add_change_and_retire(course: Course, client_of: ClientOf) -> None:
    desk = client_of(any_coordinator())
    typed = {
        "name": "Refresher", "courses": "base", "every_months": "36", "source": "KCSIE", "job_words": "nurse\n\nnurse",
        "effective_from_day": "1", "effective_from_month": "4", "effective_from_year": "2026", "sectors": ["health"],
    }  # fmt: skip

    first, again = desk.post("/desk/due/add/", typed), desk.post("/desk/due/add/", typed)
    rule = RefresherRule.objects.get()
    url = f"/desk/due/{rule.reference}/"
    sent = typed_in(desk, url)
    saved = desk.post(url, {**sent, **typed, "every_months": "24"})
    stale = desk.post(url, {**sent, **typed, "every_months": "12"})

    assert (first.status_code, again.status_code, saved.status_code) == (302, 200, 302)
    assert "There is already a rule called “Refresher”." in again.content.decode()
    rule.refresh_from_db()
    assert (rule.every_months, rule.job_words, rule.sectors) == (24, ["nurse"], ["health"])
    assert "Again: was “every 36 months”, is now “every 24 months”." in stale.content.decode()
    for _ in range(2):
        assert desk.post(f"{url}use/", {"use": "no"}).status_code == 302
    assert "Retired" in desk.get("/desk/due/").content.decode()


def test_pages_say_what_is_wrong_with_rubbish(course: Course, client_of: ClientOf) -> None:
    desk = client_of(any_coordinator())
    typed = {"name": "A", "courses": "NONE", "rung": "x 9", "sectors": ["moon"], "every_months": "0", "source": ""}

    errors = desk.post("/desk/due/add/", typed).context["form"].errors

    assert set(errors) == {"courses", "rung", "sectors", "every_months", "source", "effective_from"}
    assert desk.get("/desk/due/NONE/").status_code == 404


def test_pages_are_closed_to_others(plan: RulePlan, client: Client, client_of: ClientOf) -> None:
    rule, lead = add_rule(plan=plan, by=any_coordinator()), client_of(make_lead())

    for path in ("add/", f"{rule.reference}/", f"{rule.reference}/use/"):
        assert (lead.post(f"/desk/due/{path}").status_code, client.post(f"/desk/due/{path}").status_code) == (403, 302)
    assert lead.get("/desk/due/").status_code == 403
