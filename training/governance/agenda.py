"""What is on a body's agenda: what waits for it anywhere in the product, and what was put there by hand."""

import datetime
from dataclasses import dataclass

from training.config import parts
from training.config.parts import AgendaPoint
from training.governance.models import ActionPoint, AgendaItem, Body, Decision, Meeting


@dataclass(frozen=True)
class Paper:
    """One meeting's paper: what is asked, what came of last time, what was decided and asked for now."""

    meeting: Meeting
    points: list[AgendaPoint]
    items: list[AgendaItem]
    last: Meeting | None
    last_actions: list[ActionPoint]
    open_actions: list[ActionPoint]
    decisions: list[Decision]
    actions: list[ActionPoint]


def agenda_of(body: Body, now: datetime.datetime) -> tuple[list[AgendaPoint], list[AgendaItem]]:
    """What the product knows to be waiting, and what somebody has put there."""
    items = body.agenda_items.waiting().select_related("put_by").order_by("put_at", "pk")
    return parts.agenda(body.kind, now), list(items)


def waiting_for(body: Body, now: datetime.datetime) -> int:
    """How many questions wait for this body."""
    points, items = agenda_of(body, now)
    return len(points) + len(items)


def paper_of(meeting: Meeting, now: datetime.datetime, today: datetime.date) -> Paper:
    """A meeting that is over has no agenda left: its questions have gone to the next one."""
    is_over = meeting.held_on < today
    points, items = ([], []) if is_over else agenda_of(meeting.body, now)
    last = Meeting.objects.filter(body=meeting.body).before(meeting.held_on).first()
    actions = ActionPoint.objects.select_related("owner", "meeting", "meeting__body")
    earlier = actions.filter(meeting__body=meeting.body, meeting__held_on__lt=meeting.held_on)
    return Paper(
        meeting=meeting,
        points=points,
        items=items,
        last=last,
        last_actions=list(actions.filter(meeting=last).order_by("due_on", "pk")) if last else [],
        open_actions=list(earlier.exclude(meeting=last).open().order_by("due_on", "pk")),
        decisions=list(meeting.decisions.select_related("recorded_by").order_by("pk")),
        actions=list(actions.filter(meeting=meeting).order_by("due_on", "pk")),
    )
