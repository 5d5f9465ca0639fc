"""Nobody gets at the answers of few: not by differences of what is published, not by combining it, not by waiting."""

import itertools
from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evaluation.analysis.change import Comparison, Matched, OutcomeText, Paired, average_change, outcome_changes
from evaluation.analysis.figures import Tally
from evaluation.analysis.ratings import Spread
from evaluation.analysis.withholding import Block, Place, blocks, events_shown, shown

BELOW = 5
places = st.builds(
    Place,
    version=st.integers(1, 3),
    provider=st.sampled_from([None, 1, 2]),
    quarter=st.sampled_from(["2026-Q1", "2026-Q2", "2026-Q3"]),
    year=st.just(2026),
)
dates = st.lists(st.tuples(places, st.integers(0, 9), st.booleans()), min_size=1, max_size=12)


def is_enough(tally: Tally) -> bool:
    return tally.n >= BELOW


def published_cuts(rows: list[tuple[Place, int, bool]]) -> list[frozenset[int]]:
    """Every cut of the lattice: a date, and whatever version, provider, quarter and year have in common."""
    keys: list[Callable[[Place], object]] = [
        lambda place: place.version,
        lambda place: place.provider,
        lambda place: place.quarter,
        lambda place: place.year,
    ]
    cuts = {frozenset({event}) for event in range(len(rows))}
    for size in range(1, 5):
        for chosen in itertools.combinations(keys, size):
            groups: dict[object, set[int]] = {}
            for event, (place, _, _) in enumerate(rows):
                groups.setdefault(tuple(key(place) for key in chosen), set()).add(event)
            cuts |= {frozenset(group) for group in groups.values()}
    return list(cuts)


