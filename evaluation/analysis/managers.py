"""What managers said of their people's work since a course: how many answered, how many of them have seen a change.

Answers are shown as everywhere, in blocks of dates (docs/adr/0012); of one date only once nobody can be asked about it
or answer any more. Three queries for any number of dates.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max

from evaluation.analysis.dates import Lattice
from evaluation.analysis.figures import Figure, rate, share
from evaluation.analysis.ratings import Spread
from evaluation.analysis.withholding import Block, blocks, events_shown, shown
from evaluation.managers import ASKED_WITHIN
from evaluation.models import Comment, ManagerConfirmation, ManagerDigest

State = ManagerConfirmation.State
SAW, OTHERWISE, UNKNOWN = "Saw a change", "Not yet", "Does not know"
PARTS = {State.SAW_CHANGE: SAW, State.NOT_YET: OTHERWISE, State.DOES_NOT_KNOW: UNKNOWN}


@dataclass(frozen=True)
class Managers:
    """What of the managers' answers may be shown. `asked` and `answered` count people, by date.

    `open_until` is when the last link closes about a date, while one is open.
    """

    asked: dict[int, int] = field(default_factory=dict)
    answered: dict[int, int] = field(default_factory=dict)
    blocks: list[Block[Spread]] = field(default_factory=list)
    open_until: dict[int, datetime.datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Examples:
    """What managers wrote of dates whose answers are shown: how many did, and what a screener has cleared of it."""

    written: int
    texts: tuple[str, ...]


def load_managers(lattice: Lattice) -> Managers:
    """Answers of before today. Whoever says that somebody is not theirs has told nothing, and is left out."""
    rows = ManagerConfirmation.objects.filter(booking__event__in=list(lattice.dates)).exclude(state=State.NOT_THEIRS)
    counted = rows.values_list("booking__event_id", "state").annotate(number=Count("pk")).order_by()
    asked: dict[int, int] = defaultdict(int)
    answered: dict[int, int] = defaultdict(int)
    spreads: dict[int, Spread] = {}
    open_until = _open_until(lattice)
    closed = _closed(lattice, open_until)
    for event, state, number in counted:
        asked[event] += number
        if state in PARTS:
            answered[event] += number
            spreads[event] = spreads.get(event, Spread()) + Spread(((PARTS[State(state)], number),))
    final = {event: spread for event, spread in spreads.items() if event in closed}
    found = blocks(final, lattice.places, closed, lambda spread: spread.is_enough(lattice.below))
    return Managers(dict(asked), dict(answered), found, open_until)


def load_examples(managers: Managers, cut: frozenset[int]) -> Examples:
    """One query. Texts in the order of their random ids, those that may be quoted first."""
    events = list(events_shown(managers.blocks, cut))
    rows = Comment.objects.filter(origin=Comment.Origin.MANAGER, event__in=events).order_by("-state", "pk")
    found = list(rows.values_list("state", "cleared_text"))
    cleared = (Comment.State.CLEARED, Comment.State.QUOTABLE)
    return Examples(len(found), tuple(text for state, text in found if state in cleared))


def managers_who_answered(managers: Managers, cut: frozenset[int]) -> Figure:
    """Counts of questions put and answered, which are never withheld."""
    answered, asked = (sum(counts.get(event, 0) for event in cut) for counts in (managers.answered, managers.asked))
    return rate("manager_response", "Managers", answered, asked, "managers answered for {part} of {whole} people")


def managers_who_saw_a_change(managers: Managers, cut: frozenset[int], below: int) -> Figure:
    """Of the people for whom a manager has answered, those in whose work they have seen a change."""
    spread = shown(managers.blocks, cut, Spread())
    saw = dict(spread.counts).get(SAW, 0)
    of = "managers saw a change in {part} of {whole} people"
    return share("manager_saw_change", "Managers who saw a change", saw, spread.n, below, of)


def _open_until(lattice: Lattice) -> dict[int, datetime.datetime]:
    rows = ManagerDigest.objects.filter(closes_at__gt=lattice.now, confirmations__isnull=False)
    return dict(rows.values_list("confirmations__booking__event_id").annotate(Max("closes_at")).order_by())


def _closed(lattice: Lattice, open_until: dict[int, datetime.datetime]) -> frozenset[int]:
    """Dates whose follow-up has closed, about which no manager can be asked any more, nor answer."""
    closed = lattice.closed("follow_up")
    return frozenset(pk for pk in closed if pk not in open_until and _is_over(lattice, pk))


def _is_over(lattice: Lattice, event: int) -> bool:
    asking = lattice.asking.get((event, "follow_up"))
    return asking is None or asking.due_at is None or asking.due_at + ASKED_WITHIN <= lattice.now
