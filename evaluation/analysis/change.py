"""What changed from one form to a later one, for the same people: pairs by their pseudonym, and nobody else.

The rating given before the course ("true") and the one remembered at the end ("looking back") are two comparisons
and never mixed: people over-rate themselves beforehand. Only a pair that has rated every outcome of the version both
times counts, so that all outcomes of a comparison rest on the same people.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evaluation.analysis.dates import Lattice
from evaluation.analysis.figures import Figure, Tally, mean
from evaluation.analysis.sql import fetch
from evaluation.analysis.withholding import Block, blocks, shown
from training.catalogue.models import LearningOutcome


class Comparison(StrEnum):
    """The code of its definition: from which rating to which."""

    BEFORE = "change_before"
    LOOKING_BACK = "change_looking_back"
    KEPT = "change_kept"


STAGES = {Comparison.BEFORE: "end", Comparison.LOOKING_BACK: "end", Comparison.KEPT: "follow_up"}
LABELS = {
    Comparison.BEFORE: "From before the course to its end",
    Comparison.LOOKING_BACK: "From “before today I was…” to the end",
    Comparison.KEPT: "From the end to two months on",
}
# One pass, no join of answers with answers: each person's ratings of an outcome side by side, then their differences.
# Who moved keeps the pseudonym, so the rating before may be of another date; the pair belongs to the later one.
CHANGES = """
WITH rated AS (
    SELECT r.pairing_key, a.outcome_id,
        max(a.rating) FILTER (WHERE r.stage = 'baseline' AND q.kind = 'outcome_now') AS before,
        max(a.rating) FILTER (WHERE r.stage = 'end' AND q.kind = 'outcome_before') AS remembered,
        max(a.rating) FILTER (WHERE r.stage = 'end' AND q.kind = 'outcome_now') AS after,
        max(a.rating) FILTER (WHERE r.stage = 'follow_up' AND q.kind = 'outcome_now') AS later,
        max(r.event_id) FILTER (WHERE r.stage = 'end') AS end_event,
        max(r."on") FILTER (WHERE r.stage = 'end') AS end_on,
        max(r.event_id) FILTER (WHERE r.stage = 'follow_up') AS later_event,
        max(r."on") FILTER (WHERE r.stage = 'follow_up') AS later_on
    FROM evaluation_response r
    JOIN evaluation_answer a ON a.response_id = r.id AND a.outcome_id IS NOT NULL
    JOIN evaluation_question q ON q.id = a.question_id
    WHERE r."on" < %(today)s
        AND r.pairing_key IN (SELECT pairing_key FROM evaluation_response WHERE event_id = ANY(%(all)s))
    GROUP BY r.pairing_key, a.outcome_id
), differences AS (
    SELECT 'change_before' AS comparison, 'end' AS stage, pairing_key, outcome_id,
        end_event AS event_id, end_on AS "on", after - before AS difference FROM rated
    UNION ALL
    SELECT 'change_looking_back', 'end', pairing_key, outcome_id, end_event, end_on, after - remembered FROM rated
    UNION ALL
    SELECT 'change_kept', 'follow_up', pairing_key, outcome_id, later_event, later_on, later - after FROM rated
), paired AS (
    SELECT d.*, e.version_id,
        count(*) OVER pair AS outcomes, avg(d.difference) OVER pair AS average,
        row_number() OVER (PARTITION BY d.comparison, d.pairing_key ORDER BY d.outcome_id) AS nth
    FROM differences d
    JOIN catalogue_event e ON e.id = d.event_id
    WHERE d.difference IS NOT NULL AND d.event_id = ANY(%(all)s)
    WINDOW pair AS (PARTITION BY d.comparison, d.pairing_key)
), placed AS (
    SELECT p.*,
        (event_id, stage) IN (SELECT * FROM unnest(%(events)s::bigint[], %(stages)s::text[])) AS is_closed,
        dense_rank() OVER (PARTITION BY comparison, event_id ORDER BY "on", pairing_key) AS place
    FROM paired p
    WHERE outcomes = (SELECT count(*) FROM catalogue_learningoutcome o WHERE o.version_id = p.version_id)
), stepped AS (
    SELECT *, max(place) OVER (PARTITION BY comparison, event_id) AS matched FROM placed
), seen AS (
    SELECT * FROM stepped WHERE is_closed OR place <= %(below)s * (matched / %(below)s - 1)
)
SELECT comparison, event_id, NULL::bigint, count(*), sum(average), sum(average * average), 0
FROM seen WHERE nth = 1 GROUP BY comparison, event_id
UNION ALL
SELECT comparison, event_id, outcome_id, count(*), sum(difference), sum(difference * difference), 0
FROM seen GROUP BY comparison, event_id, outcome_id
UNION ALL
SELECT comparison, event_id, NULL::bigint, 0, 0, 0, max(matched) FROM stepped GROUP BY comparison, event_id
"""


@dataclass(frozen=True)
class Paired:
    """The sums of some pairs: of each person's average over the outcomes, and of each outcome."""

    average: Tally = field(default_factory=Tally)
    outcomes: tuple[tuple[int, Tally], ...] = ()

    def __add__(self, other: "Paired") -> "Paired":
        found: dict[int, Tally] = defaultdict(Tally)
        for outcome, tally in (*self.outcomes, *other.outcomes):
            found[outcome] += tally
        return Paired(self.average + other.average, tuple(found.items()))

    def of_enough(self, below: int) -> "Paired":
        """Without the outcomes that fewer people than this were asked about."""
        return Paired(self.average, tuple(row for row in self.outcomes if row[1].n >= below))


