"""Figures against examples worked out by hand; the source is named where it is somebody else's."""

import datetime

import pytest
from django.utils import timezone

from bookings.models import Mark, Origin, Status
from evaluation.analysis.change import Comparison, average_change, load_changes, outcome_changes, outcome_texts
from evaluation.analysis.coming import attendance, did_not_attend, fill, load_came
from evaluation.analysis.dates import Lattice, load_lattice
from evaluation.analysis.ratings import load_measures, rated
from evaluation.analysis.responding import load_answered, responding
from evaluation.analysis.said import load_said
from evaluation.models import Comment, Stage
from tests.evaluation.making import DAY, book, invite, make_ran, pair, rate, respond
from tests.factories import make_agency
from tests.factories_catalogue import make_course
from training.people.models import Sector
from training.web.periods import Period, parse_quarter, parse_year, quarter_before, quarter_of

pytestmark = pytest.mark.django_db


def lattice() -> Lattice:
    return load_lattice(None, first_month=4, now=timezone.now(), below=5)


def test_came_is_the_example_of_a_real_report() -> None:
    """Leicester, Leicestershire and Rutland's annual report printed 304 of 318 registered as "96 % attendance", with
    29 cancelled, 20 absent, 35 walk-ins and a capacity of 393. Honestly: 304/393, 269/289 and 20/289."""
    event = make_ran(places_offered=393)
    book(event, 269)
    book(event, 20, Mark.DID_NOT_ATTEND)
    book(event, 29, None, status=Status.CANCELLED_IN_TIME)
    book(event, 35, origin=Origin.WALK_IN)

    came = load_came(lattice().dates.values()).all

    assert fill(came).words == "77.4 %: 304 people came to 393 places"
    assert attendance(came).words == "93.1 %: 269 of 289 booked people came"
    assert did_not_attend(came).words == "6.9 %: 20 of 289 booked people didn’t come"


def test_came_leaves_out_dates_whose_register_is_not_complete() -> None:
    whole, part = make_ran(), make_ran()
    book(whole, 3)
    book(part, 3)
    book(part, 1, None)

    came = load_came(lattice().dates.values())

    assert (came.all.booked, came.unsent) == (3, {part.pk})


def test_agencies_are_counted_in_full_however_few() -> None:
    event, police = make_ran(), make_agency("Police", sector=Sector.POLICE)
    book(event, 1, agency=police)

    came = load_came(lattice().dates.values())

    assert came.by_agency[police.pk].attended == 1


def test_worst_is_a_share_of_five_or_more() -> None:
    event = make_ran()
    few, many, good = make_agency(), make_agency(), make_agency()
    book(event, 1, Mark.DID_NOT_ATTEND, agency=few)
    book(event, 2, Mark.DID_NOT_ATTEND, agency=many)
    book(event, 3, agency=many)
    book(event, 9, agency=good)

    assert load_came(lattice().dates.values()).worst() == [many.pk]


def test_ratings_mean_with_its_interval() -> None:
    """4, 4, 5, 5, 3, 5: mean 26/6, sd 0.8165, t(5) 2.5706, so 4.333 ± 0.857."""
    event = make_ran()
    rate(event, [4, 4, 5, 5, 3, 5])
    measure = next(one for one in load_measures(lattice()) if one.code == "relevance")

    figure = rated(measure, frozenset({event.pk}), 5).figure

    assert (figure.value, figure.low, figure.high, figure.n) == (4.3333, 3.4765, 5.1902, 6)
    assert figure.words == "4.3 out of 5, likely between 3.5 and 5.2 (6 answers)"


def test_ratings_of_fewer_than_five_have_no_value_at_all() -> None:
    event = make_ran()
    rate(event, [5, 5, 1, 1])
    measure = next(one for one in load_measures(lattice()) if one.code == "relevance")

    found = rated(measure, frozenset({event.pk}), 5)

    assert found.figure.is_withheld
    assert (found.figure.value, found.figure.n, found.figure.low, found.parts) == (None, None, None, ())
    assert found.figure.words == "hidden: fewer than 5 answers"


