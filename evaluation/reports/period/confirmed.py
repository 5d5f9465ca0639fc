"""What managers saw of their people's work since: how many answered, how many saw a change, and examples of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis.managers import managers_who_answered, managers_who_saw_a_change
from training.web.words import count, full_day

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
SHOWN = 3


def confirmed(material: Material, facts: PeriodFacts, cut: frozenset[int]) -> Part:
    """About the people of these dates. A change that a manager saw is shown with the examples, never as evidence."""
    response = managers_who_answered(facts.managers, cut)
    saw = managers_who_saw_a_change(facts.managers, cut, material.lattice.below)
    texts = list(dict.fromkeys(facts.examples.texts))[:SHOWN]
    return {
        "response": response.as_dict(),
        "saw": saw.as_dict(),
        "sentence": _sentence(facts, cut, bool(response.denominator)),
        "examples": texts,
        "examples_sentence": "" if saw.is_withheld else _examples(facts.examples.written, len(facts.examples.texts)),
    }


def _sentence(facts: PeriodFacts, cut: frozenset[int], is_asked: bool) -> str:
    if not is_asked:
        return "No manager was asked about their people."
    closing = [day for event, day in facts.managers.open_until.items() if event in cut]
    if not closing:
        return ""
    return f"Some managers can still answer until {full_day(max(closing))}; what they saw is shown after that."


def _examples(written: int, cleared: int) -> str:
    """A tick without an instance shows nothing, so the reader is told how many came with one."""
    if not written:
        return "None of them came with an example, so none of it is evidence."
    return f"{count(written, 'example')} came with it; {cleared:,} of these may be read."
