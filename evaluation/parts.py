"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from evaluation.actions.asking_managers import forget_person
from evaluation.agenda import agenda
from evaluation.demo import load_demo
from evaluation.evidence import priorities_without
from evaluation.models import Invitation, ManagerConfirmation
from evaluation.waiting import feedback, todos
from training.config.parts import Panel
from training.people.models import Person, User
from training.people.permissions import Permission
from training.web.when import london_day

__all__ = ["agenda", "erase_person", "export_person", "load_demo", "panels", "todos"]

ASKED_AT_ONCE = 2  # on one's own page; the home page has them all


def panels(user: User, now: datetime.datetime) -> list[Panel]:
    """ "Give feedback", where a page does not list what is to do anyway; for the PDL what has no evidence."""
    asked = feedback(user, now)
    shown = {"asked": asked[:ASKED_AT_ONCE], "more": len(asked[ASKED_AT_ONCE:])}
    mine = [Panel("evaluation/panels/give_feedback.html", shown, weight=12)] if asked else []
    return [*mine, *_without_evidence(user, now)]


def _without_evidence(user: User, now: datetime.datetime) -> list[Panel]:
    if not user.may(Permission.RECOMMEND_PROGRAMME):
        return []
    found = priorities_without(london_day(now))
    return [Panel("evaluation/panels/without_evidence.html", {"priorities": found}, weight=40)]


def export_person(person: Person) -> dict[str, Any]:
    """What they were asked and on which day they answered. What they answered is nobody's, so not theirs to export."""
    rows = Invitation.objects.filter(booking__person=person).select_related("booking__event__version")
    asked = ManagerConfirmation.objects.filter(booking__person=person).select_related(
        "booking__event__version", "digest"
    )
    return {
        "asked_for_feedback": [_exported(row) for row in rows.order_by("due_at", "pk")],
        "my_manager_was_asked": [_confirmation(row) for row in asked.order_by("digest__posted_at", "pk")],
    }


def erase_person(person: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001 - as every hook says
    """Managers are asked about them no more; where they were somebody's manager, their name and address go.

    Bookings and all that hangs on them go over to another record with `bookings`, so there is nothing to move here.
    """
    forget_person(person)


def _confirmation(row: ManagerConfirmation) -> dict[str, Any]:
    return {
        "course": row.booking.event.version.title,
        "date": row.booking.event.reference,
        "asked_at": row.digest.posted_at.isoformat(),
        "what_they_said": row.get_state_display(),
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
    }


def _exported(invitation: Invitation) -> dict[str, Any]:
    return {
        "course": invitation.booking.event.version.title,
        "date": invitation.booking.event.reference,
        "form": invitation.get_stage_display(),
        "asked_at": invitation.posted_at.isoformat() if invitation.posted_at else None,
        "reminders": invitation.reminders_made,
        "answered_on": invitation.answered_on.isoformat() if invitation.answered_on else None,
    }
