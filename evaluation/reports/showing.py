"""From a report's dictionary to what its page is drawn with; the published copy goes the same way."""

import datetime
from typing import Any

from django.urls import reverse

from evaluation.reports import drawing
from evaluation.reports.definitions import DEFINITIONS
from evaluation.reports.showing_period import annex_context, is_of_a_period, period_context
from training.web.components import Cell, Column, Figure, Table
from training.web.words import day

Part = dict[str, Any]
COUNTS = ("booked", "attended", "apologies", "did_not_attend", "walk_ins")
COUNT_COLUMNS = tuple(
    Column(label, is_numeric=True) for label in ("Booked", "Came", "Apologies", "Didn’t come", "Without booking")
)
STATES = {"cancelled": "red", "register not sent": "orange", "to come": "blue"}
# So many organisations are shown at once; the others fold away. On paper and in the files all are there.
FOLDED_FROM = 25


def report_context(report: Part) -> Part:
    """What its page is drawn with. A quarter's or a year's has its tables in an annex of its own."""
    if is_of_a_period(report):
        return {**_shared(report), **period_context(report), "mixed": report["sections"]["delivery"]["figures"][3]}
    return {**_shared(report), **_tables(report), "cards": _cards(report)}


def annexed_context(report: Part) -> Part:
    return {**_shared(report), **_tables(report), **annex_context(report)}


def _cards(report: Part) -> list[tuple[str, Figure]]:
    return [_card(figure) for figure in report["sections"]["delivery"]["figures"]]


def _shared(report: Part) -> Part:
    parts = report["sections"]
    return {
        "report": report,
        "as_of": datetime.date.fromisoformat(report["as_of"]),
        "parts": parts,
        "kind": report["scope"]["kind"] if is_of_a_period(report) else "",
        "response_chart": drawing.response_chart(parts["answers"]),
        "codes": _codes(parts),
    }


def _tables(report: Part) -> Part:
    parts = report["sections"]
    organisations = parts["agencies"]["rows"]
    return {
        "courses_table": _courses(parts["delivery"]["courses"]),
        "dates_table": _dates(parts["delivery"]["dates"], report["scope"]["kind"]),
        "sectors_table": _sectors(parts["agencies"]["sectors"]),
        "agencies_table": _agencies("Organisations", organisations[:FOLDED_FROM]) if organisations else None,
        "more_agencies": _agencies("Further organisations", organisations[FOLDED_FROM:]),
        "more_agencies_count": max(0, len(organisations) - FOLDED_FROM),
        "sector_chart": drawing.sector_chart(parts["agencies"]),
        "rating_chart": drawing.rating_chart(parts["answers"]),
        "spreads": [row for row in parts["answers"]["questions"] if row["parts"]],
        "change_charts": drawing.change_charts(parts["change"]),
    }


def _card(figure: Part) -> tuple[str, Figure]:
    """With the code of its definition, to link to."""
    of = figure["words"].partition(": ")[2] or figure["words"]
    return figure["code"], Figure(figure["label"], _share(figure), of, figure["is_withheld"])


def _codes(parts: Part) -> dict[str, list[tuple[str, str]]]:
    """Which definitions the answers and the changes of this report rest on, in the order of the page, with names."""
    names = {code: name for code, name, _ in DEFINITIONS}
    answers = [row["figure"]["code"] for row in parts["answers"]["questions"]]
    changes = [row["code"] for row in parts["change"]["comparisons"] if row["matched"]]
    return {
        "answers": [(code, names[code]) for code in dict.fromkeys(["response", *answers]) if code in names],
        "managers": [(code, names[code]) for code in ("manager_response", "manager_saw_change")],
        "own_time": [(code, names[code]) for code in ("response_own_time", "relevance_own_time")],
        "change": [(code, names[code]) for code in changes],
    }


def _courses(rows: list[Part]) -> Table | None:
    if len(rows) < 2:
        return None
    columns = [
        Column("Course"),
        *(Column(label, is_numeric=True) for label in ("Ran", "Cancelled", "Places")),
        *COUNT_COLUMNS,
    ]
    cells = [
        [_link(row["title"], "course", row["code"]), row["ran"], row["cancelled"], row["capacity"], *_counted(row)]
        for row in rows
    ]
    return Table("Courses", columns, cells)


def _dates(rows: list[Part], kind: str) -> Table | None:
    """A quarter's and a year's dates are in the spreadsheet; the page shows their courses."""
    if kind in ("quarter", "year") or not rows:
        return None
    columns = [Column("Date"), Column("State"), Column("Places", is_numeric=True), *COUNT_COLUMNS]
    return Table("Dates", columns, [_date(row) for row in rows])


def _date(row: Part) -> list[Any]:
    when = day(datetime.date.fromisoformat(row["on"])) if row["on"] else row["reference"]
    url = reverse("evaluation:report", args=["event", row["reference"]])
    colour = STATES.get(row["state"], "green")
    return [
        Cell(when, url=url, hint=row["reference"]),
        Cell(row["state"].capitalize(), tag=colour),
        row["capacity"],
        *_counted(row),
    ]


def _sectors(rows: list[Part]) -> Table | None:
    columns = [Column("Sector"), Column("Organisations that booked", is_numeric=True), *COUNT_COLUMNS]
    cells = [[row["name"], f"{row['organisations_seen']} of {row['organisations']}", *_counted(row)] for row in rows]
    return Table("Sectors", columns, cells) if rows else None


def _agencies(caption: str, rows: list[Part]) -> Table | None:
    columns = [Column("Organisation"), *COUNT_COLUMNS, Column("Came, share", is_numeric=True)]
    marked = frozenset(index for index, row in enumerate(rows) if row["is_worst"])
    cells = [[_agency(row), *_counted(row), _share(row["attendance"])] for row in rows]
    return Table(caption, columns, cells, marked=marked) if rows else None


def _agency(row: Part) -> Cell:
    hint = f"{row['sector']}. Among the largest shares who didn’t come." if row["is_worst"] else row["sector"]
    return Cell(row["name"], hint=hint)


def _share(figure: Part) -> str:
    """As its words have it: the value is rounded for good, and rounding it once more would differ."""
    return "–" if figure["value"] is None else str(figure["words"].partition(":")[0])


def _counted(row: Part) -> list[int]:
    return [row[key] for key in COUNTS]


def _link(label: str, kind: str, key: str) -> Cell:
    return Cell(label, url=reverse("evaluation:report", args=[kind, key]), hint=key)
