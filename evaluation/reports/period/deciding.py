"""What was decided since the period began, and what the next meeting has to decide: at most three things."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.governance.models import ActionPoint, Decision, Recommendation
from training.web.periods import Period
from training.web.words import count, full_day

if TYPE_CHECKING:
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
MOST_ASKED, MOST_DECIDED = 3, 6
NO_ACTIONS = "No action is open."


@dataclass(frozen=True)
class Decided:
    """The meetings' decisions since the period began, the newest first, without names of people."""

    rows: tuple[Part, ...]
    more: int
    overdue: tuple[Part, ...]
    open: int
    late_lessons: int
    open_lessons: int


def load_decided(period: Period, following: Period, today: datetime.date) -> Decided:
    """Until the end of the next period: what a report led to belongs to it. Three queries.

    Actions and recommendations are those open today, without who is to do them.
    """
    rows = Decision.objects.filter(
        meeting__held_on__gte=period.starts_on, meeting__held_on__lt=following.ends_on, meeting__held_on__lte=today
    )
    found = list(rows.select_related("meeting__body").order_by("-meeting__held_on", "-pk"))
    actions = list(ActionPoint.objects.open().order_by("due_on", "pk").values_list("what", "due_on"))
    lessons = list(Recommendation.objects.open().values_list("due_on", flat=True))
    return Decided(
        tuple(_decision(row) for row in found[:MOST_DECIDED]),
        max(0, len(found) - MOST_DECIDED),
        tuple({"text": f"{what} (by {full_day(due_on)})"} for what, due_on in actions if due_on < today),
        len(actions),
        sum(1 for due_on in lessons if due_on and due_on < today),
        len(lessons),
    )


def _decision(row: Decision) -> Part:
    return {
        "reference": row.reference,
        "on": row.meeting.held_on.isoformat(),
        "body": row.meeting.body.name,
        "subject": row.subject,
        "outcome": row.outcome,
        "minute": row.minute,
    }


def decided(facts: PeriodFacts) -> Part:
    rows = list(facts.decided.rows)
    return {
        "rows": rows,
        "more": facts.decided.more,
        "sentence": "" if rows else "No decision has been recorded since the period began.",
        "actions": list(facts.decided.overdue),
        "actions_sentence": _actions(facts.decided),
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


def asks(facts: PeriodFacts, parts: Part) -> list[Part]:
    """What the figures ask the meeting to decide: what has a day comes first, then what is weak, then what is lacking.

    Each says why, in the report's own figures. At most three.
    """
    found = [*_contracts(facts), *_providers(parts), *_courses(parts), *_evidence(facts)]
    return found[:MOST_ASKED]


def _contracts(facts: PeriodFacts) -> list[Part]:
    return [
        {
            "text": f"{_what(one.option_months)} {one.provider} ({one.reference})?",
            "why": f"The contract ends on {full_day(one.ends_on)}."
            f" {_when(one.decide_on, facts.today)} {full_day(one.decide_on)}.",
        }
        for one in facts.contracts
        if one.is_pressing(facts.today)
    ]


def _what(months: int | None) -> str:
    return f"Extend by {months} months or buy again:" if months else "Buy again:"


def _when(day: datetime.date, today: datetime.date) -> str:
    return "The last safe day to decide was" if day < today else "The last safe day to decide is"


def _providers(parts: Part) -> list[Part]:
    """The one with most figures below what is expected."""
    weak = sorted(
        (row for row in parts["providers"]["rows"] if row["exceptions"]), key=lambda row: -len(row["exceptions"])
    )
    return [
        {"text": f"Ask {row['name']} for a plan to improve?", "why": " ".join(row["exceptions"])} for row in weak[:1]
    ]


def _courses(parts: Part) -> list[Part]:
    fell = parts["learning"]["fell"]
    if not fell:
        return []
    titles = list(dict.fromkeys(row["course"] for row in fell))
    return [
        {
            "text": f"Review “{titles[0]}”?",
            "why": f"People rated themselves lower at the end: {fell[0]['text']} {fell[0]['change']}."
            " Over-rating before the course can do that, so look at the course before judging it.",
        }
    ]


def _evidence(facts: PeriodFacts) -> list[Part]:
    if not facts.without:
        return []
    names = ", ".join(facts.without)
    return [
        {
            "text": "Ask for an audit or a file sample?",
            "why": f"Nothing above grade C shows that practice changed on: {names}.",
        }
    ]
