"""Meetings, their questions, decisions and actions."""

import datetime
import uuid

import pytest

from tests.factories import make_person, make_user
from tests.factories_programme import executive, make_meeting, pdl_member
from training.governance.actions.meetings import (
    add_action_point,
    close_action_point,
    minute_decision,
    plan_meeting,
    put_on_agenda,
    take_off_agenda,
)
from training.governance.actions.reviews import close_recommendation, record_review
from training.governance.agenda import paper_of
from training.governance.errors import GovernanceError
from training.governance.models import ActionPoint, Body, Meeting, Recommendation
from training.people.models import User
from training.web.when import london_day

pytestmark = pytest.mark.usefixtures("coordinator")
DAY = datetime.timedelta(days=1)


def action(meeting: Meeting, by: User, now: datetime.datetime, **fields: object) -> ActionPoint:
    values = {"what": "Ask the police lead", "owner": make_person(), "due_on": meeting.held_on + 7 * DAY}
    return add_action_point(meeting=meeting, submission=None, by=by, now=now, **{**values, **fields})  # type: ignore[arg-type]


def test_planned_once_a_day(coordinator: User, now: datetime.datetime) -> None:
    body, day = make_meeting(now=now).body, london_day(now) + 9 * DAY
    first = plan_meeting(body=body, held_on=day, where="Online", by=coordinator)

    assert plan_meeting(body=body, held_on=day, where="Room 4", by=coordinator) == first
    assert Meeting.objects.get(pk=first.pk).where == "Room 4"


def test_only_members_and_who_minutes_write(now: datetime.datetime) -> None:
    """A member of the Executive does not write the subgroup's minutes, nor does a practitioner."""
    meeting = make_meeting(Body.Kind.PDL, now=now)
    for by in (executive(), make_user()):
        for attempt in (
            lambda by=by: plan_meeting(body=meeting.body, held_on=meeting.held_on, by=by),
            lambda by=by: put_on_agenda(body=meeting.body, subject="S", asked="A", submission=None, by=by, now=now),
            lambda by=by: minute_decision(meeting=meeting, subject="S", outcome="O", minute="", by=by, now=now),
            lambda by=by: action(meeting, by, now),
        ):
            with pytest.raises(GovernanceError, match="Only a member of the Practice Development"):
                attempt()


def test_a_question_waits_until_it_is_decided(coordinator: User, now: datetime.datetime) -> None:
    meeting, form, by = make_meeting(now=now), uuid.uuid4(), pdl_member()
    asked = [
        put_on_agenda(
            body=meeting.body, subject="After hours", asked="Try it?", submission=form, by=coordinator, now=now
        )
        for _ in range(2)
    ]
    today = london_day(now)
    assert asked[0] == asked[1]
    assert paper_of(meeting, now, today).items == [asked[0]]

    decisions = {
        minute_decision(
            meeting=meeting, subject="After hours", outcome="Yes.", minute="4", item=asked[0], by=by, now=now
        ).pk
        for _ in range(2)
    }

    assert len(decisions) == 1
    assert paper_of(meeting, now, today).items == []
    with pytest.raises(GovernanceError, match="has been decided"):
        take_off_agenda(item=asked[0], by=coordinator, now=now)


def test_taken_off_twice(coordinator: User, now: datetime.datetime) -> None:
    meeting = make_meeting(now=now)
    item = put_on_agenda(body=meeting.body, subject="S", asked="A", submission=None, by=coordinator, now=now)

    first = take_off_agenda(item=item, by=coordinator, now=now)
    again = take_off_agenda(item=item, by=coordinator, now=now + DAY)

    assert first.withdrawn_at == again.withdrawn_at == now


