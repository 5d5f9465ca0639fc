"""The report in five sentences: what was delivered, who came, who did not, what changed, what we don't know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis.change import Comparison
from evaluation.analysis.figures import percent, signed
from training.web.words import count

if TYPE_CHECKING:
    from evaluation.reports.building import Material

Parts = dict[str, Any]
SCALE = "a scale from 1 to 5"


def five(material: Material, parts: Parts) -> list[dict[str, str]]:
    rows = (
        ("What was delivered", _delivered(parts["delivery"])),
        ("Who came", _came(parts)),
        ("Who did not", _did_not(parts)),
        ("What changed, and how sure we are", _changed(parts["change"])),
        ("What we don’t know", _unknown(material, parts)),
    )
    return [{"heading": heading, "text": text} for heading, text in rows]


def _delivered(delivery: Parts) -> str:
    ran, courses = delivery["ran"], sum(1 for row in delivery["courses"] if row["ran"])
    if not ran:
        text = "No date has run yet"
    else:
        of = f" of {count(courses, 'course')}" if courses > 1 else ""
        text = f"{count(ran, 'date')}{of} ran, with {count(delivery['counts']['capacity'], 'place')}".capitalize()
    more = [(delivery["cancelled"], "was", "were", "cancelled"), (delivery["to_come"], "is", "are", "still to come")]
    rest = [f"{number:,} {one if number == 1 else many} {what}" for number, one, many, what in more if number]
    return "; ".join([text, *rest]) + "."


def _came(parts: Parts) -> str:
    counts = parts["delivery"]["counts"]
    if not counts["booked"] and not counts["walk_ins"]:
        return "Nobody is on a register yet."
    came = counts["attended"] + counts["walk_ins"]
    text = f"{count(came, 'person', 'people')} came".capitalize()
    if counts["booked"]:
        share = percent(counts["attended"], counts["booked"])
        text += f": {counts['attended']:,} of {counts['booked']:,} who were booked ({share})"
    if counts["walk_ins"]:
        text += f", and {counts['walk_ins']:,} without booking"
    seen = [row for row in parts["agencies"]["sectors"] if row["attended"] + row["walk_ins"]]
    return f"{text}; from {len(seen)} of {len(parts['agencies']['sectors'])} sectors."


def _did_not(parts: Parts) -> str:
    counts, agencies = parts["delivery"]["counts"], parts["agencies"]
    if not counts["booked"]:
        return "Nobody was booked."
    text = f"{count(counts['did_not_attend'], 'booked person', 'booked people')} didn’t come".capitalize()
    text += f" ({percent(counts['did_not_attend'], counts['booked'])} of {counts['booked']:,})"
    text += f" and {counts['apologies']:,} sent apologies"
    worst = [row for row in agencies["rows"] if row["is_worst"]]
    if worst:
        worst.sort(key=lambda row: -row["did_not_attend"] / row["booked"])
        names = "; ".join(f"{row['name']} ({row['did_not_attend']:,} of {row['booked']:,})" for row in worst)
        text += f". The largest shares: {names}"
    absent = [row["name"] for row in agencies["sectors"] if not row["booked"] and not row["walk_ins"]]
    if absent:
        text += f". Nobody was booked from {_listed(absent)}"
    return f"{text}."


def _changed(change: Parts) -> str:
    comparison = _best_comparison(change)
    if comparison is None:
        return "Too few people rated themselves both before and after to say."
    overall = comparison["overall"]
    asked = (
        "before the course and at its end" if comparison["code"] == Comparison.BEFORE else "at the end, looking back,"
    )
    text = f"{overall['n']:,} people rated their confidence {asked} on {SCALE}: on average {signed(overall['value'])}"
    if overall["low"] is None:
        text += ", all of them alike"
    else:
        text += f", likely between {signed(overall['low'])} and {signed(overall['high'])}"
        text += _sure(overall)
    fell = [row["label"] for row in comparison["figures"] if row["high"] is not None and row["high"] < 0]
    if fell:
        text += f". It fell for {_listed(fell)}"
    return text + "." + _kept(change)


def _best_comparison(change: Parts) -> Parts | None:
    for code in (Comparison.BEFORE, Comparison.LOOKING_BACK):
        for row in change["comparisons"]:
            if row["code"] == code and not row["overall"]["is_withheld"]:
                return row  # type: ignore[no-any-return]
    return None


def _sure(overall: Parts) -> str:
    if overall["low"] > 0 or overall["high"] < 0:
        return ""
    return ", so it may be no change at all"


def _kept(change: Parts) -> str:
    for row in change["comparisons"]:
        if row["code"] == Comparison.KEPT and not row["overall"]["is_withheld"]:
            overall = row["overall"]
            return f" Two months on, {overall['n']:,} people stood {_than(overall['value'])} at the end."
    return ""


def _than(value: float) -> str:
    if abs(value) < 0.05:
        return "where they did"
    return f"{signed(value)} from where they did"


def _unknown(material: Material, parts: Parts) -> str:
    found = [
        f"“{row['label'].lower()}” {row['numerator']:,} of {row['denominator']:,} answered"
        if row["denominator"]
        else f"“{row['label'].lower()}” nobody was asked"
        for row in parts["answers"]["stages"]
    ]
    text = f"What the others would have said: {'; '.join(found)}. "
    if material.came.unsent:
        text += f"{count(len(material.came.unsent), 'register')} {_are(len(material.came.unsent))} missing. "
    strong = parts["evidence"]["grades"]["A"] + parts["evidence"]["grades"]["B"]
    text += "Ratings are people’s own"
    if not strong:
        return f"{text}: nobody else has yet shown that practice changed (no evidence of grade A or B)."
    return f"{text}; that practice changed, {count(strong, 'item')} of evidence of grade A or B {_show(strong)}."


def _show(number: int) -> str:
    return "shows" if number == 1 else "show"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