@dataclass
class Matched:
    """One comparison: how many are matched on each date, and what of it may be shown."""

    comparison: Comparison
    matched: dict[int, int] = field(default_factory=dict)
    blocks: list[Block[Paired]] = field(default_factory=list)


@dataclass(frozen=True)
class OutcomeText:
    pk: int
    version: int
    position: int
    text: str


def load_changes(lattice: Lattice) -> dict[Comparison, Matched]:
    """All three comparisons in one query, whatever the number of dates."""
    values: dict[str, Any] = {"all": list(lattice.dates), "today": lattice.today, "below": lattice.below}
    closed = {stage: lattice.closed(stage) for stage in ("end", "follow_up")}
    pairs = [(pk, stage) for stage, events in closed.items() for pk in events]
    values |= {"events": [pk for pk, _ in pairs], "stages": [stage for _, stage in pairs]}
    return {
        comparison: _matched(comparison, rows, lattice, closed[STAGES[comparison]])
        for comparison, rows in _by_comparison(fetch(CHANGES, values)).items()
    }


def average_change(matched: Matched, cut: frozenset[int], label: str, below: int) -> Figure:
    """Each person's average over the outcomes of their course, then the mean over the people."""
    return _figure(matched, label, shown(matched.blocks, cut, Paired()).average, below)


def outcome_changes(matched: Matched, cut: frozenset[int], outcomes: Sequence[OutcomeText], below: int) -> list[Figure]:
    """The mean change of each of these outcomes; those of a version nobody is matched on are withheld.

    A block may be of two versions, with too few people for the outcomes of either: those stay out.
    """
    enough = [Block(block.events, block.tally.of_enough(below)) for block in matched.blocks]
    tallies = dict(shown(enough, cut, Paired()).outcomes)
    return [_figure(matched, one.text, tallies.get(one.pk, Tally()), below) for one in outcomes]


def matched_people(matched: Matched, cut: frozenset[int]) -> int:
    """How many could be paired, whether their ratings may be shown or not."""
    return sum(number for event, number in matched.matched.items() if event in cut)


def outcome_texts(versions: set[int]) -> list[OutcomeText]:
    rows = LearningOutcome.objects.filter(version_id__in=versions).order_by(
        "-version__number", "version_id", "position"
    )
    return [OutcomeText(*row) for row in rows.values_list("pk", "version_id", "position", "text")]


def _figure(matched: Matched, label: str, tally: Tally, below: int) -> Figure:
    return mean(matched.comparison.value, label, tally, below, is_change=True, of="people")


def _by_comparison(rows: Sequence[tuple[Any, ...]]) -> dict[Comparison, list[tuple[Any, ...]]]:
    found: dict[Comparison, list[tuple[Any, ...]]] = {comparison: [] for comparison in Comparison}
    for row in rows:
        found[Comparison(row[0])].append(row)
    return found


def _matched(comparison: Comparison, rows: list[tuple[Any, ...]], lattice: Lattice, closed: frozenset[int]) -> Matched:
    averages: dict[int, Tally] = {}
    outcomes: dict[int, list[tuple[int, Tally]]] = defaultdict(list)
    matched: dict[int, int] = {}
    for _, event, outcome, n, total, squares, people in rows:
        tally = Tally(n, float(total), float(squares))
        if people:
            matched[event] = people
        elif outcome is None:
            averages[event] = tally
        else:
            outcomes[event].append((outcome, tally))
    tallies = {event: Paired(tally, tuple(sorted(outcomes[event]))) for event, tally in averages.items()}
    enough = lattice.below
    found = blocks(tallies, lattice.places, closed, lambda paired: paired.average.n >= enough)
    return Matched(comparison, matched, found)
