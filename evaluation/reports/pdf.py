"""The report as a tagged PDF: the dictionary and its drawings handed to `report.typ`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.reports import drawing
from evaluation.reports.showing_period import is_of_a_period
from training.web.charts import BarChart, IntervalChart
from training.web.downloads import pdf_bytes

SOURCE = Path(__file__).parent / "report.typ"
OF_A_PERIOD = Path(__file__).parent / "report_period.typ"
# More organisations than this fill pages that nobody reads: the spreadsheet has them all.
MOST_ORGANISATIONS = 60


def report_pdf(report: dict[str, Any], published: dict[str, str] | None = None) -> bytes:
    """`published`: reference, day, decision and who decided, where it is a published copy."""
    source = OF_A_PERIOD if is_of_a_period(report) else SOURCE
    return pdf_bytes(source, pdf_data(report, published))


def pdf_data(report: dict[str, Any], published: dict[str, str] | None = None) -> dict[str, Any]:
    parts = report["sections"]
    return {
        **report,
        "published": published or {},
        "organisations": parts["agencies"]["rows"][:MOST_ORGANISATIONS],
        "more_organisations": max(0, len(parts["agencies"]["rows"]) - MOST_ORGANISATIONS),
        "charts": {
            "sectors": _drawn(drawing.sector_chart(parts["agencies"])),
            "answered": _drawn(drawing.response_chart(parts["answers"])),
            "ratings": _drawn(drawing.rating_chart(parts["answers"])),
            "trend": _drawn(drawing.trend_chart(parts["trend"])) if "trend" in parts else None,
        },
        "changes": [_drawn(chart) for chart in drawing.change_charts(parts["change"])],
    }


def _drawn(chart: BarChart | IntervalChart | None) -> dict[str, str] | None:
    """Its text alternative says every row in words."""
    if chart is None:
        return None
    rows: Sequence[Any] = chart.rows()
    return {
        "title": chart.title,
        "svg": chart.svg(),
        "alt": f"{chart.title}. " + "; ".join(f"{row.label}: {row.text}" for row in rows),
    }
