"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from training.governance.demo import load_demo
from training.governance.models import ActionPoint
from training.governance.waiting import todos
from training.people.models import Person, User

__all__ = ["export_person", "load_demo", "move_person", "todos"]


def export_person(person: Person) -> dict[str, Any]:
    """What meetings have asked of them."""
    rows = ActionPoint.objects.filter(owner=person).select_related("meeting__body").order_by("due_on", "pk")
    return {"actions_of_meetings": [_exported(point) for point in rows]}


def _exported(point: ActionPoint) -> dict[str, Any]:
    return {
        "what": point.what,
        "meeting": str(point.meeting),
        "by": point.due_on.isoformat(),
        "how_it_stands": point.get_standing_display(),
        "outcome": point.outcome,
    }


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """What one was asked to do, the other is. What they wrote down stays theirs: it is history."""
    ActionPoint.objects.filter(owner=source).update(owner=target)
