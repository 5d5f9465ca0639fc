"""Short ways to plans and shapes for tests of actions."""

import datetime
from dataclasses import replace
from typing import Any

from django.test import Client

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


def typed_in(client: Client, url: str) -> dict[str, Any]:
    """What the form of this page would send if nothing were changed."""
    form = client.get(url).context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        widget = bound.field.widget
        shown = widget.get_context(
            bound.html_name,
            widget.format_value(bound.value()) if not hasattr(widget, "decompress") else bound.value(),
            {},
        )
        for part in shown["widget"].get("subwidgets", [shown["widget"]]):
            if "value" in part and isinstance(part["value"], str):
                data[part["name"]] = part["value"]
        if bound.html_name not in data and isinstance(bound.value(), list | bool):
            if bound.value():
                data[bound.html_name] = (
                    [str(getattr(v, "pk", v)) for v in bound.value()] if isinstance(bound.value(), list) else "on"
                )
        elif "select" in str(widget.template_name) and bound.value() not in (None, ""):
            value = bound.value()
            data[bound.html_name] = getattr(value, "reference", value)
    return data
