"""The tables of what is expected of providers."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from providers.models import KpiTarget
from providers.targets import words_of
from training.web.components import Cell, Column, Table
from training.web.words import day


def targets_table(rows: Sequence[KpiTarget], today: datetime.date, *, may_set: bool) -> Table:
    """A row a measure: what is expected now, since when, and what is to come. `rows` the newest of each first."""
    columns = [Column(label) for label in ("Figure", "Expected now", "From then on", "Set by")]
    return Table("What is expected now", columns, [_now(one, rows, today, may_set) for one in KpiTarget.Measure])


def _now(
    measure: KpiTarget.Measure, rows: Sequence[KpiTarget], today: datetime.date, may_set: bool
) -> list[str | Cell]:
    mine = [row for row in rows if row.measure == measure]
    held = next((row for row in mine if row.in_force_from <= today), None)
    coming = [row for row in reversed(mine) if row.in_force_from > today]
    return [
        Cell(measure.label, url=reverse("providers:target-set", args=[measure.value]) if may_set else ""),
        Cell(expected(held), hint=f"since {day(held.in_force_from)}") if held else "Nothing",
        "; ".join(f"{expected(row)} from {day(row.in_force_from)}" for row in coming) or "–",
        _set_by(held) if held else "–",
    ]


def history_table(rows: Sequence[KpiTarget]) -> Table:
    """Everything that was ever set, the newest first of each measure, with why."""
    columns = [Column(label) for label in ("Figure", "From", "Expected", "Why", "Set by")]
    cells = [
        [row.get_measure_display(), day(row.in_force_from), expected(row), row.reason, _set_by(row)] for row in rows
    ]
    return Table("Everything that was set", columns, cells, is_caption_hidden=True)


def expected(row: KpiTarget) -> str:
    return "Nothing" if row.value is None else words_of(row.measure, row.value).capitalize()


def _set_by(row: KpiTarget) -> str:
    """The meeting with its minute, else the person, else nobody yet."""
    if row.decision is not None:
        minute = f", minute {row.decision.minute}" if row.decision.minute else ""
        return f"{row.decision.meeting}{minute}"
    return row.set_by.name if row.set_by else "Muster, to start with"
