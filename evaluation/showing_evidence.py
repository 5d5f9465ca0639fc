"""What the page of one item of evidence says."""

import datetime
from typing import Any

from evaluation.grading import reasons_not_approvable
from evaluation.models import Comment, EvidenceItem, EvidenceStep
from evaluation.tables import evidence_state
from training.people.models import User
from training.people.permissions import Permission
from training.web.components import Row, Step
from training.web.words import clock, day, full_day

State = EvidenceItem.State


def item_context(item: EvidenceItem, user: User, today: datetime.date) -> dict[str, Any]:
    may_grade = user.may(Permission.GRADE_EVIDENCE)
    is_draft = item.state == State.DRAFT
    reasons = (
        reasons_not_approvable(item, grader=user.person, today=today) if may_grade and is_draft and user.person else []
    )
    return {
        "item": item,
        "state": evidence_state(item, today),
        "rows": _rows(item, may_grade=may_grade),
        "quote": _quote(item),
        "against": [reason for reason in reasons if reason.blocking],
        "warnings": [reason for reason in reasons if not reason.blocking],
        "may_grade": may_grade,
        "steps": [_step(step) for step in item.steps.select_related("by")] if may_grade else [],
    }


def _quote(item: EvidenceItem) -> str:
    """The writer's words, where they may be quoted."""
    comment = item.comment
    return comment.cleared_text if comment and comment.state == Comment.State.QUOTABLE else ""


def _rows(item: EvidenceItem, *, may_grade: bool) -> list[Row]:
    counted = f"{item.count} of {item.possible}" if item.count is not None else ""
    possible = f"of {item.possible}" if item.possible is not None and item.count is None else ""
    rows = [
        Row("Grade", item.get_grade_display()),
        Row("Course", f"{item.version.title} ({item.version.course.code}, version {item.version.number})"),
        Row("Priority", item.priority or "None"),
        Row("Where it was seen", item.source),
        Row("Independent", "Yes" if item.is_independent else "No"),
        Row("Time", f"{full_day(item.period_starts_on)} to {full_day(item.period_ends_on)}"),
        Row("How many", counted or possible),
        Row("Before", item.before),
        Row("After", item.after),
        Row("What else changed", item.what_else_changed),
        Row("What contradicts it", item.what_contradicts),
        Row("Counts until", full_day(item.expires_on)),
        Row("Written by", item.drafted_by.name if may_grade else ""),
        Row("Graded by", item.graded_by.name if item.graded_by and may_grade else ""),
    ]
    return [row for row in rows if row.value]


def _step(step: EvidenceStep) -> Step:
    """A step that changes no state says what was done instead of a reason."""
    changes = step.was != step.became
    title, note = (step.get_became_display(), step.reason) if changes else (step.reason, "")
    return Step(title, f"{day(step.at)}, {clock(step.at)}", step.by.name, note)
