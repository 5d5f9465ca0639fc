"""An agreed programme changes by amendment alone: proposed, decided, applied as a whole or not at all."""

import datetime
import uuid

import pytest

from tests.factories_catalogue import make_course
from tests.factories_programme import executive, make_programme, moved_on, pdl_member
from training.catalogue.models import Course
from training.governance.models import Body
from training.people.models import User
from training.programme.actions.amending import (
    Wanted,
    decide_amendment,
    deciding_body,
    propose_amendment,
    withdraw_amendment,
)
from training.programme.actions.deciding import Minuted
from training.programme.agenda import agenda
from training.programme.errors import ProgrammeError
from training.programme.models import Amendment, Programme

APRIL, JULY = datetime.date(2027, 4, 1), datetime.date(2027, 7, 1)
MINUTED = Minuted(datetime.date(2027, 5, 7), "Agreed.", "item 4")


@pytest.fixture
def course(coordinator: User) -> Course:
    return make_course(code="DA1")


@pytest.fixture
def agreed(course: Course, now: datetime.datetime) -> Programme:
    """Once in April at £500, of £10,000."""
    return moved_on(make_programme(plan={course: {APRIL: 1}}), "agreed", now=now)


def propose(
    programme: Programme, changes: list[Wanted], by: User, now: datetime.datetime, **fields: object
) -> Amendment:
    values = {"reason": "More is asked for.", "submission": None, **fields}
    return propose_amendment(programme=programme, changes=changes, by=by, now=now, **values)  # type: ignore[arg-type]


def plan_of(programme: Programme) -> dict[tuple[str, datetime.date], int]:
    rows = programme.planned.values_list("course__code", "quarter_starts_on", "events")
    return {(code, day): events for code, day, events in rows}


def test_agreed_it_is_the_plan(agreed: Programme, course: Course, coordinator: User, now: datetime.datetime) -> None:
    other = make_course(code="NEG")
    amendment = propose(agreed, [Wanted(course, APRIL, 0), Wanted(other, JULY, 2, 40_000)], coordinator, now)
    assert plan_of(agreed) == {("DA1", APRIL): 1}

    decide_amendment(amendment=amendment, is_agreed=True, minuted=MINUTED, by=pdl_member(), now=now)

    assert plan_of(agreed) == {("DA1", APRIL): 0, ("NEG", JULY): 2}
    assert [row.pence for row in agreed.planned.order_by("course__code")] == [0, 80_000]


def test_refused_nothing_changes(agreed: Programme, course: Course, coordinator: User, now: datetime.datetime) -> None:
    amendment = propose(agreed, [Wanted(course, APRIL, 5)], coordinator, now)

    refused = decide_amendment(amendment=amendment, is_agreed=False, minuted=MINUTED, by=pdl_member(), now=now)

    assert (refused.standing, plan_of(agreed)) == ("refused", {("DA1", APRIL): 1})


def test_beyond_the_envelope_the_executive_decides(
    agreed: Programme, course: Course, coordinator: User, now: datetime.datetime
) -> None:
    within = propose(agreed, [Wanted(course, JULY, 19)], coordinator, now)  # 20 × £500 is the whole envelope
    beyond = propose(agreed, [Wanted(course, JULY, 20)], coordinator, now)

    assert [deciding_body(within), deciding_body(beyond)] == [Body.Kind.PDL, Body.Kind.EXECUTIVE]
    with pytest.raises(ProgrammeError, match="Only a member of the Safeguarding Executive"):
        decide_amendment(amendment=beyond, is_agreed=True, minuted=MINUTED, by=pdl_member(), now=now)
    decide_amendment(amendment=beyond, is_agreed=True, minuted=MINUTED, by=executive(), now=now)
    assert plan_of(agreed)[("DA1", JULY)] == 20


def test_twice_is_once(agreed: Programme, course: Course, coordinator: User, now: datetime.datetime) -> None:
    form = uuid.uuid4()
    first = propose(agreed, [Wanted(course, APRIL, 2)], coordinator, now, submission=form)
    again = propose(agreed, [Wanted(course, APRIL, 2)], coordinator, now, submission=form)
    member = pdl_member()

    for _ in range(2):
        decide_amendment(amendment=first, is_agreed=True, minuted=MINUTED, by=member, now=now)
    late = decide_amendment(amendment=first, is_agreed=False, minuted=MINUTED, by=member, now=now)

    assert (first, Amendment.objects.count(), late.standing) == (again, 1, "agreed")


def test_a_plan_that_moved_is_not_overwritten(
    agreed: Programme, course: Course, coordinator: User, now: datetime.datetime
) -> None:
    one = propose(agreed, [Wanted(course, APRIL, 2)], coordinator, now)
    other = propose(agreed, [Wanted(course, APRIL, 4)], coordinator, now)
    member = pdl_member()
    decide_amendment(amendment=one, is_agreed=True, minuted=MINUTED, by=member, now=now)

    with pytest.raises(ProgrammeError, match="plan of DA1 has changed"):
        decide_amendment(amendment=other, is_agreed=True, minuted=MINUTED, by=member, now=now)

    other.refresh_from_db()
    assert (other.standing, plan_of(agreed)) == ("proposed", {("DA1", APRIL): 2})


def test_taken_back_it_leaves_the_agenda(
    agreed: Programme, course: Course, coordinator: User, now: datetime.datetime
) -> None:
    amendment = propose(agreed, [Wanted(course, APRIL, 2)], coordinator, now)
    assert [point.asked for point in agenda(Body.Kind.PDL, now)] == ["More is asked for."]

    for _ in range(2):
        withdraw_amendment(amendment=amendment, by=coordinator, now=now)

    assert agenda(Body.Kind.PDL, now) == []
    with pytest.raises(ProgrammeError, match="Only a member"):
        decide_amendment(amendment=amendment, is_agreed=True, minuted=MINUTED, by=coordinator, now=now)


def test_what_proposes_nothing_is_refused(
    agreed: Programme, course: Course, coordinator: User, now: datetime.datetime
) -> None:
    for changes, reason, sentence in (
        ([Wanted(course, APRIL, 1)], "Why", "Nothing would change"),
        ([], "Why", "Nothing would change"),
        ([Wanted(course, APRIL, 2)], "  ", "Enter why"),
        ([Wanted(course, datetime.date(2027, 5, 1), 2)], "Why", "a quarter of the programme"),
        ([Wanted(course, APRIL, 1000)], "Why", "a quarter of the programme"),
    ):
        with pytest.raises(ProgrammeError, match=sentence):
            propose(agreed, changes, coordinator, now, reason=reason)


def test_a_draft_is_not_amended(course: Course, coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(ProgrammeError, match="only an agreed one is amended"):
        propose(make_programme(), [Wanted(course, APRIL, 2)], coordinator, now)


def test_only_planners_propose(agreed: Programme, course: Course, now: datetime.datetime) -> None:
    with pytest.raises(ProgrammeError, match="Only a coordinator plans"):
        propose(agreed, [Wanted(course, APRIL, 2)], pdl_member(), now)
