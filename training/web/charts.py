"""Bars and ranges drawn as SVG of our own: no script, no style attribute, printable.

On a page the words of a chart are text of the page, and each row draws one small SVG without viewBox whose
lengths are per cent: nothing shrinks on a phone. For a PDF `svg()` draws the whole at a fixed width with a viewBox.
Every row carries its value in words, so colour or length alone never says anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

PDF_WIDTH, PDF_LINE, PDF_WRAP = 640, 20, 84
HEIGHT = 18
BRAND, TRACK, GREY, PALE, TEXT = "#0f5257", "#e3ecea", "#505a5f", "#b1b4b6", "#0b0c0c"


@dataclass(frozen=True)
class Bar:
    """`text` is the value in words: "93.1 % (269 of 289)". A bar that is withheld has no value."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True)
class Interval:
    """A mean with its interval, `text` in words: "+0.8, likely between +0.5 and +1.1 (34 people)"."""

    label: str
    mean: float | None
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class ChartRow:
    label: str
    text: str
    drawing: SafeString


class Chart(Protocol):
    """What `{% chart %}` prints. `value_label` heads the column of the table below the drawing."""

    @property
    def title(self) -> str: ...

    @property
    def value_label(self) -> str: ...

    @property
    def scale(self) -> Sequence[str]: ...

    def rows(self) -> list[ChartRow]: ...

    def svg(self) -> str: ...


@dataclass(frozen=True)
class BarChart:
    title: str
    bars: Sequence[Bar]
    maximum: float | None = None  # none: the largest value; 100 for rates
    value_label: str = "Value"
    scale: Sequence[str] = ()

    def _draw(self, bar: Bar, pen: "_Pen") -> None:
        pen.rect("track", TRACK, 100)
        if bar.value is not None:
            top = self.maximum or max((each.value or 0 for each in self.bars), default=0) or 1
            pen.rect("bar", BRAND, _within(bar.value / top * 100))

    def rows(self) -> list[ChartRow]:
        return [_row(self, bar) for bar in self.bars]

    def svg(self) -> str:
        """The whole drawing for a PDF, its text included, without the title."""
        return _whole(self, self.bars)


@dataclass(frozen=True)
class IntervalChart:
    """`low` and `high` are the ends of the scale, `zero` where an upright line says "no change"."""

    title: str
    intervals: Sequence[Interval]
    low: float
    high: float
    value_label: str = "Mean change"
    zero: float = 0.0
    zero_label: str = "Upright line: no change"

    @property
    def scale(self) -> Sequence[str]:
        return (_number(self.low), self.zero_label, _number(self.high))

    def _at(self, value: float) -> float:
        return _within((value - self.low) / ((self.high - self.low) or 1) * 100)

    def _draw(self, interval: Interval, pen: "_Pen") -> None:
        pen.line("axis", PALE, 0, 100, 1)
        pen.upright(self._at(self.zero))
        if interval.mean is not None:
            pen.line("range", BRAND, self._at(interval.low), self._at(interval.high), 4)
            pen.dot(self._at(interval.mean))

    def rows(self) -> list[ChartRow]:
        return [_row(self, interval) for interval in self.intervals]

    def svg(self) -> str:
        """The whole drawing for a PDF, its text included, without the title."""
        return _whole(self, self.intervals)


def _row(chart: BarChart | IntervalChart, item: Bar | Interval) -> ChartRow:
    pen = _Pen(None)
    chart._draw(item, pen)  # type: ignore[arg-type]
    svg = f'<svg width="100%" height="{HEIGHT}" aria-hidden="true" focusable="false">{"".join(pen.marks)}</svg>'
    return ChartRow(item.label, item.text, mark_safe(svg))  # noqa: S308 - numbers and our own words only


def _whole(chart: BarChart | IntervalChart, items: Sequence[Bar] | Sequence[Interval]) -> str:
    pen = _Pen(PDF_WIDTH)
    for item in items:
        pen.words(item.label)
        pen.words(item.text, "700")
        chart._draw(item, pen)  # type: ignore[arg-type]
        pen.y += HEIGHT + 12
    pen.scale(chart.scale)
    described = "; ".join(f"{item.label}: {item.text}" for item in items)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {PDF_WIDTH} {pen.y}" width="{PDF_WIDTH}"'
        f' height="{pen.y}" font-family="Source Sans 3"><title>{escape(chart.title)}</title>'
        f"<desc>{escape(described)}</desc>{''.join(pen.marks)}</svg>"
    )


def _within(percent: float) -> float:
    return max(0.0, min(100.0, percent))


def _number(value: float) -> str:
    return f"{value:+g}".replace("-", "−") if value else "0"


class _Pen:
    """Collects marks. Positions along are per cent; with a width in pixels they are turned into those."""

    def __init__(self, wide: int | None) -> None:
        self.wide, self.y, self.marks = wide, 0, list[str]()

    def _x(self, percent: float) -> str:
        return f"{percent:.2f}%" if self.wide is None else f"{percent * self.wide / 100:.1f}"

    def _mark(self, shape: str, kind: str, attributes: str) -> None:
        self.marks.append(f'<{shape} class="muster-chart__{kind}" {attributes}/>')

    def rect(self, kind: str, fill: str, width: float) -> None:
        size = f'x="0" y="{self.y + 2}" width="{self._x(width)}" height="{HEIGHT - 4}" rx="2"'
        self._mark("rect", kind, f'{size} fill="{fill}"')

    def line(self, kind: str, stroke: str, start: float, end: float, width: int) -> None:
        y = self.y + HEIGHT // 2
        ends = f'x1="{self._x(start)}" x2="{self._x(end)}" y1="{y}" y2="{y}"'
        self._mark("line", kind, f'{ends} stroke="{stroke}" stroke-width="{width}"')

    def upright(self, x: float) -> None:
        ends = f'x1="{self._x(x)}" x2="{self._x(x)}" y1="{self.y}" y2="{self.y + HEIGHT}"'
        self._mark("line", "zero", f'{ends} stroke="{GREY}" stroke-width="1.5"')

    def dot(self, x: float) -> None:
        self._mark("circle", "dot", f'cx="{self._x(x)}" cy="{self.y + HEIGHT // 2}" r="7" fill="{BRAND}"')

    def words(self, words: str, weight: str = "400") -> None:
        for line in wrap(words, PDF_WRAP) or [""]:
            self.y += PDF_LINE
            self._text(0, self.y - 5, line, "start", f'font-size="16" font-weight="{weight}" fill="{TEXT}"')

    def scale(self, ends: Sequence[str]) -> None:
        if ends:
            self.y += PDF_LINE
        for words, x, anchor in zip(ends, (0, 50, 100), ("start", "middle", "end"), strict=False):
            self._text(x, self.y - 6, words, anchor, f'font-size="14" fill="{GREY}"')

    def _text(self, x: float, y: int, words: str, anchor: str, looks: str) -> None:
        self.marks.append(f'<text x="{self._x(x)}" y="{y}" text-anchor="{anchor}" {looks}>{escape(words)}</text>')
