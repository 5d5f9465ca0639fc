"""The tables of this app's lists."""

import datetime
from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import Truncator

from evaluation.models import Comment, Concern, EvidenceItem
from training.web.components import Cell, Column, Table
from training.web.words import clock, day


def concerns_table(caption: str, concerns: Sequence[Concern], now: datetime.datetime) -> Table:
    """With the event and the version of each, and who took it."""
    columns = [Column("Concern"), Column("Raised"), Column("Course"), Column("State")]
    rows = [
        [
            Cell(one.reference, url=reverse("evaluation:concern", args=[one.reference])),
            f"{day(one.raised_at)}, {clock(one.raised_at)}",
            one.event.version.title,
            _state(one, now),
        ]
        for one in concerns
    ]
    return Table(caption, columns, rows)


def _state(concern: Concern, now: datetime.datetime) -> Cell:
    if concern.closed_at:
        return Cell("Closed", tag="grey", hint=day(concern.closed_at))
    if concern.taken_by:
        return Cell("Being dealt with", tag="blue", hint=f"by {concern.taken_by.name}")
    is_overdue = concern.due_at <= now
    return Cell(
        "Overdue" if is_overdue else "Nobody yet",
        tag="red" if is_overdue else "orange",
        hint=f"by {day(concern.due_at)}, {clock(concern.due_at)}",
    )


def comments_table(caption: str, comments: Sequence[Comment]) -> Table:
    """Answers that have been read, in the words that are left of them."""
    rows = [
        [
            Cell(
                Truncator(one.cleared_text).chars(200) or "Not shown",
                url=reverse("evaluation:screening-comment", args=[one.pk]),
            ),
            one.heading,
        ]
        for one in comments
    ]
    return Table(caption, [Column("Answer"), Column("Question")], rows, is_caption_hidden=True)


EVIDENCE_COLOURS = {"draft": "yellow", "approved": "green", "rejected": "grey"}


def evidence_table(caption: str, items: Sequence[EvidenceItem], today: datetime.date) -> Table:
    """With the version and the priority of each."""
    columns = [Column("What changed"), Column("Course and priority"), Column("State")]
    rows = [
        [
            Cell(
                one.claim,
                url=reverse("evaluation:evidence-item", args=[one.reference]),
                hint=f"Grade {one.grade}. {one.source}",
            ),
            Cell(one.version.title, hint=one.priority.name if one.priority else "No priority"),
            evidence_state(one, today),
        ]
        for one in items
    ]
    return Table(caption, columns, rows, is_caption_hidden=True)


def evidence_state(item: EvidenceItem, today: datetime.date) -> Cell:
    if item.state == EvidenceItem.State.APPROVED and item.expires_on <= today:
        return Cell("Out of date", tag="orange", hint=f"since {day(item.expires_on)}")
    hint = f"until {day(item.expires_on)}" if item.state == EvidenceItem.State.APPROVED else ""
    return Cell(item.get_state_display(), tag=EVIDENCE_COLOURS[item.state], hint=hint)
