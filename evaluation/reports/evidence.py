"""What the approved evidence says about the courses of a report: by grade, in date, with what contradicts it."""

import datetime
from collections.abc import Iterable
from typing import Any

from evaluation.analysis.dates import DateFacts
from evaluation.evidence import evidence_for
from evaluation.models.evidence import EvidenceItem
from training.web.periods import Period

MOST = 10


def evidence_section(dates: Iterable[DateFacts], period: Period | None, today: datetime.date) -> dict[str, Any]:
    """Approved items not past their expiry about these courses, and about this time where the report has one."""
    rows = list(evidence_for(on=today, courses={one.course for one in dates}, period=period))
    grades = {grade: sum(row.grade == grade for row in rows) for grade in EvidenceItem.Grade.values}
    return {"grades": grades, "items": [_item(row) for row in rows[:MOST]], "all": [_short(row) for row in rows]}


def _short(row: EvidenceItem) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "grade": row.grade,
        "claim": row.claim,
        "priority": row.priority.name if row.priority else "",
        "contradicts": row.what_contradicts,
    }


def _item(row: EvidenceItem) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "grade": row.grade,
        "claim": row.claim,
        "course": row.version.title,
        "source": row.source,
        "before": row.before,
        "after": row.after,
        "contradicts": row.what_contradicts,
    }
