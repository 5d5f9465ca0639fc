"""The tables of complaints and observations."""

from collections.abc import Iterable

from django.urls import reverse

from providers.models import Complaint, Observation
from training.web.components import Cell, Column, Table
from training.web.words import day

TAGS = {"open": "yellow", "upheld": "red", "not_upheld": "grey", "taken_back": "grey"}
VERDICTS = {"met": "green", "partly": "yellow", "not_met": "red"}


def complaints_table(caption: str, rows: Iterable[Complaint], *, may_decide: bool) -> Table | None:
    columns = [Column(label) for label in ("Complaint", "About", "Came on", "State", "What came of it")]
    cells = [
        [
            Cell(row.about, url=reverse("providers:complaint-decide", args=[row.reference]) if may_decide else ""),
            _about(row),
            day(row.received_on),
            Cell(row.get_standing_display(), tag=TAGS[row.standing]),
            Cell(row.outcome, hint=day(row.decided_on)) if row.decided_on else "–",
        ]
        for row in rows
    ]
    return Table(caption, columns, cells, is_caption_hidden=True) if cells else None


def _about(row: Complaint) -> Cell | str:
    name = row.provider.name if row.provider else "The partnership"
    return Cell(name, hint=f"{row.event.version.title}, {row.event.reference}") if row.event else name


def observations_table(rows: Iterable[Observation]) -> Table | None:
    columns = [Column(label) for label in ("Date", "Provider", "Seen on", "By", "Verdict", "What was seen")]
    cells = [
        [
            Cell(row.event.version.title, url=reverse("catalogue:event", args=[row.event.reference])),
            row.provider.name if row.provider else "Partners’ own staff",
            day(row.observed_on),
            row.who,
            Cell(row.get_verdict_display(), tag=VERDICTS[row.verdict]),
            row.what_was_seen,
        ]
        for row in rows
    ]
    return Table("Teaching that was observed", columns, cells, is_caption_hidden=True) if cells else None
