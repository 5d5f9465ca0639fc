"""E-learning in a quarter's or a year's report: ratings by when they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis.own_time import OwnTime

if TYPE_CHECKING:
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]


def own_time(facts: PeriodFacts) -> Part:
    return {"rows": [_row(one) for one in facts.own_time], "sentence": _sentence(facts)}


def _row(one: OwnTime) -> Part:
    return {"title": one.title, "response": one.response.as_dict(), "relevance": one.relevance.as_dict()}


def _sentence(facts: PeriodFacts) -> str:
    """While the time runs there are no answers to show, since they would change."""
    if not facts.own_time:
        return "Nobody was asked about a course in their own time."
    if facts.today < facts.period.ends_on:
        return "What people thought of courses in their own time is shown once the time of this report is over."
    return ""