def test_ratings_of_an_open_form_count_in_steps_with_the_newest_held_back() -> None:
    event = make_ran(days_ago=10)
    book(event, 12)
    found: dict[int, int | None] = {}
    for number, more in ((9, 9), (10, 1), (14, 4), (15, 1)):
        rate(event, [4] * more)
        measure = next(one for one in load_measures(lattice()) if one.code == "relevance")
        found[number] = rated(measure, frozenset({event.pk}), 5).figure.n

    assert found == {9: None, 10: 5, 14: 5, 15: 10}


def test_ratings_of_today_wait_until_tomorrow() -> None:
    event = make_ran()
    rate(event, [4] * 5, on=timezone.localdate())

    assert load_measures(lattice()) == []


def test_choices_show_no_part_of_few() -> None:
    event = make_ran()
    for choice in ["Yes"] * 6 + ["Not yet"] * 2:
        respond(event, "follow_up", used_it=choice)
    mixed = rated(load_measures(lattice())[0], frozenset({event.pk}), 5)
    for choice in ["Not yet"] * 4:
        respond(event, "follow_up", used_it=choice)
    clear = rated(load_measures(lattice())[0], frozenset({event.pk}), 5)

    assert (mixed.figure.is_withheld, mixed.answered) == (True, 8)
    assert {part.label: part.words for part in clear.parts} == {"Yes": "50.0 %: 6 of 12", "Not yet": "50.0 %: 6 of 12"}


def test_change_pairs_the_same_people_and_gives_the_interval() -> None:
    """Differences of the first outcome 2, 1, 1, 0, 1: mean 1.0, sd 0.7071, t(4) 2.7764, so 1.0 ± 0.878."""
    event = make_ran()
    for before, after in ((1, 3), (2, 3), (3, 4), (4, 4), (2, 3)):
        pair(event, [before, 3], [after, 3])
    respond(event, "end", outcome_now=[5, 5])  # nobody before
    respond(event, "baseline", outcome_now=[1, 1])  # nobody after
    changes = load_changes(lattice())[Comparison.BEFORE]

    first, second = outcome_changes(changes, frozenset({event.pk}), outcome_texts({event.version_id}), 5)

    assert (first.value, first.low, first.high, first.n) == (1.0, 0.122, 1.878, 5)
    assert first.words == "+1.0, likely between +0.1 and +1.9 (5 people)"
    assert (second.value, second.low, second.words) == (
        0.0,
        None,
        "0.0, everybody alike, so no range can be given (5 people)",
    )


def test_change_never_mixes_what_was_said_before_with_what_is_remembered() -> None:
    """Carpenter and others (2011, n = 95): people over-rate themselves beforehand, so self-rated knowledge fell
    though, looking back, they had learned."""
    event = make_ran()
    for _ in range(6):
        pair(event, [4, 4], [3, 3], looking_back=[2, 2])
    changes, cut = load_changes(lattice()), frozenset({event.pk})

    found = {name: average_change(one, cut, "All", 5).value for name, one in changes.items()}

    assert found == {Comparison.BEFORE: -1.0, Comparison.LOOKING_BACK: 1.0, Comparison.KEPT: None}


def test_change_counts_only_who_rated_every_outcome_both_times() -> None:
    """Else an outcome and the average would rest on different people, and one could be taken from the other."""
    event = make_ran()
    for _ in range(5):
        pair(event, [2, 2], [4, 4])
    pair(event, [1], [5])
    changes = load_changes(lattice())[Comparison.BEFORE]

    assert average_change(changes, frozenset({event.pk}), "All", 5).n == 5


def test_change_follows_somebody_who_moved_to_another_date() -> None:
    course = make_course()
    first, second = make_ran(course=course), make_ran(course=course, days_ago=190)
    for _ in range(5):
        episode = pair(second, [2, 2], [4, 4])
    respond(first, "baseline", episode=episode.__class__(int=7), outcome_now=[1, 1])
    respond(second, "end", episode=episode.__class__(int=7), outcome_now=[4, 4])
    changes = load_changes(lattice())[Comparison.BEFORE]

    assert changes.matched == {second.pk: 6}


