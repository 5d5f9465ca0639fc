"""Planned, ran, cancelled; the three rates over five quarters; what it cost; what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis import coming
from evaluation.analysis.figures import Figure, percent
from evaluation.analysis.trend import QuarterFacts
from training.web.words import count, pounds

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]


def planned(material: Material, facts: PeriodFacts, delivery: Part) -> Part:
    number = delivery["ran"] + delivery["cancelled"] + delivery["to_come"]
    rows = [{"by": one.by, "reason": one.reason, "dates": one.dates} for one in facts.cancelled]
    spread = material.came.spread
    return {
        "planned": number,
        "sentence": _planned(number, delivery),
        "cancelled": rows,
        "cancelled_sentence": "" if rows else "No date was cancelled.",
        "mix": f"{spread}." if spread.rooms else "",
    }


def _planned(number: int, delivery: Part) -> str:
    if not number:
        return "No date was planned."
    parts = [f"{delivery['ran']:,} ran", f"{delivery['cancelled']:,} cancelled"]
    if delivery["to_come"]:
        parts.append(f"{delivery['to_come']:,} still to come")
    counts = delivery["counts"]
    came = counts["attended"] + counts["walk_ins"]
    text = f"{count(number, 'date')} planned: {', '.join(parts)}. "
    return text + f"{counts['capacity']:,} places, {came:,} people came."


def trend(facts: PeriodFacts) -> Part:
    since = _since(facts.trend) if facts.period.quarter else []
    return {"quarters": [_quarter(one) for one in facts.trend], "since": since}


def _quarter(one: QuarterFacts) -> Part:
    return {
        "key": one.period.key,
        "title": one.period.title,
        "ran": one.ran,
        "cancelled": one.cancelled,
        "figures": [figure.as_dict() for figure in _rates(one)],
    }


def _rates(one: QuarterFacts) -> list[Figure]:
    came = one.came.all
    return [coming.attendance(came), coming.did_not_attend(came), coming.fill(came), coming.mixed(one.came)]


def _since(quarters: list[QuarterFacts]) -> list[Part]:
    """What is different from the quarter before, in the report's own words."""
    before, now = quarters[-2], quarters[-1]
    rows = [{"label": "Dates that ran", "now": f"{now.ran:,}", "before": f"{before.ran:,}"}]
    for old, new in zip(_rates(before), _rates(now), strict=True):
        if new.denominator or old.denominator:
            rows.append({"label": new.label, "now": new.words, "before": old.words})
    return rows


def money(facts: PeriodFacts) -> Part:
    cost = facts.cost
    days = sum(number for _, number in facts.in_kind)
    return {
        "fees_pence": cost.fees_pence,
        "dates": cost.dates,
        "without_fee": cost.without_fee,
        "people": cost.people,
        "each_pence": cost.each_pence,
        "sentence": _spent(facts),
        **_budget(facts),
        "in_kind": [{"name": name, "days": number} for name, number in facts.in_kind],
        "in_kind_days": days,
        "in_kind_sentence": _in_kind(days, len(facts.in_kind)),
        "contracts": [_contract(facts, one) for one in facts.contracts],
        "contracts_sentence": _no_contract(facts),
    }


def _budget(facts: PeriodFacts) -> Part:
    """From the programme's first day to the last of the period; the envelope is that of all its years."""
    one = facts.budget
    if one is None:
        return {"budget_pence": None, "budget_spent_pence": None, "budget_sentence": "No programme was agreed for it."}
    spent, agreed = one.spend.ordered, one.envelope_pence
    found = {"budget_pence": agreed, "budget_spent_pence": spent}
    if agreed is None:
        text = f"{pounds(spent)} ordered under “{one.title}” so far; no budget was agreed to hold it against."
    else:
        text = f"{pounds(spent)} ordered of the {pounds(agreed)} agreed for “{one.title}”"
        text += f" ({percent(spent, agreed)})" if agreed else ""
        text += f", {pounds(one.spend.delivered)} of it delivered."
    return {**found, "budget_sentence": text}


def _spent(facts: PeriodFacts) -> str:
    cost = facts.cost
    if not cost.dates:
        return "No fee is recorded for the dates that ran, so there is no cost per person."
    text = f"Trainers’ fees of {pounds(cost.fees_pence)} for {count(cost.dates, 'date')}"
    if cost.each_pence is not None:
        text += f": {pounds(cost.each_pence)} for each of the {cost.people:,} people who came to them"
    if cost.without_fee:
        text += f". {count(cost.without_fee, 'date')} ran under an order without a fee yet"
    return text + ". Rooms and staff time are not in it."


def _in_kind(days: float, organisations: int) -> str:
    if not organisations:
        return "No day was given by partners’ own staff."
    return f"Partners’ own staff gave {days:g} days of teaching, from {count(organisations, 'organisation')}."


def _no_contract(facts: PeriodFacts) -> str:
    if facts.contracts:
        return ""
    return (
        "No contract runs today." if facts.is_recent else "What is left of contracts is in the last quarter’s report."
    )


def _contract(facts: PeriodFacts, one: Any) -> Part:
    share = percent(one.ordered_pence, one.value_pence) if one.value_pence else ""
    return {
        "reference": one.reference,
        "provider": one.provider,
        "value_pence": one.value_pence,
        "ordered_pence": one.ordered_pence,
        "spent": f"{share}: {pounds(one.ordered_pence)} of {pounds(one.value_pence)}"
        if one.value_pence
        else f"{pounds(one.ordered_pence)}; no value agreed",
        "ends_on": one.ends_on.isoformat(),
        "last_possible_on": one.last_possible_on.isoformat(),
        "decide_on": one.decide_on.isoformat(),
        "is_due": one.is_due(facts.today),
        "is_over_value": bool(one.value_pence and one.ordered_pence > one.value_pence),
    }


def ahead(facts: PeriodFacts) -> Part:
    one = facts.ahead
    if not one.dates:
        return {"title": facts.ahead_title, "sentence": "No date is open for booking in it yet."}
    text = f"{count(one.dates, 'date')} open, {one.held:,} of {one.places:,} places taken."
    if one.few:
        text += f" Fewer are booked than needed on {one.few:,}."
    if one.in_trouble:
        text += f" {one.in_trouble:,} still without a trainer, a venue or a link."
    return {"title": facts.ahead_title, "sentence": text}
