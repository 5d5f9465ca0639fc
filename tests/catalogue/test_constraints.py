"""PostgreSQL refuses, by name, what no code of ours should ever try."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import make_person
from tests.factories_catalogue import (
    in_days,
    make_course,
    make_event,
    make_framework,
    make_teaching,
    make_trainer,
    make_venue,
    make_version,
)
from training.catalogue.models import (
    Course,
    CourseLevel,
    CourseVersion,
    Event,
    Framework,
    LearningOutcome,
    Session,
    Synonym,
    Teaching,
    TeachingStep,
    Venue,
)
from training.governance.models import Body, Decision, Meeting, Priority
from training.people.models import User

DAY = datetime.date(2027, 5, 14)
AT = datetime.datetime(2027, 5, 14, 9, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("coordinator")


def refused(constraint: str, attempt: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError) as refusal:
        _try_out(attempt)
    assert refusal.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def _try_out(attempt: Callable[[], Any]) -> None:
    with transaction.atomic():
        attempt()
        connection.check_constraints()  # those put off to the commit


def course(**fields: Any) -> Course:
    return Course.objects.create(**{"code": "A1", "remit": "children", "usual_mode": "virtual", **fields})


def version(of: Course, **fields: Any) -> CourseVersion:
    return CourseVersion.objects.create(
        **{"course": of, "number": 2, "is_current": False, "title": "T", "made_at": AT, **fields}
    )


def session(event: Event, start: datetime.datetime = AT, **fields: Any) -> Session:
    return Session.objects.create(
        **{"event": event, "position": 9, "starts_at": start, "ends_at": start + HOUR, **fields}
    )


def event(**fields: Any) -> Event:
    places = {"mode": "virtual", "room_limit": 20, "places_offered": 18}
    return Event.objects.create(**{"reference": "E9", "version": make_version(), **places, **fields})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("course_standing_is_known", {"standing": "gone"}),
        ("course_code_fits_an_address", {"code": "A/1"}),
        ("course_code_fits_an_address", {"code": ""}),
    ],
)
def test_course_refuses(constraint: str, fields: dict[str, Any]) -> None:
    refused(constraint, lambda: course(**fields))


def test_course_refuses_the_same_code_in_another_case() -> None:
    course(code="A1")
    refused("course_code_is_unique", lambda: course(code="a1"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("course_version_number_once", {"number": 1}),
        ("course_has_one_current_version", {"is_current": True}),
        ("course_version_has_a_title", {"title": ""}),
        ("course_version_takes_time", {"hours": 0}),
        ("course_version_refresher_is_later", {"refresher_months": 0}),
    ],
)
def test_course_version_refuses(constraint: str, fields: dict[str, Any]) -> None:
    of = make_course()
    refused(constraint, lambda: version(of, **fields))


def test_learning_outcome_refuses() -> None:
    of = make_version(outcomes=["One"])
    refused("outcome_position_once", lambda: LearningOutcome.objects.create(version=of, position=1, text="Two"))
    refused("outcome_says_something", lambda: LearningOutcome.objects.create(version=of, position=2, text=""))


def test_course_level_refuses() -> None:
    of, ladder = make_version(levels=["2"]), make_framework()
    other = Framework.objects.create(code="other", name="Other", rungs=["A", "B"])
    once = {"version": of, "lowest": 1, "highest": 1}
    refused("course_level_once_a_framework", lambda: CourseLevel.objects.create(**once, framework=ladder))
    backwards = {**once, "framework": other, "lowest": 2}
    refused("course_level_lowest_first", lambda: CourseLevel.objects.create(**backwards))


def test_synonym_refuses_the_same_in_another_case() -> None:
    Synonym.objects.create(term="XY", meaning="Something")
    refused("synonym_once", lambda: Synonym.objects.create(term="xy", meaning="something"))


def test_venue_refuses() -> None:
    make_venue("Room 1")
    refused("venue_name_is_unique", lambda: Venue.objects.create(name="room 1", address="There", capacity=1))
    refused("venue_holds_somebody", lambda: Venue.objects.create(name="Cupboard", address="There", capacity=0))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("event_standing_is_known", {"standing": "lost"}),
        ("event_reference_fits_an_address", {"reference": "../E9"}),
        ("event_holds_no_more_than_the_room", {"places_held": 21}),
        ("event_has_places_unless_e_learning", {"places_offered": None}),
        ("event_has_places_unless_e_learning", {"room_limit": 0, "places_offered": 0}),
        ("event_has_places_unless_e_learning", {"mode": "e_learning"}),
        ("event_offers_what_the_room_holds", {"places_offered": 21}),
        ("event_minimum_can_be_reached", {"minimum": 19}),
        ("event_published_has_a_date", {"standing": "published"}),
    ],
)
def test_event_refuses(constraint: str, fields: dict[str, Any]) -> None:
    refused(constraint, lambda: event(**fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("session_position_once", {"position": 1}),
        ("session_ends_after_it_starts", {"ends_at": AT}),
        ("session_lasts_a_day_at_most", {"ends_at": AT + 25 * HOUR}),
        ("session_not_twice_at_once", {"start": AT + 72 * HOUR, "ends_at": AT + 75 * HOUR}),
    ],
)
def test_session_refuses(constraint: str, fields: dict[str, Any]) -> None:
    of = event()
    session(of, AT + 73 * HOUR, position=1)
    refused(constraint, lambda: session(of, **fields))


def test_an_open_event_keeps_a_session() -> None:
    of = make_event(days=[DAY])
    refused("event_published_has_a_date", lambda: of.sessions.all().delete())


def test_teaching_refuses(now: datetime.datetime) -> None:
    of, dana = make_event(days=[in_days(4, now=now)], now=now), make_trainer()
    one = make_teaching(of, dana, now=now)[0]
    again = {"session": one.session, "person": dana, "asked_at": AT}
    refused("teaching_once_a_session", lambda: Teaching.objects.create(**again))
    refused("teaching_status_is_known", lambda: Teaching.objects.update(status="maybe"))
    elsewhere = make_event(days=[in_days(4, now=now)], now=now).sessions.get()
    twice = {"session": elsewhere, "person": dana, "asked_at": AT, "status": "confirmed"}
    refused("teaching_confirmed_in_one_place", lambda: Teaching.objects.create(**twice))
    nothing = {"teaching": one, "was": "confirmed", "became": "confirmed", "at": AT, "by": dana}
    refused("teaching_step_changes_something", lambda: TeachingStep.objects.create(**nothing))


def test_teaching_is_refused_in_two_places_after_a_session_moves(now: datetime.datetime) -> None:
    first, second = (make_event(days=[in_days(days, now=now)], now=now) for days in (4, 5))
    dana = make_trainer()
    make_teaching(first, dana, now=now)
    make_teaching(second, dana, now=now)
    day = first.sessions.get()
    moving = {"starts_at": day.starts_at + 24 * HOUR, "ends_at": day.ends_at + 24 * HOUR}
    refused("teaching_confirmed_in_one_place", lambda: Session.objects.filter(pk=day.pk).update(**moving))


def test_governance_refuses(coordinator: User) -> None:
    body = Body.objects.create(name="PDL", kind="pdl")
    meeting = Meeting.objects.create(body=body, held_on=DAY)
    Priority.objects.create(name="Neglect")
    refused("meeting_once_a_day", lambda: Meeting.objects.create(body=body, held_on=DAY))
    refused("governance_body_name_key", lambda: Body.objects.create(name="PDL", kind="other"))
    refused("priority_name_is_unique", lambda: Priority.objects.create(name="neglect"))
    period = {"starts_on": DAY, "ends_on": DAY}
    refused("priority_ends_after_it_starts", lambda: Priority.objects.create(name="Other", **period))
    decided = {"meeting": meeting, "subject": "S", "outcome": "O", "recorded_by": make_person(), "recorded_at": AT}
    one = Decision.objects.create(**decided)
    refused("governance_decision_reference_key", lambda: Decision.objects.create(**decided, reference=one.reference))


def test_history_refuses_to_be_rewritten() -> None:
    make_course()
    for action in (lambda: Course.history.rel.related_model.objects.update(code="X"),):
        with pytest.raises(Exception, match="Cannot update or delete rows"), transaction.atomic():
            action()