def test_kept_is_the_end_against_two_months_on() -> None:
    event = make_ran()
    for _ in range(5):
        episode = pair(event, [2, 2], [4, 4])
        respond(event, "follow_up", episode=episode, outcome_now=[3, 4])

    figure = average_change(load_changes(lattice())[Comparison.KEPT], frozenset({event.pk}), "All", 5)

    assert (figure.value, figure.n) == (-0.5, 5)


def test_responding_is_n_of_those_asked() -> None:
    event = make_ran()
    bookings = book(event, 8)
    invite(bookings)
    rate(event, [4, 4, 5])
    grid = lattice()

    found = responding(grid, load_answered(grid), frozenset({event.pk}), Stage.END)

    assert found.figure.words == "37.5 %: 3 of 8 people answered"
    assert found.open_until is None


def test_responding_says_until_when_it_is_open() -> None:
    event = make_ran(days_ago=5)
    closes_at = timezone.now() + 9 * DAY
    invite(book(event, 8), closes_at=closes_at)
    grid = lattice()

    found = responding(grid, load_answered(grid), frozenset({event.pk}), Stage.END)

    assert (found.answered, found.asked, found.open_until) == (0, 8, closes_at)


def test_said_shows_what_is_cleared_with_the_count_of_all() -> None:
    event, state = make_ran(), Comment.State
    for number, kind in enumerate([state.CLEARED, state.QUOTABLE, state.WITHHELD, state.UNSCREENED, state.UNSCREENED]):
        words = {"text": "A secret", "state": kind, "cleared_text": f"I called them {number}." if number < 2 else ""}
        respond(event, "follow_up", did_differently=words)

    found = load_said(lattice(), frozenset({event.pk}))

    assert (found.written, found.cleared, found.waiting) == (5, 2, 2)
    assert set(found.texts) == {"I called them 0.", "I called them 1."}


def test_said_by_fewer_than_five_is_not_shown() -> None:
    event = make_ran()
    words = {"text": "A secret", "state": Comment.State.QUOTABLE, "cleared_text": "I called them."}
    respond(event, "follow_up", did_differently=words)

    found = load_said(lattice(), frozenset({event.pk}))

    assert (found.written, found.texts) == (1, ())


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on", "title"),
    [
        ("2026-Q1", "2026-04-01", "2026-07-01", "April to June 2026"),
        ("2026-Q3", "2026-10-01", "2027-01-01", "October to December 2026"),
        ("2026-Q4", "2027-01-01", "2027-04-01", "January to March 2027"),
    ],
)
def test_quarters_are_those_of_the_financial_year(text: str, starts_on: str, ends_on: str, title: str) -> None:
    period = parse_quarter(text, 4)

    assert period is not None
    assert (period.starts_on.isoformat(), period.ends_on.isoformat(), period.title) == (starts_on, ends_on, title)
    assert quarter_of(period.starts_on, 4) == period
    assert quarter_of(period.ends_on - DAY, 4) == period
    assert quarter_before(quarter_of(period.ends_on, 4)) == period


@pytest.mark.parametrize(
    "text", ["2026-Q9", "2026-Q0", "2026-q1", "26-Q1", "٢٠٢٦-Q1", "2026-Q1 ", "99999999999999999999-Q1", "0000-Q1", ""]
)
def test_quarters_that_are_nonsense_are_none(text: str) -> None:
    assert parse_quarter(text, 4) is None


def test_years_by_their_own_key_or_for_short() -> None:
    year = Period(2026, None, datetime.date(2026, 4, 1), datetime.date(2027, 4, 1))

    assert [parse_year(text, 4) for text in ("2026-27", "2026", "2026-28", "1999", "2026-2027", "-1")] == [
        year, year, None, None, None, None,
    ]  # fmt: skip
    assert (year.key, year.title, year.name) == ("2026-27", "April 2026 to March 2027", "financial year 2026–27")
    january = parse_year("2026", 1)
    assert january is not None
    assert (january.key, january.title) == ("2026", "January to December 2026")
