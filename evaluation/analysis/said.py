"""What people wrote that they did differently: only what a screener has cleared, with how many wrote in all."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from evaluation.analysis.dates import Lattice
from evaluation.analysis.figures import Tally
from evaluation.analysis.withholding import blocks, events_shown
from evaluation.models import Comment

DID_DIFFERENTLY = "did_differently"
MOST = 12


@dataclass(frozen=True)
class Said:
    """`written` is everything that came; `cleared` of it may be read, `waiting` is still to be screened.

    `texts` are of dates (or groups of dates) on which enough people wrote, at most `MOST`, quotable ones first.
    """

    written: int
    cleared: int
    waiting: int
    texts: tuple[str, ...]


def load_said(lattice: Lattice, cut: frozenset[int], question: str = DID_DIFFERENTLY) -> Said:
    """Two queries. Texts in the order of their random ids, which says nothing about who or when."""
    rows = Comment.objects.filter(question__code=question, response__on__lt=lattice.today)
    counted = rows.filter(response__event__in=list(lattice.dates)).values_list("response__event_id", "state")
    by_state: dict[str, int] = defaultdict(int)
    written: dict[int, Tally] = defaultdict(Tally)
    for event, state, number in counted.annotate(number=Count("pk")).order_by():
        written[event] += Tally(number)
        by_state[state] += number if event in cut else 0
    closed = lattice.closed("follow_up")
    found = blocks(written, lattice.places, closed, lambda tally: tally.n >= lattice.below)
    events = list(events_shown(found, cut))
    readable = rows.cleared().filter(response__event__in=events).order_by("-state", "pk")
    texts = readable.values_list("cleared_text", flat=True)[:MOST]
    cleared = by_state[Comment.State.CLEARED] + by_state[Comment.State.QUOTABLE]
    return Said(sum(by_state.values()), cleared, by_state[Comment.State.UNSCREENED], tuple(texts))
