"""From the dictionary of a quarter's or a year's report to what its page and its annex are drawn with."""

import datetime
from typing import Any

from evaluation.reports import drawing
from training.web.components import Cell, Column, Table
from training.web.words import day

Part = dict[str, Any]


def is_of_a_period(report: Part) -> bool:
    """Written since these reports have their ten parts; older published copies are shown as they were then."""
    return report.get("format", 1) >= 2 and report["scope"]["kind"] in ("quarter", "year")


def period_context(report: Part) -> Part:
    parts = report["sections"]
    return {
        "trend_chart": drawing.trend_chart(parts["trend"]),
        "trend_table": _trend(parts["trend"]["quarters"]),
        "since_table": _since(parts["trend"]["since"]) if parts["trend"]["since"] else None,
        "worst_table": _worst(parts["reach"]["worst"]),
        "cancelled_table": _cancelled(parts["planned"]["cancelled"]),
        "contracts_table": _contracts(parts["money"]["contracts"]),
        "shares_table": _shares(parts["reach"]["sectors"]),
        "waiting_table": _waiting(parts["reach"]["waiting"]),
        "themes_table": _themes(parts.get("themes", {}).get("rows", [])),
        "own_time_table": _own_time(parts.get("own_time", {}).get("rows", [])),
        "priorities_table": _priorities(parts["chapter"]["priorities"]) if "chapter" in parts else None,
        "decisions": [{**row, "on": datetime.date.fromisoformat(row["on"])} for row in parts["decided"]["rows"]],
    }


def annex_context(report: Part) -> Part:
    parts = report["sections"]
    return {
        "outcome_tables": [_outcomes(course) for course in parts["learning"]["courses"]],
        "providers_table": _providers(parts["providers"]["rows"]),
        "in_kind_table": _in_kind(parts["money"]["in_kind"]),
    }


def _trend(quarters: list[Part]) -> Table:
    labels = [figure["label"] for figure in quarters[0]["figures"]]
    columns = [Column("Quarter"), *(Column(label, is_numeric=True) for label in ("Ran", "Cancelled"))]
    columns += [Column(label) for label in labels]
    rows = [[one["title"], one["ran"], one["cancelled"], *map(_rate, one["figures"])] for one in quarters]
    return Table("Five quarters", columns, rows)


def _since(rows: list[Part]) -> Table:
    columns = [Column(label) for label in ("Figure", "This time", "Last time")]
    cells = [[row["label"], row["now"], row["before"]] for row in rows]
    return Table("What changed since last time", columns, cells, is_caption_hidden=True)


def _worst(rows: list[Part]) -> Table | None:
    columns = [Column(label) for label in ("Organisation", "Who didn’t come", "Ask")]
    cells = [[Cell(row["name"], hint=row["sector"]), row["words"], row["ask"]] for row in rows]
    return Table("Whom to ask", columns, cells, is_caption_hidden=True) if rows else None


def _cancelled(rows: list[Part]) -> Table | None:
    columns = [Column("Cancelled by"), Column("Why"), Column("Dates", is_numeric=True)]
    cells = [[row["by"], row["reason"], row["dates"]] for row in rows]
    return Table("Cancelled", columns, cells, is_caption_hidden=True) if rows else None


def _contracts(rows: list[Part]) -> Table | None:
    columns = [Column(label) for label in ("Contract", "Ordered so far, of its value", "Ends", "Decide by")]
    cells = [
        [Cell(row["reference"], hint=row["provider"]), row["spent"], _day(row["ends_on"]), _decide(row)] for row in rows
    ]
    return Table("Contracts", columns, cells) if rows else None


def _decide(row: Part) -> Cell:
    return Cell(_day(row["decide_on"]), tag="orange" if row["is_due"] else "")


def _shares(rows: list[Part]) -> Table | None:
    columns = [Column(label) for label in ("Sector", "Of all who came", "Of all who work there")]
    marked = frozenset(index for index, row in enumerate(rows) if row["is_short"])
    cells = [
        [Cell(row["name"], hint="Less than half of its share." if row["is_short"] else ""), row["came"]["words"],
         row["workforce"]["words"]]
        for row in rows
    ]  # fmt: skip
    return (
        Table("Who came against who works there", columns, cells, is_caption_hidden=True, marked=marked)
        if rows
        else None
    )


def _waiting(rows: list[Part]) -> Table | None:
    columns = [Column("Course"), Column("Over 8 weeks", is_numeric=True), Column("Waiting", is_numeric=True)]
    cells = [[row["title"], row["long"], row["waiting"]] for row in rows]
    return Table("Waiting over 8 weeks", columns, cells) if rows else None


def _themes(rows: list[Part]) -> Table | None:
    columns = [Column("Theme"), Column("People", is_numeric=True), Column("Courses", is_numeric=True)]
    cells = [[row["theme"], row["people"], row["courses"]] for row in rows]
    return Table("Single-agency training", columns, cells) if rows else None


def _own_time(rows: list[Part]) -> Table | None:
    columns = [Column(label) for label in ("In their own time", "Who answered", "Fits my work")]
    cells = [[row["title"], row["response"]["words"], row["relevance"]["words"]] for row in rows]
    return Table("In their own time", columns, cells, is_caption_hidden=True) if rows else None


def _priorities(rows: list[Part]) -> Table | None:
    columns = [
        Column("Priority"),
        *(Column(label, is_numeric=True) for label in ("Courses", "Dates", "People came")),
        Column("Evidence that practice changed"),
    ]
    cells = [[row["name"], row["courses"], row["dates"], row["people"], row["sentence"]] for row in rows]
    return Table("Priorities", columns, cells, is_caption_hidden=True) if rows else None


def _outcomes(course: Part) -> Table:
    columns = [Column("You will be able to…"), Column("Change")]
    return Table(course["title"], columns, [[row["text"], row["figure"]["words"]] for row in course["outcomes"]])


def _providers(rows: list[Part]) -> Table | None:
    columns = [Column(label) for label in ("Provider", "Figure", "What it is", "Expected")]
    figures = [(row["name"], figure) for row in rows for figure in row["figures"]]
    marked = frozenset(index for index, (_, figure) in enumerate(figures) if figure["is_below"])
    cells = [[name, figure["label"], figure["words"], figure["target"] or "–"] for name, figure in figures]
    return Table("Providers", columns, cells, is_caption_hidden=True, marked=marked) if rows else None


def _in_kind(rows: list[Part]) -> Table | None:
    columns = [Column("Organisation"), Column("Days", is_numeric=True)]
    cells = [[row["name"], f"{row['days']:g}"] for row in rows]
    return Table("Days given", columns, cells, is_caption_hidden=True) if rows else None


def _rate(figure: Part) -> Any:
    if figure["value"] is None:
        return "–"
    share, _, rest = figure["words"].partition(": ")
    return Cell(share, hint=f"{figure['numerator']:,} of {figure['denominator']:,}") if rest else share


def _day(text: str) -> str:
    return day(datetime.date.fromisoformat(text))
