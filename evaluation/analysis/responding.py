"""How many of those asked have answered: n of N, per stage. Counts of forms are not answers and are not withheld."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from evaluation.analysis.dates import Asking, Lattice
from evaluation.analysis.figures import Figure, rate
from evaluation.models import Response, Stage


@dataclass(frozen=True)
class Responding:
    """One stage of some dates. `open_until` is when the last form still open closes."""

    stage: str
    label: str
    figure: Figure
    answered: int
    asked: int
    open_until: datetime.datetime | None


def load_answered(lattice: Lattice) -> dict[tuple[int, str], int]:
    rows = Response.objects.filter(event__in=list(lattice.dates), on__lt=lattice.today)
    counted = rows.values_list("event_id", "stage").annotate(number=Count("pk")).order_by()
    return {(event, stage): number for event, stage, number in counted}


def responding(lattice: Lattice, answered: dict[tuple[int, str], int], cut: frozenset[int], stage: Stage) -> Responding:
    """Answers that came without a form being sent (keyed in from paper) count as asked, so that n is never above N."""
    sent = {event: lattice.asking.get((event, stage.value), Asking()) for event in cut}
    given = {event: answered.get((event, stage.value), 0) for event in cut}
    asked = sum(max(sent[event].asked, given[event]) for event in cut)
    closing = [one.closes_at for one in sent.values() if one.closes_at and one.closes_at > lattice.now and one.asked]
    number = sum(given.values())
    figure = rate("response", stage.label, number, asked, "{part} of {whole} people answered")
    return Responding(stage.value, stage.label, figure, number, asked, max(closing, default=None))
