"""The same report as rows: one sheet a subject for a spreadsheet, and one long list for CSV."""

import datetime
from collections.abc import Iterator
from typing import Any

from evaluation.reports.sheets_period import period_sheets
from evaluation.reports.showing_period import is_of_a_period
from training.web.downloads import Sheet

Report = dict[str, Any]
FIGURES = ("Section", "About", "Figure", "In words", "Value", "Part", "Whole", "Answers", "Likely from", "Likely to",
           "Hidden", "Definition")  # fmt: skip
COUNTS = ("Booked", "Came", "Sent apologies", "Didn’t come", "Came without booking")
_COUNT_KEYS = ("booked", "attended", "apologies", "did_not_attend", "walk_ins")


def workbook(report: Report) -> list[Sheet]:
    parts = report["sections"]
    dates = ("Date", "Course", "On", "State", "Provider", "Places", *COUNTS, "Sectors in the room")
    organisations = ("Organisation", "Sector", *COUNTS, "Came, share", "Didn’t come, share")
    evidence = ("Item", "Grade", "What changed", "Course", "Source", "What contradicts it")
    return [
        Sheet("In five sentences", ["About", "Sentence"], _sentences(report)),
        Sheet("Figures", FIGURES, figure_rows(report)),
        Sheet("Dates", dates, _dates(parts)),
        Sheet("Organisations", organisations, _agencies(parts)),
        Sheet("Sectors", ["Sector", "Organisations seen", "Organisations", *COUNTS], _sectors(parts)),
        Sheet("What people did", ["In their own words"], [[text] for text in parts["said"]["texts"]]),
        Sheet("Evidence", evidence, _evidence(parts)),
        *(period_sheets(parts) if is_of_a_period(report) else []),
        Sheet("Notes", ["Note"], [[note] for note in parts["notes"]]),
    ]


def long_list(report: Report) -> Sheet:
    """Every figure in one list, for whoever works on with it."""
    return Sheet(report["title"], FIGURES, figure_rows(report))


def figure_rows(report: Report) -> list[list[Any]]:
    return [[section, about, *_figure(figure)] for section, about, figure in _figures(report["sections"])]


def _figures(parts: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for figure in parts["delivery"]["figures"]:
        yield "Delivery", "", figure
    for kind, rows in (("Sector", parts["agencies"]["sectors"]), ("Organisation", parts["agencies"]["rows"])):
        for row in rows:
            yield kind, row["name"], row["attendance"]
            yield kind, row["name"], row["did_not_attend_rate"]
    yield from _answers(parts["answers"])
    yield from _followed(parts.get("followed"))
    for row in parts.get("own_time", {}).get("rows", []):
        yield from (("In their own time", row["title"], row[key]) for key in ("response", "relevance"))
    for row in parts["change"]["comparisons"]:
        if row["matched"]:
            yield "Change", "All together", row["overall"]
        yield from (("Change", row["label"], figure) for figure in row["figures"])


def _answers(answers: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for figure in answers["stages"]:
        yield "Who answered", "", figure
    for row in answers["questions"]:
        yield "Answers", "", {**row["figure"], "label": row["text"]}
        yield from (("Answers", row["text"], part) for part in row["parts"])


def _followed(followed: dict[str, Any] | None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The people of the quarter before, two months on, and their managers, in reports that have them."""
    if followed:
        yield "Two months on", followed["title"], followed["response"]
        managers = followed.get("managers", {})
        yield from (("Managers", followed["title"], managers[key]) for key in ("response", "saw") if key in managers)


def _figure(figure: dict[str, Any]) -> list[Any]:
    keys = ("label", "words", "value", "numerator", "denominator", "n", "low", "high", "is_withheld")
    return [*(figure[key] for key in keys), f"{figure['code']} v{figure['version']}"]


def _sentences(report: Report) -> list[list[Any]]:
    head = [
        ["Report", f"{report['title']} ({report['caption']})"],
        ["Partnership", report["partnership"]],
        ["As of", datetime.date.fromisoformat(report["as_of"])],
    ]
    return head + [[row["heading"], row["text"]] for row in report["sections"]["sentences"]]


def _dates(parts: dict[str, Any]) -> list[list[Any]]:
    return [
        [
            row["reference"],
            row["title"],
            datetime.date.fromisoformat(row["on"]) if row["on"] else None,
            row["state"],
            row["provider"],
            row["capacity"],
            *_counted(row),
            row["sectors"],
        ]
        for row in parts["delivery"]["dates"]
    ]


def _agencies(parts: dict[str, Any]) -> list[list[Any]]:
    return [
        [row["name"], row["sector"], *_counted(row), row["attendance"]["value"], row["did_not_attend_rate"]["value"]]
        for row in parts["agencies"]["rows"]
    ]


def _sectors(parts: dict[str, Any]) -> list[list[Any]]:
    return [
        [row["name"], row["organisations_seen"], row["organisations"], *_counted(row)]
        for row in parts["agencies"]["sectors"]
    ]


def _evidence(parts: dict[str, Any]) -> list[list[Any]]:
    keys = ("reference", "grade", "claim", "course", "source", "contradicts")
    return [[row[key] for key in keys] for row in parts["evidence"]["items"]]


def _counted(row: dict[str, Any]) -> list[Any]:
    return [row[key] for key in _COUNT_KEYS]
