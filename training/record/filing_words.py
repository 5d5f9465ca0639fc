"""The tables of returns of single-agency training."""

from collections.abc import Sequence

from django.urls import reverse

from training.record.filing import Filed
from training.record.models import AgencyReturn
from training.web.components import Cell, Column, Table
from training.web.words import count, day


def own_table(rows: Sequence[Filed]) -> Table:
    columns = [Column(label) for label in ("Quarter", "Organisation", "State", "What was filed")]
    cells = [
        [
            Cell(one.quarter.title, url=reverse("record:agency-return", args=[one.agency.reference, one.quarter.key])),
            one.agency.name,
            _state(one),
            _filed(one.filed) if one.filed else "–",
        ]
        for one in rows
    ]
    return Table("Quarters to file", columns, cells, is_caption_hidden=True)


def team_table(rows: Sequence[Filed]) -> Table | None:
    """Those who have not filed first."""
    columns = [Column(label) for label in ("Organisation", "State", "What was filed", "Source")]
    in_order = sorted(rows, key=lambda one: (one.filed is not None, one.agency.name))
    cells = [
        [
            Cell(one.agency.name, url=reverse("people:agency-edit", args=[one.agency.reference])),
            _state(one),
            _filed(one.filed) if one.filed else "–",
            one.filed.source if one.filed else "–",
        ]
        for one in in_order
    ]
    return Table("Who has filed", columns, cells, is_caption_hidden=True) if cells else None


def _state(one: Filed) -> Cell:
    if one.filed is None:
        return Cell("Not filed", tag="orange")
    return Cell("Filed", tag="green", hint=day(one.filed.filed_at))


def _filed(filed: AgencyReturn) -> str:
    lines = list(filed.lines.all())
    if not lines:
        return "None of their own"
    return "; ".join(
        f"{line.theme}: {count(line.people, 'person', 'people')}, {count(line.courses, 'course')}" for line in lines
    )
