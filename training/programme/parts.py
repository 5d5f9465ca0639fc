"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from training.config.parts import Todo
from training.people.models import Person, User
from training.programme.agenda import agenda
from training.programme.models import DemandSignal
from training.programme.waiting import planner_todos

__all__ = ["agenda", "erase_person", "export_person", "move_person", "todos"]


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    return planner_todos(user, now)


def export_person(person: Person) -> dict[str, Any]:
    """Which courses they asked to be told of."""
    rows = DemandSignal.objects.filter(person=person).select_related("course", "told_of").order_by("made_at", "pk")
    return {"asked_to_be_told_of": [_exported(row) for row in rows]}


def _exported(row: DemandSignal) -> dict[str, Any]:
    return {
        "course": row.course.code,
        "asked_at": row.made_at.isoformat(),
        "taken_back_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "told_of": row.told_of.reference if row.told_of else None,
    }


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """Where both wait for one course, one waits on."""
    both = DemandSignal.objects.waiting().filter(person=target).values("course")
    DemandSignal.objects.waiting().filter(person=source, course__in=both).update(withdrawn_at=now)
    DemandSignal.objects.filter(person=source).update(person=target)


def erase_person(person: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """What somebody was interested in goes with them."""
    DemandSignal.objects.filter(person=person).delete()
