"""The further sheets of a quarter's or a year's report; every rate beside what it is a part of."""

import datetime
from collections.abc import Sequence
from typing import Any

from training.web.downloads import Sheet

Part = dict[str, Any]
RATE = ("Part", "Whole", "Share")


def period_sheets(parts: Part) -> list[Sheet]:
    money, reach, cancelled = parts["money"], parts["reach"], parts["planned"]["cancelled"]
    return [
        Sheet("Asked and decided", ("Kind", "On", "What", "Why or outcome", "Minute"), _decided(parts)),
        _five_quarters(parts["trend"]["quarters"]),
        Sheet("Cancelled", ("Cancelled by", "Why", "Dates"), _rows(cancelled, "by", "reason", "dates")),
        Sheet("Money", ("What", "Pounds", "Dates", "People"), _money(money)),
        Sheet("Contracts", CONTRACTS, [_contract(row) for row in money["contracts"]]),
        Sheet("Days in kind", ("Organisation", "Days"), _rows(money["in_kind"], "name", "days")),
        Sheet("Workforce", WORKFORCE, [_shares(row) for row in reach["sectors"]]),
        Sheet("Never seen", ("Organisation", "Sector"), _rows(reach["unseen"], "name", "sector")),
        Sheet("Waiting", ("Course", "Over 8 weeks", "Waiting"), _rows(reach["waiting"], "title", "long", "waiting")),
        Sheet("What managers saw", ["In a manager’s words"], _examples(parts["followed"])),
        Sheet(
            "Single-agency training",
            ("Theme", "People", "Courses"),
            _rows(parts.get("themes", {}).get("rows", []), "theme", "people", "courses"),
        ),
        Sheet("Outcomes", OUTCOMES, _outcomes(parts["learning"]["courses"])),
        Sheet("Providers", PROVIDERS, _providers(parts["providers"]["rows"])),
    ]


CONTRACTS = (
    "Contract",
    "Provider",
    "Ordered so far, pounds",
    "Value, pounds",
    "Ends",
    "Last possible end",
    "Decide by",
)
WORKFORCE = ("Sector", "Came", "All who came", "Share", "Work there", "All who work there", "Share of workforce")
OUTCOMES = ("Course", "Outcome", "In words", "Mean change", "People", "Likely from", "Likely to", "Hidden")
PROVIDERS = ("Provider", "Figure", "In words", "Value", "Part", "Whole", "Answers", "Expected", "Below it")


def _rows(rows: Sequence[Part], *keys: str) -> list[list[Any]]:
    return [[row[key] for key in keys] for row in rows]


def _decided(parts: Part) -> list[list[Any]]:
    found = [["Asked", None, row["text"], row["why"], ""] for row in parts["asks"]]
    for row in parts["decided"]["rows"]:
        found.append(["Decided", _day(row["on"]), row["subject"], row["outcome"], row["minute"]])
        found += [_action(one) for one in row.get("actions", [])]
    return found + [_action(one) for one in parts["decided"].get("closed", [])] + _overdue(parts["decided"]["actions"])


def _action(row: Part) -> list[Any]:
    return ["Action", _day(row["due_on"]), row["what"], f"{row['state']}. {row['outcome']}".strip(), ""]


def _overdue(rows: Sequence[Part]) -> list[list[Any]]:
    """Of copies from before actions had their outcome there is the text alone."""
    return [["Overdue", _day(row["due_on"]) if "due_on" in row else None, row["text"], "", ""] for row in rows]


def _five_quarters(quarters: list[Part]) -> Sheet:
    labels = [figure["label"] for figure in quarters[0]["figures"]]
    headings = ("Quarter", "Ran", "Cancelled", *(f"{label}: {word}" for label in labels for word in RATE))
    rows = [[one["title"], one["ran"], one["cancelled"], *_parts(one["figures"])] for one in quarters]
    return Sheet("Five quarters", headings, rows)


def _parts(figures: list[Part]) -> list[Any]:
    return [figure[key] for figure in figures for key in ("numerator", "denominator", "value")]


def _money(money: Part) -> list[list[Any]]:
    return [
        ["Trainers’ fees", _pounds(money["fees_pence"]), money["dates"], money["people"]],
        ["For each person who came", _pounds(money["each_pence"]), None, None],
        ["Agreed for the programme’s years", _pounds(money.get("budget_pence")), None, None],
        ["Ordered of it so far", _pounds(money.get("budget_spent_pence")), None, None],
    ]


def _contract(row: Part) -> list[Any]:
    money = [_pounds(row["ordered_pence"]), _pounds(row["value_pence"])]
    days = [_day(row[key]) for key in ("ends_on", "last_possible_on", "decide_on")]
    return [row["reference"], row["provider"], *money, *days]


def _shares(row: Part) -> list[Any]:
    return [row["name"], *_parts([row["came"], row["workforce"]])]


def _outcomes(courses: list[Part]) -> list[list[Any]]:
    keys = ("words", "value", "n", "low", "high", "is_withheld")
    return [
        [course["title"], row["text"], *(row["figure"][key] for key in keys)]
        for course in courses
        for row in course["outcomes"]
    ]


def _examples(followed: Part) -> list[list[Any]]:
    return [[text] for text in followed.get("managers", {}).get("examples", [])]


def _providers(rows: list[Part]) -> list[list[Any]]:
    keys = ("label", "words", "value", "numerator", "denominator", "n", "target", "is_below")
    return [[row["name"], *(figure[key] for key in keys)] for row in rows for figure in row["figures"]]


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
