"""Providers held against what is expected of them, and the risks of the quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis.assessing import provider_figures
from evaluation.analysis.figures import Figure
from providers.targets import Targets, is_missed, target_words
from training.web.words import count, full_day, pounds

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]


def providers(material: Material, facts: PeriodFacts) -> Part:
    names = {one.provider: one.provider_name for one in material.ran if one.provider is not None}
    rows = [_provider(facts, pk, name) for pk, name in sorted(names.items(), key=lambda row: row[1])]
    exceptions = [f"{row['name']}: {text}" for row in rows for text in row["exceptions"]]
    return {
        "rows": rows,
        "exceptions": exceptions,
        "sentence": "" if rows else "No date of a provider ran.",
        "exceptions_sentence": "" if exceptions or not rows else "Every provider meets what is expected.",
    }


def _provider(facts: PeriodFacts, pk: int, name: str) -> Part:
    """Held against what was expected on the last day of the period."""
    figures, targets = provider_figures(facts.assessing, pk), facts.targets
    return {
        "name": name,
        "figures": [
            {
                **figure.as_dict(),
                "target": target_words(targets, figure.code),
                "is_below": is_missed(targets, figure.code, figure.value),
            }
            for figure in figures
        ],
        "exceptions": [
            _exception(figure, targets) for figure in figures if is_missed(targets, figure.code, figure.value)
        ],
    }


def _exception(figure: Figure, targets: Targets) -> str:
    return f"{figure.label.rstrip('.')}: {figure.words}; expected is {target_words(targets, figure.code)}."


def risks(material: Material, facts: PeriodFacts, parts: Part) -> list[str]:
    """Provider, money, contract dates, registers: one sentence each."""
    found = []
    if number := len(parts["providers"]["exceptions"]):
        found.append(f"Providers: {count(number, 'figure')} below what is expected.")
    for one in facts.contracts:
        if one.value_pence and one.ordered_pence > one.value_pence:
            over = pounds(one.ordered_pence - one.value_pence)
            found.append(f"Money: {one.reference} is ordered {over} beyond its value.")
    found += [
        f"Contract: {one.provider} ({one.reference}) ends on {full_day(one.ends_on)}; decide by"
        f" {full_day(one.decide_on)}."
        for one in facts.contracts
        if one.is_due(facts.today)
    ]
    if unsent := len(material.came.unsent):
        theirs = "its date is" if unsent == 1 else "their dates are"
        found.append(f"Figures: {count(unsent, 'register')} not complete, so {theirs} in no rate.")
    return found
