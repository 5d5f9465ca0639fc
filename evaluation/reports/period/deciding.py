"""What the next meeting has to decide: at most three things."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from training.web.words import full_day

if TYPE_CHECKING:
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
MOST_ASKED = 3


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