def publish(rows: list[tuple[Place, int, bool]]) -> dict[frozenset[int], frozenset[int]]:
    """What each cut shows: the dates whose answers are in its figure. An open date shows its steps."""
    tallies = {}
    for event, (_, answered, is_closed) in enumerate(rows):
        n = answered if is_closed else max(0, BELOW * (answered // BELOW - 1))
        if n:
            tallies[event] = Tally(n)
    found = blocks(
        tallies,
        {event: place for event, (place, _, _) in enumerate(rows)},
        [event for event, (_, _, is_closed) in enumerate(rows) if is_closed],
        is_enough,
    )
    return {cut: events_shown(found, cut) for cut in published_cuts(rows)}


@given(dates)
def test_no_combination_of_published_figures_gives_the_answers_of_few(rows: list[tuple[Place, int, bool]]) -> None:
    """Linear algebra: a group of dates with few answers is not in the span of what is published."""
    answered = [number for _, number, _ in rows]
    small = [
        group
        for size in (1, 2, 3)
        for group in itertools.combinations([event for event, number in enumerate(answered) if number], size)
        if sum(answered[event] for event in group) < BELOW
    ]
    matrix = np.array(
        [[event in events for event in range(len(rows))] for events in publish(rows).values()], dtype=float
    )
    rank = np.linalg.matrix_rank(matrix)

    found = []
    for group in small:
        target = np.array([[event in group for event in range(len(rows))]], dtype=float)
        if np.linalg.matrix_rank(np.vstack([matrix, target])) == rank:
            found.append(group)

    assert found == []


@given(dates)
def test_every_figure_rests_on_enough(rows: list[tuple[Place, int, bool]]) -> None:
    for events in publish(rows).values():
        shown_answers = sum(rows[event][1] for event in events)
        assert shown_answers == 0 or shown_answers >= BELOW


def test_the_attack_would_find_a_leak() -> None:
    """The check above can fail: a total printed beside one of its two dates gives the other away."""
    matrix = np.array([[1, 1], [1, 0]], dtype=float)

    assert np.linalg.matrix_rank(np.vstack([matrix, [[0, 1]]])) == np.linalg.matrix_rank(matrix)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_steps_of_one_date_differ_by_enough_or_not_at_all(arrivals: list[int]) -> None:
    """One date while answers come in, then closed: any two reports differ by `BELOW` answers at least, or none."""
    seen, total = [0], 0
    for number in arrivals:
        total += number
        seen.append(max(0, BELOW * (total // BELOW - 1)))
    seen.append(total if total >= BELOW else 0)

    jumps = {later - earlier for earlier, later in itertools.combinations(seen, 2)} - {0}

    assert all(jump >= BELOW for jump in jumps)


@given(dates, st.data())
def test_a_later_report_does_not_undo_an_earlier_one(rows: list[tuple[Place, int, bool]], data: st.DataObject) -> None:
    """Closed dates stay; one more closes: what was published of closed dates is published again just so."""
    still_open = [event for event, (_, _, is_closed) in enumerate(rows) if not is_closed]
    if not still_open:
        return
    closing = data.draw(st.sampled_from(still_open))
    later = [(place, number, is_closed or event == closing) for event, (place, number, is_closed) in enumerate(rows)]

    before = {frozenset(group) for group in _pools(rows)}
    after = {frozenset(group) for group in _pools(later)}

    assert before - after == set()


def _pools(rows: list[tuple[Place, int, bool]]) -> list[frozenset[int]]:
    """The blocks of closed dates."""
    closed = [event for event, (_, _, is_closed) in enumerate(rows) if is_closed]
    tallies = {event: Tally(rows[event][1]) for event in closed if rows[event][1]}
    found = blocks(tallies, {event: place for event, (place, _, _) in enumerate(rows)}, closed, is_enough)
    return [block.events for block in found]


def test_small_dates_of_a_course_are_shown_together() -> None:
    place = Place(1, 1, "2026-Q1", 2026)
    tallies = {1: Tally(3), 2: Tally(4), 3: Tally(9)}

    found = blocks(tallies, dict.fromkeys(tallies, place), tallies, is_enough)

    assert [shown(found, frozenset({event}), Tally()).n for event in tallies] == [0, 0, 9]
    assert shown(found, frozenset(tallies), Tally()).n == 16


def test_a_small_date_alone_is_in_no_total_of_its_course() -> None:
    """Or the course less the other date would be this one."""
    place = Place(1, 1, "2026-Q1", 2026)
    tallies = {1: Tally(3), 2: Tally(9)}

    found = blocks(tallies, dict.fromkeys(tallies, place), tallies, is_enough)

    assert shown(found, frozenset({1, 2}), Tally()).n == 9


def test_small_dates_of_two_courses_are_in_the_total_of_the_quarter_alone() -> None:
    at = {1: Place(1, 1, "2026-Q1", 2026), 2: Place(2, 1, "2026-Q1", 2026)}
    tallies = {1: Tally(3), 2: Tally(3)}

    found = blocks(tallies, at, tallies, is_enough)

    assert [shown(found, frozenset({event}), Tally()).n for event in tallies] == [0, 0]
    assert shown(found, frozenset({1, 2}), Tally()).n == 6


def test_a_pool_waits_for_the_last_open_form() -> None:
    at = dict.fromkeys((1, 2, 3), Place(1, 1, "2026-Q1", 2026))
    tallies = {1: Tally(3), 2: Tally(4)}

    assert blocks(tallies, at, [1, 2], is_enough) == []
    assert [block.events for block in blocks(tallies, at, [1, 2, 3], is_enough)] == [frozenset({1, 2})]


def test_a_spread_is_enough_when_nobody_stands_in_a_small_part() -> None:
    def spread(*counts: int) -> Spread:
        return Spread(tuple(zip("abc", counts, strict=False)))

    assert [spread(9, 0, 0).is_enough(5), spread(9, 1, 0).is_enough(5), spread(9, 5, 6).is_enough(5)] == [
        True,
        False,
        True,
    ]
    assert (spread(9, 1) + spread(3, 4)).is_enough(5)


def test_outcomes_of_two_versions_put_together_stay_hidden() -> None:
    """Three people on each of two versions are a block of six, and three people an outcome."""
    few, together = Tally(3, 12.0, 48.0), Tally(6, 24.0, 96.0)
    block = Block(frozenset({1, 2}), Paired(together, ((10, few), (20, few))))
    matched = Matched(Comparison.BEFORE, {1: 3, 2: 3}, [block])
    texts = [OutcomeText(10, 1, 1, "Of the first"), OutcomeText(20, 2, 1, "Of the second")]

    figures = outcome_changes(matched, frozenset({1, 2}), texts, BELOW)

    assert average_change(matched, frozenset({1, 2}), "All", BELOW).n == 6
    assert [(one.is_withheld, one.n, one.value) for one in figures] == [(True, None, None)] * 2
