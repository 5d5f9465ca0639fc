"""The annual chapter: the question and an honest answer, and what changed, priority by priority."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from evaluation.analysis.dates import DateFacts
from training.web.words import count

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
QUESTION = (
    "Is training monitored and evaluated, and is there evidence that it changes practice,"
    " multi-agency training included?"
)


def chapter(material: Material, facts: PeriodFacts, parts: Part) -> Part:
    priorities = [_priority(material, name, codes, parts) for name, codes in facts.priorities.items()]
    return {
        "question": QUESTION,
        **_answer(priorities, parts),
        "priorities": priorities,
        "priorities_sentence": "" if priorities else "No priority is recorded, so need is held against nothing.",
        "promises": "No promise of last year’s report is recorded.",
        "scrutineer": "No comment of the independent scrutineer is recorded.",
    }


def _priority(material: Material, name: str, codes: Iterable[str], parts: Part) -> Part:
    dates = [one for one in material.ran if one.course in set(codes)]
    items = [row for row in parts["evidence"]["all"] if row["priority"] == name]
    return {
        "name": name,
        "courses": len({one.course for one in dates}),
        "dates": len(dates),
        "people": _people(material, dates),
        "evidence": items,
        "grade": min((row["grade"] for row in items), default=""),
        "sentence": _shown(items),
    }


def _people(material: Material, dates: list[DateFacts]) -> int:
    rows = (material.came.by_event[one.pk] for one in dates if one.pk in material.came.by_event)
    return sum(one.attended + one.walk_ins for one in rows)


def _shown(items: list[Part]) -> str:
    if not items:
        return "Not known: there is no approved evidence."
    best = min(row["grade"] for row in items)
    if best in "AB":
        return f"{count(len(items), 'item')} of evidence, the best of grade {best}."
    return f"Not known: {count(len(items), 'item')} of evidence, none above grade C."


def _answer(priorities: list[Part], parts: Part) -> Part:
    """Yes only where every priority has evidence above C; partly where some have."""
    strong = [row["name"] for row in priorities if row["grade"] in ("A", "B")]
    end = next(row for row in parts["answers"]["stages"] if row["stage"] == "end")
    monitored = f"Monitored: {end['words']} at the end." if end["denominator"] else "Nobody was asked at the end."
    if not strong:
        return {"answer": "Not known", "why": f"{monitored} No priority has evidence that somebody else has seen."}
    rest = [row["name"] for row in priorities if row["name"] not in strong]
    shown = f"Seen by somebody else to have changed: {', '.join(strong)}."
    if not rest:
        return {"answer": "Yes", "why": f"{monitored} {shown}"}
    return {"answer": "Partly", "why": f"{monitored} {shown} Not known: {', '.join(rest)}."}
