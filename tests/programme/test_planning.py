"""Making a draft: what it is, its priorities, its plan."""

import datetime

import pytest

from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_course
from tests.factories_programme import make_priority, make_programme, moved_on
from training.people.models import Role, User
from training.programme.actions.planning import (
    ProgrammeText,
    change_programme,
    choose_priorities,
    draft_programme,
    plan_course,
    quarters_of,
)
from training.programme.errors import ProgrammeError, StaleError
from training.programme.models import Programme

pytestmark = pytest.mark.usefixtures("coordinator")
APRIL, JULY = datetime.date(2027, 4, 1), datetime.date(2027, 7, 1)


def plan_of(programme: Programme) -> list[tuple[str, datetime.date, int, int | None]]:
    return list(programme.planned.values_list("course__code", "quarter_starts_on", "events", "pence_each"))


def test_draft_has_whole_financial_years(coordinator: User) -> None:
    programme = draft_programme(text=ProgrammeText("  Programme  2027–30 ", 2027, 3, 5_000_00), by=coordinator)

    assert (programme.title, programme.starts_on, programme.ends_on) == (
        "Programme 2027–30",
        APRIL,
        datetime.date(2030, 3, 31),
    )
    assert [period.key for period in quarters_of(programme)][:5] == [
        "2027-Q1",
        "2027-Q2",
        "2027-Q3",
        "2027-Q4",
        "2028-Q1",
    ]
    assert len(quarters_of(programme)) == 12


def test_draft_twice_is_one(coordinator: User) -> None:
    text = ProgrammeText("Programme 2027–30", 2027, 3)

    assert draft_programme(text=text, by=coordinator) == draft_programme(text=text, by=coordinator)
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("role", [Role.PDL_MEMBER, Role.EXECUTIVE, Role.TRAINER, None])
def test_draft_is_a_coordinators(role: Role | None, coordinator: User) -> None:
    with pytest.raises(ProgrammeError, match="Only a coordinator plans"):
        draft_programme(text=ProgrammeText("P", 2027, 3), by=make_user(role=role) if role else make_user())


@pytest.mark.parametrize(("title", "year", "years"), [(" ", 2027, 3), ("P", 1066, 3), ("P", 2027, 0), ("P", 2027, 6)])
def test_draft_refuses_rubbish(title: str, year: int, years: int, coordinator: User) -> None:
    with pytest.raises(ProgrammeError):
        draft_programme(text=ProgrammeText(title, year, years), by=coordinator)


def test_plan_keeps_other_quarters_and_takes_out_nought(coordinator: User) -> None:
    course = make_course(code="DA1")
    programme = make_programme(plan={course: {APRIL: 2, JULY: 1}}, pence_each=30_000)

    plan_course(
        programme=programme, course=course, quarters={APRIL: 0}, pence_each=45_000, revision=programme.revision,
        by=coordinator,
    )  # fmt: skip

    assert plan_of(programme) == [("DA1", JULY, 1, 45_000)]


def test_plan_refuses_a_quarter_of_another_programme(coordinator: User) -> None:
    programme, course = make_programme(), make_course()

    for day in (datetime.date(2026, 4, 1), datetime.date(2030, 4, 1), datetime.date(2027, 5, 1)):
        with pytest.raises(ProgrammeError, match="no quarter that begins"):
            plan_course(
                programme=programme, course=course, quarters={day: 1}, pence_each=None, revision=programme.revision,
                by=coordinator,
            )  # fmt: skip


@pytest.mark.parametrize("events", [-1, 100, 2**40])
def test_plan_refuses_strange_numbers(events: int, coordinator: User) -> None:
    programme, course = make_programme(), make_course()

    with pytest.raises(ProgrammeError, match="0 to 99"):
        plan_course(
            programme=programme, course=course, quarters={APRIL: events}, pence_each=None,
            revision=programme.revision, by=coordinator,
        )  # fmt: skip


def test_plan_of_two_at_once_tells_the_second(coordinator: User) -> None:
    programme, course = make_programme(), make_course()
    seen = programme.revision
    plan_course(programme=programme, course=course, quarters={APRIL: 1}, pence_each=None, revision=seen, by=coordinator)

    with pytest.raises(StaleError) as refusal:
        plan_course(
            programme=programme, course=course, quarters={APRIL: 3}, pence_each=None, revision=seen, by=coordinator
        )

    assert refusal.value.revision == seen + 1


def test_agreed_plan_is_edited_by_nobody(coordinator: User, now: datetime.datetime) -> None:
    programme = moved_on(make_programme(), "agreed", now=now)

    with pytest.raises(ProgrammeError, match="propose an amendment"):
        plan_course(
            programme=programme, course=make_course(), quarters={APRIL: 1}, pence_each=None,
            revision=programme.revision, by=coordinator,
        )  # fmt: skip
    with pytest.raises(ProgrammeError, match="propose an amendment"):
        choose_priorities(programme=programme, wanted=[], revision=programme.revision, by=coordinator)


def test_recommended_plan_waits_for_the_executive(coordinator: User, now: datetime.datetime) -> None:
    programme = moved_on(make_programme(), "recommended", now=now)

    with pytest.raises(ProgrammeError, match="stays as it is"):
        change_programme(
            programme=programme, text=ProgrammeText("P", 2027, 3), revision=programme.revision, by=coordinator
        )


def test_change_keeps_what_is_planned_within_its_years(coordinator: User) -> None:
    programme = make_programme(plan={make_course(): {datetime.date(2029, 4, 1): 1}})

    with pytest.raises(ProgrammeError, match="outside those years"):
        change_programme(
            programme=programme, text=ProgrammeText("P", 2027, 2), revision=programme.revision, by=coordinator
        )


def test_priorities_outside_the_years_are_left_out() -> None:
    programme, priority = make_programme(), make_priority()

    choose_priorities(
        programme=programme, wanted=[(priority, 2027), (priority, 2031)], revision=programme.revision,
        by=any_coordinator(),
    )  # fmt: skip

    assert list(programme.year_priorities.values_list("priority", "year")) == [(priority.pk, 2027)]
