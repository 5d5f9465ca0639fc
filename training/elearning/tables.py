"""Lists of this app as tables: the columns, and each row in words."""

from collections.abc import Iterable

from django.urls import reverse

from training.elearning.models import Completion, ElsewhereClaim, Outcome
from training.web.components import Cell, Column, Table
from training.web.words import day

COLOURS = {Outcome.OPEN: "yellow", Outcome.CONFIRMED: "green", Outcome.REFUSED: "red"}


def claims_table(rows: Iterable[ElsewhereClaim]) -> Table:
    columns = [Column("Who"), Column("Course"), Column("Finished"), Column("Where"), Column("Said on")]
    cells: list[list[object]] = [
        [
            Cell(row.person.name, url=reverse("elearning:claim", args=[row.reference])),
            row.version.title,
            day(row.on),
            row.where,
            day(row.made_at),
        ]
        for row in rows
    ]
    return Table("Done elsewhere, to confirm", columns, cells, is_caption_hidden=True)


def own_claims_table(rows: Iterable[ElsewhereClaim]) -> Table:
    columns = [Column("Course"), Column("Finished"), Column("Where"), Column("Answer")]
    cells: list[list[object]] = [
        [
            row.version.title,
            day(row.on),
            row.where,
            Cell(row.get_outcome_display(), tag=COLOURS[Outcome(row.outcome)], hint=row.answer),
        ]
        for row in rows
    ]
    return Table("What you did elsewhere", columns, cells, is_caption_hidden=True)


def completions_table(rows: Iterable[Completion]) -> Table:
    columns = [
        Column("Name in the file"),
        Column("Address"),
        Column("Organisation"),
        Column("Course"),
        Column("Finished"),
    ]
    cells: list[list[object]] = [
        [
            Cell(
                row.name,
                url=reverse("elearning:completion", args=[row.reference]),
                hint=f"Number {row.external_id}" if row.external_id else "",
            ),
            row.email or "–",
            row.agency_name or "–",
            row.version.title,
            day(row.on),
        ]
        for row in rows
    ]
    return Table("Completions to settle", columns, cells, is_caption_hidden=True)
