"""Suggestions of the planning board: every sum adds up, and nothing is suggested without a need."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from bookings.board.sums import Advice, BoardDate, Demand, Kind, Square, Term, Usual, What, advise
from bookings.board.words import sentence_of, sum_words

FIRST = datetime.date(2027, 1, 1)
USUAL = Usual(places=18, minimum=8)


def a_date(reference: str = "E1", **fields: int | bool) -> BoardDate:
    days = int(fields.pop("working_days", 40))
    held = {"is_open": True, "places": 18, "booked": 10, "free": 8, "minimum": 8, **fields}
    return BoardDate(reference, FIRST + datetime.timedelta(days=days), working_days=days, **held)  # type: ignore[arg-type]


def only(advice: list[Advice], kind: Kind) -> str:
    return sentence_of(next(one for row in advice for one in row.suggestions if one.kind == kind))


def kinds(advice: list[Advice]) -> list[Kind]:
    return [one.kind for row in advice for one in row.suggestions]


def test_a_date_is_added_with_its_sum() -> None:
    square = Square(FIRST, 1, 1, [a_date()], Demand(14, 6, 5))

    advice = advise([square], USUAL)

    assert kinds(advice) == [Kind.ADD]
    assert only(advice, Kind.ADD) == (
        "Add one date: 14 waiting + 6 asked to be told + 5 due for a refresher − 8 free places = 17; a date holds 18."
    )
    assert advice[0].suggestions[0].beyond_plan is True


def test_one_short_of_the_fewest_adds_nothing() -> None:
    assert kinds(advise([Square(FIRST, demand=Demand(7))], USUAL)) == []
    assert kinds(advise([Square(FIRST, demand=Demand(8))], USUAL)) == [Kind.ADD]


def test_free_places_of_one_quarter_are_taken_off_the_next() -> None:
    squares = [Square(FIRST, dates=[a_date()]), Square(FIRST.replace(month=4), demand=Demand(0, 12, 4))]

    assert only(advise(squares, USUAL), Kind.ADD) == (
        "Add one date: − 8 places left over from the quarter before + 12 asked to be told + 4 due for a refresher = 8;"
        " a date holds 18."
    )


def test_who_cannot_be_served_any_more_waits_for_the_next_quarter() -> None:
    squares = [Square(FIRST, demand=Demand(12), has_time=False), Square(FIRST.replace(month=4))]

    advice = advise(squares, USUAL)

    assert [one.square.quarter for one in advice for _ in one.suggestions] == [FIRST.replace(month=4)]
    assert only(advice, Kind.ADD) == "Add one date: 12 left over from the quarter before = 12; a date holds 18."


def test_a_draft_is_opened_before_a_date_is_added() -> None:
    square = Square(FIRST, 1, 1, [a_date(is_open=False, booked=0, free=0)], Demand(9))

    assert kinds(advise([square], USUAL)) == [Kind.OPEN]


def test_what_is_planned_is_put_on_less_what_is_added() -> None:
    square = Square(FIRST, planned=3, scheduled=1, demand=Demand(20))

    advice = advise([square], USUAL)

    assert only(advice, Kind.SCHEDULE) == "Put on one date as planned: 3 planned − 1 scheduled − 1 suggested above = 1."


def test_a_thin_date_is_merged_into_a_later_one_with_room() -> None:
    thin, later = a_date("E1", booked=2, free=16, working_days=9), a_date("E2", booked=7, free=11, minimum=6)

    advice = advise([Square(FIRST, 2, 2, [thin, later])], USUAL)

    assert kinds(advice) == [Kind.MERGE]
    assert "2 of 18 booked, 9 working days off; 8 needed to run − 2 booked = 6 too few" in only(advice, Kind.MERGE)
    assert only(advice, Kind.MERGE).endswith("has 11 free places.")


def test_a_thin_date_without_another_is_run_or_pulled() -> None:
    thin = a_date(booked=2, free=16, working_days=9)

    assert only(advise([Square(FIRST, 1, 1, [thin])], USUAL), Kind.PULL).endswith("No later date has room for them.")


def test_a_thin_date_is_filled_while_enough_want_a_place() -> None:
    thin = a_date(booked=2, free=16, working_days=9)

    assert kinds(advise([Square(FIRST, 1, 1, [thin], Demand(due=6))], USUAL)) == [Kind.FILL]


def test_without_people_only_the_plan_and_the_places_count() -> None:
    thin = a_date(booked=2, free=16, working_days=9)
    square = Square(FIRST, planned=3, scheduled=1, dates=[thin], demand=Demand())

    assert kinds(advise([square], USUAL, knows_people=False)) == [Kind.SCHEDULE, Kind.PULL]


def test_one_place_left_over_is_singular() -> None:
    assert sum_words([Term(What.BEFORE, -1), Term(What.FREE, -1)]) == (
        "− 1 place left over from the quarter before − 1 free place = −2"
    )


numbers = st.integers(0, 60)
usuals = st.builds(Usual, places=st.integers(8, 30), minimum=st.integers(1, 8))


@st.composite
def board_dates(draw: st.DrawFn) -> BoardDate:
    places = draw(st.integers(1, 30))
    booked = draw(st.integers(0, places))
    return a_date(
        f"E{draw(st.integers(0, 10**9))}",
        is_open=draw(st.booleans()),
        places=places,
        booked=booked,
        free=draw(st.integers(0, places - booked)),
        minimum=draw(st.integers(0, places)),
        working_days=draw(st.integers(0, 90)),
    )


@st.composite
def outlooks(draw: st.DrawFn) -> list[Square]:
    found = []
    for month in (1, 4, 7):
        dates = draw(st.lists(board_dates(), max_size=3))
        scheduled = len(dates) + draw(st.integers(0, 2))
        demand = Demand(draw(numbers), draw(numbers), draw(numbers))
        planned = draw(st.integers(0, 6))
        found.append(Square(FIRST.replace(month=month), planned, scheduled, dates, demand, draw(st.booleans())))
    return found


@given(outlooks(), usuals)
def test_every_sum_is_what_is_there(squares: list[Square], usual: Usual) -> None:
    before = 0
    for row in advise(squares, usual):
        square, demand = row.square, row.square.demand
        free = sum(date.free for date in square.dates if date.is_open)
        drafts = sum(date.places for date in square.dates if not date.is_open)
        assert row.lacking == before + demand.people - free - drafts
        added = sum(one.dates for one in row.suggestions if one.kind == Kind.ADD)
        for one in row.suggestions:
            if one.kind == Kind.ADD:
                assert one.total == row.lacking
            if one.kind == Kind.SCHEDULE:
                assert one.total == one.dates == square.planned - square.scheduled - added
            if one.date is not None and one.kind != Kind.OPEN:
                assert one.total == one.date.minimum - one.date.booked
        before = row.lacking - added * usual.places


@given(outlooks(), usuals)
def test_nothing_is_suggested_without_need(squares: list[Square], usual: Usual) -> None:
    for row in advise(squares, usual):
        for one in row.suggestions:
            assert one.total > 0
            assert str(one.total) in sentence_of(one)
            if one.kind == Kind.ADD:
                assert one.dates >= 1
                assert one.total >= usual.minimum
                assert (one.dates - 1) * usual.places < one.total
            if one.kind in (Kind.ADD, Kind.SCHEDULE):
                assert row.square.has_time


@given(outlooks(), usuals)
def test_no_date_is_pulled_where_one_is_added(squares: list[Square], usual: Usual) -> None:
    """Nobody is told to add a date and to cancel one of the same course and quarter."""
    for row in advise(squares, usual):
        if Kind.ADD in (found := {one.kind for one in row.suggestions}):
            thin = [one for one in row.suggestions if one.kind in (Kind.PULL, Kind.MERGE)]
            assert all(one.date and one.date.minimum - one.date.booked > row.square.demand.people for one in thin)
            assert Kind.OPEN not in found or any(not date.is_open for date in row.square.dates)
