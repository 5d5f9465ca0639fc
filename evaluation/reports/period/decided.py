"""The meetings' decisions since the last report with the actions that they led to, and what came of each."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from training.governance.models import ActionPoint, Decision, Recommendation
from training.web.periods import Period
from training.web.when import london_day
from training.web.words import count, full_day

if TYPE_CHECKING:
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
MOST = 6
NO_ACTIONS = "No action is open."
Standing = ActionPoint.Standing


@dataclass(frozen=True)
class Decided:
    """Decisions with their actions, the newest first, and what became of earlier ones; without names of people."""

    rows: tuple[Part, ...]
    more: int
    closed: tuple[Part, ...]
    more_closed: int
    overdue: tuple[Part, ...]
    open: int
    late_lessons: int
    open_lessons: int


def load_decided(period: Period, following: Period, today: datetime.date) -> Decided:
    """From the first day of the period to the end of the next: the last report was read as this period began, and
    what this one leads to belongs to it. Four queries.

    Open actions and recommendations are those of today.
    """
    rows = Decision.objects.filter(
        meeting__held_on__gte=period.starts_on, meeting__held_on__lt=following.ends_on, meeting__held_on__lte=today
    )
    found = list(rows.select_related("meeting__body").order_by("-meeting__held_on", "-pk"))
    within = Q(closed_at__date__gte=period.starts_on, closed_at__date__lt=following.ends_on)
    of_these = Q(decision__in=[row.pk for row in found])
    points = list(ActionPoint.objects.filter(Q(standing=Standing.OPEN) | within | of_these).order_by("due_on", "pk"))
    shown, led_to = found[:MOST], _by_decision(points)
    named = {row.pk for row in shown}
    closed = [one for one in points if one.closed_at is not None and one.decision_id not in named]
    closed.sort(key=lambda one: (one.closed_at, one.pk), reverse=True)
    is_open = [one for one in points if one.standing == Standing.OPEN]
    lessons = list(Recommendation.objects.open().values_list("due_on", flat=True))
    return Decided(
        tuple(_decision(row, led_to[row.pk], today) for row in shown),
        max(0, len(found) - MOST),
        tuple(_action(one, today) for one in closed[:MOST]),
        max(0, len(closed) - MOST),
        tuple(_overdue(one, today) for one in is_open if one.is_overdue(today)),
        len(is_open),
        sum(1 for due_on in lessons if due_on and due_on < today),
        len(lessons),
    )


def _by_decision(points: Iterable[ActionPoint]) -> dict[int, list[ActionPoint]]:
    found: dict[int, list[ActionPoint]] = defaultdict(list)
    for one in points:
        if one.decision_id is not None:
            found[one.decision_id].append(one)
    return found


def _decision(row: Decision, actions: Iterable[ActionPoint], today: datetime.date) -> Part:
    return {
        "reference": row.reference,
        "on": row.meeting.held_on.isoformat(),
        "body": row.meeting.body.name,
        "subject": row.subject,
        "outcome": row.outcome,
        "minute": row.minute,
        "actions": [_action(one, today) for one in actions],
    }


def _action(one: ActionPoint, today: datetime.date) -> Part:
    is_overdue = one.is_overdue(today)
    return {
        "what": one.what,
        "due_on": one.due_on.isoformat(),
        "is": "overdue" if is_overdue else one.standing,
        "state": _state(one, today),
        "outcome": one.outcome,
    }


def _state(one: ActionPoint, today: datetime.date) -> str:
    """ "Done on …", "Due by …", "Overdue since …": a whole sentence but for its full stop."""
    if one.closed_at is not None:
        return f"{one.get_standing_display()}, {full_day(london_day(one.closed_at))}"
    return f"{'Overdue since' if one.is_overdue(today) else 'Due by'} {full_day(one.due_on)}"


def _overdue(one: ActionPoint, today: datetime.date) -> Part:
    return {**_action(one, today), "text": f"{one.what} (by {full_day(one.due_on)})"}


def decided(facts: PeriodFacts) -> Part:
    found = facts.decided
    return {
        "rows": list(found.rows),
        "more": found.more,
        "sentence": "" if found.rows else "No decision has been recorded since the period began.",
        "closed": list(found.closed),
        "more_closed": found.more_closed,
        "actions": list(found.overdue),
        "actions_sentence": _actions(found),
    }


def _actions(found: Decided) -> str:
    if not found.open:
        return NO_ACTIONS
    late = len(found.overdue)
    return f"Of {count(found.open, 'open action')}, {late:,} {'is' if late == 1 else 'are'} overdue."


def lessons(found: Decided) -> str:
    if not found.open_lessons:
        return "No recommendation of a review or audit is open."
    text = f"{count(found.open_lessons, 'recommendation')} of reviews and audits open, {found.late_lessons:,} overdue."
    return f"{text} The day on which each went into a course is not recorded."
