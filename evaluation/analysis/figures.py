"""What the analysis gives to pages and files: figures with what they are a part of, or withheld without a value."""

import math
from dataclasses import dataclass
from typing import Any

from evaluation.analysis.student import mean_interval

WITHHELD = "hidden: fewer than {below} answers"
NOTHING = "nothing to count yet"
DIGITS = 4


@dataclass(frozen=True)
class Figure:
    """One number of a report. `words` can stand alone, with its denominator or its n; withheld, there is nothing else.

    `code` and `version` name its `MetricDefinition`. A rate has `numerator` and `denominator` and a value between
    0 and 1 (fill may be more); a mean has `n`, and `low` and `high` where an interval can be worked out.
    """

    code: str
    label: str
    words: str
    version: int = 1
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    is_withheld: bool = False

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Tally:
    """How many values, their sum and the sum of their squares: all that a mean with its interval needs."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.n + other.n, self.total + other.total, self.squares + other.squares)


def rate(code: str, label: str, part: int, whole: int, of: str) -> Figure:
    """Counts of bookings, dates and forms, which are never withheld. `of`: "{part} of {whole} booked people came"."""
    if not whole:
        return Figure(code, label, NOTHING, numerator=part, denominator=0)
    words = f"{percent(part, whole)}: {of.format(part=f'{part:,}', whole=f'{whole:,}')}"
    return Figure(code, label, words, value=_rounded(part / whole), numerator=part, denominator=whole)


def share(code: str, label: str, part: int, whole: int, below: int, of: str) -> Figure:
    """A part of the answers; whether they may be shown, `withholding` has decided. `n` is the whole."""
    if not whole:
        return withheld(code, label, below)
    words = f"{percent(part, whole)}: {of.format(part=f'{part:,}', whole=f'{whole:,}')}"
    return Figure(code, label, words, value=_rounded(part / whole), numerator=part, denominator=whole, n=whole)


def mean(code: str, label: str, tally: Tally, below: int, *, is_change: bool = False, of: str = "answers") -> Figure:
    """The mean of what may be shown, with its 95 % interval; withheld if there is nothing that may."""
    if not tally.n:
        return withheld(code, label, below)
    value = tally.total / tally.n
    low, high = mean_interval(tally.n, tally.total, tally.squares)
    said = signed(value) if is_change else f"{value:.1f} out of 5"
    return Figure(
        code,
        label,
        f"{said}, {_likely(low, high, is_change)} ({tally.n:,} {of})",
        value=_rounded(value),
        n=tally.n,
        low=_rounded(low),
        high=_rounded(high),
    )


def withheld(code: str, label: str, below: int) -> Figure:
    return Figure(code, label, WITHHELD.format(below=below), is_withheld=True)


def percent(part: int, whole: int) -> str:
    """304 of 393 → "77.4 %"."""
    return f"{part * 100 / whole:.1f} %"


def signed(value: float) -> str:
    """ "+0.8", "−0.3", "0.0"; never "−0.0"."""
    text = f"{value:+.1f}".replace("-", "−")
    return "0.0" if text in ("+0.0", "−0.0") else text


def _likely(low: float | None, high: float | None, is_change: bool) -> str:
    if low is None or high is None:
        return "everybody alike, so no range can be given"
    show = signed if is_change else "{:.1f}".format
    return f"likely between {show(low)} and {show(high)}"


def _rounded(value: float | None) -> float | None:
    """Four digits: the same answers give the same JSON. Never −0.0."""
    return None if value is None or math.isnan(value) else round(value, DIGITS) + 0.0
