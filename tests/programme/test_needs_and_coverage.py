"""Needs, the courses that answer them, and the page "does the programme meet the need?"."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_user
from tests.factories_catalogue import in_days, make_course, make_event, make_venue
from tests.factories_programme import make_priority, make_programme
from training.catalogue.actions.standing import cancel_event
from training.governance.actions.reviews import record_review
from training.people.models import User
from training.programme.actions.needs import NeedText, answer_need, close_need, raise_need, unanswer_need
from training.programme.coverage import coverage_of
from training.programme.errors import ProgrammeError
from training.programme.models import TrainingNeed

APRIL, JULY, OCTOBER = (datetime.date(2027, month, 1) for month in (4, 7, 10))
TODAY = datetime.date(2027, 5, 10)


def raised(by: User, now: datetime.datetime, **fields: object) -> TrainingNeed:
    text = NeedText(**{"source": "audit", "text": "To know", **fields})  # type: ignore[arg-type]
    return raise_need(text=text, submission=None, by=by, now=now)


def test_raise_twice_is_once(coordinator: User, now: datetime.datetime) -> None:
    form = uuid.uuid4()
    needs = [raise_need(text=NeedText("audit", "X"), submission=form, by=coordinator, now=now) for _ in range(2)]

    assert needs[0] == needs[1]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("priority", "Choose the priority"),
        ("review", "Choose the recommendation"),
        ("agency", "Choose the organisation"),
    ],
)
def test_raise_names_its_source(source: str, sentence: str, coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(ProgrammeError, match=sentence):
        raised(coordinator, now, source=source)


def test_needs_are_planners(coordinator: User, now: datetime.datetime) -> None:
    need, stranger, course = raised(coordinator, now), make_user(), make_course()

    for attempt in (
        lambda: raised(stranger, now),
        lambda: answer_need(need=need, course=course, on=TODAY, by=stranger),
        lambda: unanswer_need(need=need, course=course, by=stranger),
        lambda: close_need(need=need, standing="set_aside", reason="x", by=stranger, now=now),
    ):
        with pytest.raises(ProgrammeError, match="Only a coordinator plans"):
            attempt()


def test_met_needs_a_course(coordinator: User, now: datetime.datetime) -> None:
    need, course = raised(coordinator, now), make_course(now=now)
    with pytest.raises(ProgrammeError, match="No course answers"):
        close_need(need=need, standing="met", reason="Seen in May.", by=coordinator, now=now)

    answer_need(need=need, course=course, on=TODAY, by=coordinator)
    closed = close_need(need=need, standing="met", reason="Seen in May.", by=coordinator, now=now)
    again = close_need(need=need, standing="set_aside", reason="Other", by=coordinator, now=now)

    assert (closed.standing, again.standing, again.closed_reason) == ("met", "met", "Seen in May.")


def test_an_answer_holds_the_version_of_its_day(coordinator: User, now: datetime.datetime) -> None:
    need, course = raised(coordinator, now), make_course(now=now)

    early = answer_need(need=need, course=course, on=datetime.date(2020, 1, 1), by=coordinator)

    assert (early.since_version.number, early.on) == (1, datetime.date(2020, 1, 1))
    again = answer_need(need=need, course=course, on=TODAY, by=coordinator)
    assert (again.pk, again.on) == (early.pk, TODAY)


def test_coverage_finds_what_is_lacking(coordinator: User, now: datetime.datetime) -> None:
    met, unmet = make_priority("Neglect"), make_priority("Transitions")
    answering = make_course(code="NEG", priorities=[met])
    answering_need, answering_none = make_course(code="TRA"), make_course(code="OLD")
    programme = make_programme(
        years=1,
        priorities=(met, unmet),
        plan={answering: {APRIL: 2, JULY: 1, OCTOBER: 1}, answering_need: {JULY: 1}, answering_none: {APRIL: 1}},
    )
    lessons = ["See the child alone", "Write it down"]
    review = record_review(title="M", kind="child", published_on=APRIL, recommendations=lessons, by=coordinator)
    first, second = review.recommendations.order_by("number")
    answered = raised(coordinator, now, source="review", recommendation=first)
    unanswered = raised(coordinator, now, text="Nobody teaches it")
    answer_need(need=answered, course=answering_need, on=TODAY, by=coordinator)

    found = coverage_of(programme, TODAY)

    assert [(row.priority.name, row.events, row.is_met) for row in found.priorities] == [
        ("Neglect", 4, True),
        ("Transitions", 0, False),
    ]
    assert found.recommendations == [second]
    assert found.needs == [unanswered]
    assert [course.code for course in found.answering_none] == ["OLD"]


def test_a_need_ties_a_priority_to_a_course(coordinator: User, now: datetime.datetime) -> None:
    priority, course = make_priority("Transitions"), make_course()
    programme = make_programme(years=1, priorities=(priority,), plan={course: {APRIL: 1}})
    assert [row.is_met for row in coverage_of(programme, TODAY).priorities] == [False]

    need = raised(coordinator, now, source="priority", priority=priority)
    answer_need(need=need, course=course, on=TODAY, by=coordinator)

    assert [row.is_met for row in coverage_of(programme, TODAY).priorities] == [True]


def test_gaps_count_what_is_scheduled_up_to_the_next_quarter(coordinator: User, now: datetime.datetime) -> None:
    course, other = make_course(code="NEG"), make_course(code="XTR")
    programme = make_programme(years=1, plan={course: {APRIL: 2, JULY: 1, OCTOBER: 1}})
    venue = make_venue()
    make_event(course, days=[in_days(3, now=now)], venue=venue, now=now)
    cancelled = make_event(course, days=[in_days(4, now=now)], venue=venue, now=now)
    cancel_event(event=cancelled, reason="Ill", by=coordinator, now=now)
    make_event(other, days=[datetime.date(2027, 6, 30)], venue=venue, now=now)

    found = coverage_of(programme, TODAY)

    assert [(gap.quarter.key, gap.planned, gap.scheduled, gap.missing) for gap in found.gaps] == [
        ("2027-Q1", 2, 1, 1),
        ("2027-Q2", 1, 0, 1),
    ]
    assert [(gap.course.code, gap.quarter.key, gap.scheduled) for gap in found.unplanned] == [("XTR", "2027-Q1", 1)]


def test_coverage_asks_as_often_whatever_the_plan(coordinator: User) -> None:
    def queries(courses: int, years: int) -> int:
        plan = {make_course(): {datetime.date(2040 + 10 * courses, 4, 1): 1} for _ in range(courses)}
        programme = make_programme(first_year=2040 + 10 * courses, years=years, plan=plan)
        with CaptureQueriesContext(connection) as captured:
            coverage_of(programme, TODAY)
        return len(captured)

    assert queries(1, 1) == queries(3, 3)
