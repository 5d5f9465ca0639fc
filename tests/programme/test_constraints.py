"""PostgreSQL refuses, by name, what no code of ours should ever try."""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from tests.factories import make_agency, make_person
from tests.factories_catalogue import make_course, make_event
from tests.factories_programme import make_priority, make_programme, moved_on, pdl_member
from training.catalogue.models import Course
from training.governance.models import Decision
from training.people.models import User
from training.programme.models import (
    Amendment,
    AmendmentLine,
    DemandSignal,
    NeedAnswer,
    PlannedCourse,
    Programme,
    ProgrammeStep,
    TrainingNeed,
    YearPriority,
)

pytestmark = pytest.mark.usefixtures("coordinator")
APRIL, JULY = datetime.date(2027, 4, 1), datetime.date(2027, 7, 1)
AT = datetime.datetime(2027, 5, 14, 9, tzinfo=datetime.UTC)


def refused(name: str, action: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        action()


def test_programme_refuses() -> None:
    period = DateRange(APRIL, datetime.date(2030, 4, 1))
    refused("programme_has_a_title", lambda: Programme.objects.create(title="", period=period))
    refused("programme_standing_is_known", lambda: Programme.objects.create(title="P", period=period, standing="x"))
    no_day = DateRange(APRIL, APRIL)
    refused("programme_has_a_first_and_a_last_day", lambda: Programme.objects.create(title="P", period=no_day))
    endless = DateRange(APRIL, None)
    refused("programme_has_a_first_and_a_last_day", lambda: Programme.objects.create(title="P", period=endless))
    Programme.objects.create(title="P", period=period, standing="live")
    refused("programme_one_runs_at_a_time", lambda: Programme.objects.create(title="Q", period=period, standing="live"))


@pytest.mark.parametrize("became", ["recommended", "agreed", "draft"])
def test_a_bodys_step_has_its_decision(became: str) -> None:
    row = {"programme": make_programme(), "was": "draft", "became": became, "at": AT, "by": make_person()}
    refused("programme_step_of_a_body_has_its_decision", lambda: ProgrammeStep.objects.create(**row))


def test_year_priority_refuses() -> None:
    programme, priority = make_programme(priorities=()), make_priority()
    YearPriority.objects.create(programme=programme, priority=priority, year=2027)
    for name, year in (("year_priority_once", 2027), ("year_priority_year_is_one", 20270)):
        refused(name, lambda year=year: YearPriority.objects.create(programme=programme, priority=priority, year=year))


def test_planned_course_refuses() -> None:
    course = make_course()
    programme = make_programme(plan={course: {APRIL: 1}})
    row = {"programme": programme, "course": course, "events": 1}
    refused("planned_course_once_a_quarter", lambda: PlannedCourse.objects.create(**row, quarter_starts_on=APRIL))
    row["events"] = 100
    refused("planned_course_events_are_few", lambda: PlannedCourse.objects.create(**row, quarter_starts_on=JULY))
    row["events"] = 1
    for day in (datetime.date(2027, 3, 31), datetime.date(2030, 4, 1)):
        refused(
            "planned_course_lies_within_its_programme",
            lambda day=day: PlannedCourse.objects.create(**row, quarter_starts_on=day),
        )


@pytest.mark.parametrize("standing", ["recommended", "agreed", "live"])
def test_a_plan_that_left_its_draft_needs_an_agreed_amendment(standing: str, now: datetime.datetime) -> None:
    course = make_course()
    programme = moved_on(make_programme(plan={course: {APRIL: 1}}), standing, now=now)
    proposed = Amendment.objects.create(
        programme=programme, number=1, reason="Why", proposed_at=AT, proposed_by=make_person()
    )
    name = "planned_course_needs_an_agreed_amendment"
    refused(name, lambda: programme.planned.update(events=9))
    refused(name, lambda: programme.planned.update(events=9, amendment=proposed))
    refused(name, lambda: programme.planned.all().delete())
    row = {"programme": programme, "course": course, "events": 1, "quarter_starts_on": JULY}
    refused(name, lambda: PlannedCourse.objects.create(**row))
    refused(name, lambda: PlannedCourse.objects.create(**row, amendment=proposed))


def test_an_agreed_amendment_is_used_once_a_row_and_by_its_own_programme(now: datetime.datetime) -> None:
    programme = moved_on(make_programme(), "agreed", now=now)
    foreign = agreed_amendment(moved_on(make_programme(first_year=2031), "agreed", now=now))
    own = agreed_amendment(programme)
    name = "planned_course_needs_an_agreed_amendment"
    refused(name, lambda: programme.planned.update(events=2, amendment=foreign))
    programme.planned.update(events=2, amendment=own)
    refused(name, lambda: programme.planned.update(events=3, amendment=own))


def agreed_amendment(programme: Programme) -> Amendment:
    person, decision = pdl_member().person, Decision.objects.order_by("pk")[0]
    return Amendment.objects.create(
        programme=programme, number=1, reason="Why", proposed_at=AT, proposed_by=person, standing="agreed",
        decided_at=AT, decided_by=person, decision=decision,
    )  # fmt: skip


def test_amendment_refuses() -> None:
    programme, person = make_programme(), make_person()
    row = {"programme": programme, "number": 1, "reason": "Why", "proposed_at": AT, "proposed_by": person}
    one = Amendment.objects.create(**row)
    refused("amendment_number_once", lambda: Amendment.objects.create(**row))
    row["number"] = 2
    refused("amendment_has_a_reason", lambda: Amendment.objects.create(**{**row, "reason": ""}))
    for standing in ("agreed", "refused", "withdrawn"):
        refused(
            "amendment_is_decided_by_a_meeting",
            lambda standing=standing: Amendment.objects.create(**row, standing=standing),
        )
    line = {"amendment": one, "course": make_course(), "quarter_starts_on": APRIL}
    refused(
        "amendment_line_changes_something",
        lambda: AmendmentLine.objects.create(**line, events_before=1, events_after=1),
    )
    refused(
        "amendment_line_events_are_few",
        lambda: AmendmentLine.objects.create(**line, events_before=1, events_after=100),
    )
    AmendmentLine.objects.create(**line, events_before=1, events_after=2)
    refused(
        "amendment_line_once_a_quarter", lambda: AmendmentLine.objects.create(**line, events_before=1, events_after=3)
    )


def test_need_refuses() -> None:
    person = make_person()
    row = {"text": "To know", "raised_on": APRIL, "raised_by": person}
    for source in ("priority", "review", "agency"):
        refused("need_names_its_source", lambda source=source: TrainingNeed.objects.create(**row, source=source))
    need = TrainingNeed.objects.create(**row, source="audit")
    refused("need_says_something", lambda: TrainingNeed.objects.create(**{**row, "text": ""}, source="audit"))
    refused("need_closes_with_who_when_and_why", lambda: TrainingNeed.objects.filter(pk=need.pk).update(standing="met"))
    TrainingNeed.objects.create(**row, source="agency", agency=make_agency())
    course = make_course()
    answer = {"need": need, "course": course, "since_version": course.versions.get(), "on": APRIL, "by": person}
    NeedAnswer.objects.create(**answer)
    refused("need_answer_once_a_course", lambda: NeedAnswer.objects.create(**answer))


def test_demand_refuses(coordinator: User) -> None:
    course: Course = make_course()
    row = {"course": course, "person": coordinator.person, "made_at": AT}
    refused("demand_is_told_of_a_date", lambda: DemandSignal.objects.create(**row, told_at=AT))
    refused("demand_is_told_of_a_date", lambda: DemandSignal.objects.create(**row, told_of=make_event()))
    DemandSignal.objects.create(**row)
    refused("demand_waits_once_a_course", lambda: DemandSignal.objects.create(**row))
    DemandSignal.objects.create(**row, withdrawn_at=AT)
