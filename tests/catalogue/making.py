"""Short ways to plans and shapes for tests of actions."""

import datetime
from dataclasses import replace
from typing import Any

from training.catalogue.actions.courses import CourseShape
from training.catalogue.actions.events import plan_of
from training.catalogue.models import Course, Event, Session
from training.catalogue.plans import CourseText, EventPlan, SessionPlan

SHAPE = CourseShape(kind="course", remit="children", usual_mode="face_to_face")
HOUR = datetime.timedelta(hours=1)


def moved(event: Event, by: datetime.timedelta, **changes: Any) -> EventPlan:
    """The plan of a date with all of its days later by so much."""
    plan = plan_of(event)
    sessions = [replace(day, starts_at=day.starts_at + by, ends_at=day.ends_at + by) for day in plan.sessions]
    return replace(plan, sessions=sessions, **changes)


def changed(event: Event, **changes: Any) -> EventPlan:
    return replace(plan_of(event), **changes)


def correction(course: Course, **changes: Any) -> dict[str, Any]:
    """What `correct_course` and `revise_outcomes` take for a course as it is, with changes of the text or outcomes."""
    version = course.versions.get(is_current=True)
    outcomes = changes.pop("outcomes", [outcome.text for outcome in version.outcomes.all()])
    text = CourseText(**{"title": version.title, "audience": version.audience, **changes})
    return {
        "course": course,
        "shape": SHAPE,
        "text": text,
        "outcomes": outcomes,
        "levels": (),
        "revision": course.revision,
    }


def session_at(starts_at: datetime.datetime, hours: int = 3, **fields: Any) -> SessionPlan:
    return SessionPlan(starts_at, starts_at + hours * HOUR, **fields)


def days_of(event: Event) -> list[tuple[int, int, datetime.datetime]]:
    """Position, row and start of each day."""
    rows = Session.objects.filter(event=event).order_by("position")
    return [(day.position, day.pk, day.starts_at) for day in rows]
