"""Agreement (1 to 5) and choices: means with intervals, shares, and how many answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.analysis.dates import Lattice
from evaluation.analysis.figures import Figure, Tally, mean, share, withheld
from evaluation.analysis.sql import fetch
from evaluation.analysis.withholding import Block, blocks, shown
from evaluation.models import Question

BANDS = ("Agreed", "Neither", "Disagreed")
# A date whose form is open shows steps of `below`, the newest held back, in the order of the days of answering;
# today's are left out, since more of today may come before them in that order.
RATINGS = """
WITH given AS (
    SELECT r.event_id, r.stage, q.code, a.rating,
        (r.event_id, r.stage) IN (SELECT * FROM unnest(%(events)s::bigint[], %(stages)s::text[])) AS is_closed,
        row_number() OVER (PARTITION BY r.event_id, r.stage, q.code ORDER BY r."on", r.id) AS place,
        count(*) OVER (PARTITION BY r.event_id, r.stage, q.code) AS answered
    FROM evaluation_response r
    JOIN evaluation_answer a ON a.response_id = r.id
    JOIN evaluation_question q ON q.id = a.question_id
    WHERE r.event_id = ANY(%(all)s) AND r."on" < %(today)s AND q.kind = 'rating'
), seen AS (
    SELECT *, is_closed OR place <= %(below)s * (answered / %(below)s - 1) AS is_shown FROM given
)
SELECT event_id, stage, code, count(*), bool_and(is_closed),
    count(*) FILTER (WHERE is_shown),
    coalesce(sum(rating) FILTER (WHERE is_shown), 0),
    coalesce(sum(rating * rating) FILTER (WHERE is_shown), 0),
    count(*) FILTER (WHERE rating >= 4), count(*) FILTER (WHERE rating = 3), count(*) FILTER (WHERE rating <= 2)
FROM seen GROUP BY event_id, stage, code
"""
CHOICES = """
SELECT r.event_id, r.stage, q.code, a.choice, count(*)
FROM evaluation_response r
JOIN evaluation_answer a ON a.response_id = r.id
JOIN evaluation_question q ON q.id = a.question_id
WHERE r.event_id = ANY(%(all)s) AND r."on" < %(today)s AND q.kind = 'choice'
GROUP BY r.event_id, r.stage, q.code, a.choice
"""


@dataclass(frozen=True)
class Spread:
    """How many gave each of a few answers. Enough to be shown: nobody stands in a part of fewer than `below`."""

    counts: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: "Spread") -> "Spread":
        found: dict[str, int] = defaultdict(int)
        for answer, number in (*self.counts, *other.counts):
            found[answer] += number
        return Spread(tuple(found.items()))

    @property
    def n(self) -> int:
        return sum(number for _, number in self.counts)

    def is_enough(self, below: int) -> bool:
        return self.n >= below and all(number == 0 or number >= below for _, number in self.counts)


@dataclass
class Measure:
    """One question of one stage: how many answered on each date, and what of it may be shown."""

    code: str
    stage: str
    text: str
    answered: dict[int, int] = field(default_factory=dict)
    means: list[Block[Tally]] = field(default_factory=list)
    spreads: list[Block[Spread]] = field(default_factory=list)


@dataclass(frozen=True)
class Rated:
    """A question's figures for one cut. `parts` is empty where a part would be of too few."""

    code: str
    stage: str
    text: str
    figure: Figure
    parts: tuple[Figure, ...]
    answered: int


def load_measures(lattice: Lattice) -> list[Measure]:
    """Every rating and choice of these dates, in three queries. Ratings first, each in the order of its form."""
    texts = _texts()
    values = {
        "all": list(lattice.dates),
        "today": lattice.today,
        "below": lattice.below,
        **_closed_pairs(lattice),
    }
    found = [*_ratings(fetch(RATINGS, values), lattice), *_choices(fetch(CHOICES, values), lattice)]
    for measure in found:
        measure.text = texts.get((measure.stage, measure.code), ("", 0))[0] or measure.code
    return sorted(found, key=lambda one: (one.stage != "end", texts.get((one.stage, one.code), ("", 99))[1]))


def rated(measure: Measure, cut: frozenset[int], below: int) -> Rated:
    """The figures of one question for these dates."""
    spread = shown(measure.spreads, cut, Spread())
    parts = tuple(
        share(measure.code, answer, number, spread.n, below, "{part} of {whole}") for answer, number in spread.counts
    )
    if measure.means:
        figure = mean(measure.code, measure.text, shown(measure.means, cut, Tally()), below)
    else:
        figure = parts[0] if parts else withheld(measure.code, measure.text, below)
    answered = sum(number for event, number in measure.answered.items() if event in cut)
    return Rated(measure.code, measure.stage, measure.text, figure, parts, answered)


def _closed_pairs(lattice: Lattice) -> dict[str, list[Any]]:
    pairs = [(pk, stage) for stage in ("baseline", "end", "follow_up") for pk in lattice.closed(stage)]
    return {"events": [pk for pk, _ in pairs], "stages": [stage for _, stage in pairs]}


def _ratings(rows: Sequence[tuple[Any, ...]], lattice: Lattice) -> list[Measure]:
    grouped: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[1], row[2]].append(row)
    return [_rating(stage, code, group, lattice) for (stage, code), group in grouped.items()]


def _rating(stage: str, code: str, rows: list[tuple[Any, ...]], lattice: Lattice) -> Measure:
    closed = lattice.closed(stage)
    tallies = {row[0]: Tally(row[5], float(row[6]), float(row[7])) for row in rows if row[5]}
    spreads = {row[0]: Spread(tuple(zip(BANDS, row[8:11], strict=True))) for row in rows if row[4]}
    below, places = lattice.below, lattice.places
    return Measure(
        code,
        stage,
        "",
        {row[0]: row[3] for row in rows},
        blocks(tallies, places, closed, lambda tally: tally.n >= below),
        blocks(spreads, places, closed, lambda spread: spread.is_enough(below)),
    )


def _choices(rows: Sequence[tuple[Any, ...]], lattice: Lattice) -> list[Measure]:
    """Choices of dates whose form is closed; there are no steps of a choice."""
    grouped: dict[tuple[str, str], dict[int, Spread]] = defaultdict(dict)
    for event, stage, code, choice, number in rows:
        group = grouped[stage, code]
        group[event] = group.get(event, Spread()) + Spread(((choice, number),))
    return [_choice(stage, code, group, lattice) for (stage, code), group in grouped.items()]


def _choice(stage: str, code: str, spreads: dict[int, Spread], lattice: Lattice) -> Measure:
    closed = lattice.closed(stage)
    final = {event: spread for event, spread in spreads.items() if event in closed}
    found = blocks(final, lattice.places, closed, lambda spread: spread.is_enough(lattice.below))
    return Measure(code, stage, "", {event: spread.n for event, spread in spreads.items()}, [], found)


def _texts() -> dict[tuple[str, str], tuple[str, int]]:
    """The wording of each question in the partnership's own current form, with its place there."""
    rows = Question.objects.filter(version__is_current=True, version__questionnaire__course__isnull=True)
    found = rows.values_list("version__questionnaire__stage", "code", "text", "position")
    return {(stage, code): (text, position) for stage, code, text, position in found}