def test_a_meeting_to_come_decides_nothing(coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(GovernanceError, match="not been held"):
        minute_decision(
            meeting=make_meeting(days=1, now=now), subject="S", outcome="O", minute="", by=coordinator, now=now
        )


def test_an_item_of_another_body_is_left_alone(coordinator: User, now: datetime.datetime) -> None:
    ours, theirs = make_meeting(Body.Kind.PDL, now=now), make_meeting(Body.Kind.EXECUTIVE, now=now)
    item = put_on_agenda(body=theirs.body, subject="S", asked="A", submission=None, by=coordinator, now=now)

    minute_decision(meeting=ours, subject="S", outcome="O", minute="", item=item, by=coordinator, now=now)

    item.refresh_from_db()
    assert item.decision is None


def test_the_next_paper_shows_what_came_of_it(coordinator: User, now: datetime.datetime) -> None:
    last, following = make_meeting(days=-30, now=now), make_meeting(days=7, now=now)
    older = action(make_meeting(days=-90, now=now), coordinator, now, what="Older")
    owner = make_user()
    point = action(last, coordinator, now, owner=owner.person)

    close_action_point(point=point, standing="done", outcome=" They  will come. ", by=owner, now=now)

    paper = paper_of(following, now, london_day(now))
    assert (paper.last, paper.open_actions) == (last, [older])
    assert [(one.standing, one.outcome) for one in paper.last_actions] == [("done", "They will come.")]


def test_an_action_is_closed_once_by_owner_or_minuter(coordinator: User, now: datetime.datetime) -> None:
    point = action(make_meeting(now=now), coordinator, now)

    with pytest.raises(GovernanceError, match="Only a member"):
        close_action_point(point=point, standing="done", outcome="Done", by=make_user(), now=now)
    with pytest.raises(GovernanceError, match="Enter what came of it"):
        close_action_point(point=point, standing="done", outcome=" ", by=coordinator, now=now)
    close_action_point(point=point, standing="dropped", outcome="Not needed", by=coordinator, now=now)
    again = close_action_point(point=point, standing="done", outcome="Done", by=coordinator, now=now)

    assert (again.standing, again.outcome) == ("dropped", "Not needed")


def test_an_action_is_due_after_its_meeting_and_written_once(coordinator: User, now: datetime.datetime) -> None:
    meeting, form, owner = make_meeting(now=now), uuid.uuid4(), make_person()
    with pytest.raises(GovernanceError, match="before the meeting"):
        action(meeting, coordinator, now, due_on=meeting.held_on - DAY)

    made = [
        add_action_point(
            meeting=meeting, what="X", owner=owner, due_on=meeting.held_on, submission=form, by=coordinator, now=now
        )
        for _ in range(2)
    ]

    assert made[0] == made[1]


def test_training_delivered_closes_no_recommendation(coordinator: User, now: datetime.datetime) -> None:
    review = record_review(
        title="Child M", kind="child", published_on=london_day(now), recommendations=["See the child", "See the child"],
        by=coordinator,
    )  # fmt: skip
    one = review.recommendations.get()
    meeting = make_meeting(now=now)
    decision = minute_decision(meeting=meeting, subject="M", outcome="Close 1.", minute="", by=coordinator, now=now)

    with pytest.raises(GovernanceError, match="closes no recommendation"):
        close_recommendation(
            recommendation=one, decision=decision, what_was_seen="Training delivered", by=coordinator, now=now
        )
    seen = "17 of 20 files in May show that the child was seen alone; in November it was 12."
    closed = close_recommendation(recommendation=one, decision=decision, what_was_seen=seen, by=coordinator, now=now)
    again = close_recommendation(
        recommendation=one, decision=decision, what_was_seen="Other words " * 9, by=coordinator, now=now
    )

    assert (closed.what_was_seen, again.what_was_seen) == (seen, seen)
    assert list(Recommendation.objects.open()) == []


def test_a_review_said_again_gets_what_it_lacks(coordinator: User, now: datetime.datetime) -> None:
    for lines in (["A", "B"], ["B", "C", " "]):
        record_review(
            title="Child M", kind="child", published_on=london_day(now), recommendations=lines, by=coordinator
        )

    assert list(Recommendation.objects.order_by("number").values_list("number", "text")) == [
        (1, "A"),
        (2, "B"),
        (3, "C"),
    ]
