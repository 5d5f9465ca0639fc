"""The charts of a report, drawn from its dictionary: the published copy draws the same as the live one."""

from typing import Any

from training.web.charts import Bar, BarChart, Interval, IntervalChart

Part = dict[str, Any]


def sector_chart(agencies: Part) -> BarChart | None:
    bars = [_rate_bar(row["name"], row["attendance"]) for row in agencies["sectors"] if row["booked"]]
    return BarChart("Booked people who came, by sector", bars, maximum=100, value_label="Came") if bars else None


def response_chart(answers: Part) -> BarChart | None:
    bars = [_rate_bar(row["label"], row) for row in answers["stages"] if row["denominator"]]
    return BarChart("How many answered", bars, maximum=100, value_label="Answered") if bars else None


def trend_chart(trend: Part) -> BarChart | None:
    """Booked people who came, quarter by quarter: the other rates are in the table beside it."""
    rows = [(one["title"], one["figures"][0]) for one in trend["quarters"]]
    bars = [_rate_bar(title, figure) for title, figure in rows if figure["denominator"]]
    return (
        BarChart("Booked people who came, over five quarters", bars, maximum=100, value_label="Came") if bars else None
    )


def rating_chart(answers: Part) -> BarChart | None:
    """Means of the questions of agreement, on their scale of 1 to 5."""
    rows = [row for row in answers["questions"] if row["figure"]["denominator"] is None]
    bars = [Bar(row["text"], row["figure"]["value"], row["figure"]["words"]) for row in rows]
    return BarChart("What people thought at the end", bars, maximum=5, value_label="Mean, 1 to 5") if bars else None


def change_charts(change: Part) -> list[IntervalChart]:
    """One a comparison: they are never in one drawing."""
    return [chart for row in change["comparisons"] if (chart := _change_chart(row, change["by"]))]


def _change_chart(row: Part, by: str) -> IntervalChart | None:
    figures = row["figures"] or ([row["overall"]] if row["matched"] else [])
    if not figures:
        return None
    intervals = [_interval(figure) for figure in figures]
    reach = max([1.0, *(abs(end) for one in intervals if one.mean is not None for end in (one.low, one.high))])
    whole = min(4.0, float(-(-reach // 1)))
    return IntervalChart(f"{row['label']}, by {by}", intervals, -whole, whole)


def _interval(figure: Part) -> Interval:
    value = figure["value"]
    low = value if figure["low"] is None else figure["low"]
    high = value if figure["high"] is None else figure["high"]
    return Interval(figure["label"], value, low or 0.0, high or 0.0, figure["words"])


def _rate_bar(label: str, figure: Part) -> Bar:
    value = None if figure["value"] is None else figure["value"] * 100
    return Bar(label, value, figure["words"])
