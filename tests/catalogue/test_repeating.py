"""Dates that come again: on which days, and at which times of London's clocks."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Session
from training.catalogue.plans import session_plan
from training.catalogue.repeating import MOST_COPIES, Repetition, moved_to, ordinal, repeated_days

LONDON = ZoneInfo("Europe/London")
DATES = st.dates(datetime.date(2019, 1, 1), datetime.date(2037, 12, 31))
TIMES = st.builds(datetime.time, st.integers(2, 23), st.sampled_from([0, 15, 30, 45]))
STEPS = st.integers(1, 13)


def date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def days(first: str, every: str, *, times: int | None = None, until: str = "", step: int = 1) -> list[str]:
    last = date(until) if until else None
    rule = Repetition(date(first), every, step, times, last)
    return [one.day.isoformat() for one in repeated_days(rule)]


def notes(first: str, every: str, times: int, step: int = 1) -> list[str]:
    return [one.note for one in repeated_days(Repetition(date(first), every, step, times))]


@given(DATES, STEPS, st.integers(1, MOST_COPIES))
def test_weeks_keep_the_weekday_and_the_distance(first: datetime.date, step: int, times: int) -> None:
    found = [one.day for one in repeated_days(Repetition(first, "weeks", step, times))]

    assert found == [first + datetime.timedelta(weeks=step * number) for number in range(times)]


@given(DATES, STEPS, st.integers(1, 24))
def test_the_same_weekday_of_the_month_is_that_one_or_says_that_it_is_the_last(
    first: datetime.date, step: int, times: int
) -> None:
    found = repeated_days(Repetition(first, "weekday", step, times))

    nth = (first.day - 1) // 7
    assert found[0].day == first
    assert len({(one.day.year, one.day.month) for one in found}) == times
    for one in found:
        assert one.day.weekday() == first.weekday()
        assert (one.day.day - 1) // 7 == nth or (nth == 4 and one.note)


@given(DATES, STEPS, st.integers(1, 24))
def test_the_same_day_of_the_month_is_that_one_or_says_that_it_is_the_last(
    first: datetime.date, step: int, times: int
) -> None:
    found = repeated_days(Repetition(first, "day", step, times))

    for one in found:
        is_last = (one.day + datetime.timedelta(days=1)).month != one.day.month
        assert (one.day.day == first.day and not one.note) or (one.day.day < first.day and is_last and one.note)


@given(DATES, st.sampled_from(["weeks", "weekday", "day"]), STEPS, st.integers(0, 300))
def test_until_gives_the_same_days_as_their_number(first: datetime.date, every: str, step: int, length: int) -> None:
    found = repeated_days(Repetition(first, every, step, None, first + datetime.timedelta(days=length)))

    assert found == repeated_days(Repetition(first, every, step, len(found)))


@given(DATES, st.lists(st.tuples(st.integers(0, 40), TIMES, TIMES), min_size=1, max_size=4), DATES)
def test_copies_keep_clock_times_and_distances_over_clock_changes(
    first: datetime.date, sittings: list[tuple[int, datetime.time, datetime.time]], target: datetime.date
) -> None:
    kept = sorted({offset: (starts, ends) for offset, starts, ends in sittings if starts < ends}.items())
    plans = [session_plan(first + datetime.timedelta(days=n), *clocks) for n, clocks in kept]
    sessions = [Session(starts_at=plan.starts_at, ends_at=plan.ends_at) for plan in plans]

    copies = moved_to(sessions, target)

    shift = target - first - datetime.timedelta(days=kept[0][0]) if kept else datetime.timedelta()
    for before, after in zip(plans, copies, strict=True):
        was, becomes = before.starts_at.astimezone(LONDON), after.starts_at.astimezone(LONDON)
        assert (becomes.date() - was.date(), becomes.time()) == (shift, was.time())
        assert after.ends_at.astimezone(LONDON).time() == before.ends_at.astimezone(LONDON).time()


def test_the_third_tuesday() -> None:
    assert days("2027-05-18", "weekday", times=3) == ["2027-05-18", "2027-06-15", "2027-07-20"]


def test_the_last_tuesday() -> None:
    assert days("2027-05-25", "last_weekday", times=3) == ["2027-05-25", "2027-06-29", "2027-07-27"]


def test_the_last_tuesday_from_another_tuesday_is_refused_and_named() -> None:
    with pytest.raises(CatalogueError, match=r"The last Tuesday of that month is Tuesday 25 May 2027."):
        days("2027-05-18", "last_weekday", times=3)


def test_the_31st_falls_on_the_last_day_of_a_shorter_month_and_comes_back() -> None:
    assert days("2027-01-31", "day", times=4) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert notes("2027-01-31", "day", 3) == ["", "February 2027 has no 31st: its last day.", ""]


def test_29_february_of_each_year() -> None:
    assert days("2028-02-29", "day", step=12, times=5) == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]
    assert notes("2028-02-29", "day", 2, step=12) == ["", "February 2029 has no 29th: its last day."]


def test_a_fifth_friday_that_a_month_lacks_is_its_last() -> None:
    assert days("2027-01-29", "weekday", times=2) == ["2027-01-29", "2027-02-26"]
    assert notes("2027-01-29", "weekday", 2) == ["", "February 2027 has no fifth Friday: its last one."]


def test_every_other_week_until_a_day() -> None:
    found = days("2027-05-04", "weeks", step=2, until="2027-06-15")

    assert found == ["2027-05-04", "2027-05-18", "2027-06-01", "2027-06-15"]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Repetition(date("2027-05-04"), step=0, times=2), "step"),
        (Repetition(date("2027-05-04"), step=53, times=2), "step"),
        (Repetition(date("2027-05-04")), "times"),
        (Repetition(date("2027-05-04"), times=2, until=date("2027-06-04")), "times"),
        (Repetition(date("2027-05-04"), times=0), "times"),
        (Repetition(date("2027-05-04"), times=53), "times"),
        (Repetition(date("2027-05-04"), until=date("2027-05-03")), "until"),
        (Repetition(date("2027-05-04"), until=date("2199-05-03")), "until"),
    ],
)
def test_a_rule_that_is_none_is_refused_at_its_field(rule: Repetition, field: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        repeated_days(rule)

    assert refusal.value.field == field


def test_the_end_of_the_calendar_ends_the_repeats() -> None:
    assert len(repeated_days(Repetition(datetime.date(9999, 12, 1), "day", 1, 52))) == 1


def test_a_night_keeps_its_end_on_the_next_day() -> None:
    night = Session(
        starts_at=datetime.datetime(2027, 5, 4, 20, tzinfo=LONDON),
        ends_at=datetime.datetime(2027, 5, 5, 7, tzinfo=LONDON),
    )

    (copy,) = moved_to([night], date("2027-10-30"))

    assert copy.ends_at - copy.starts_at == datetime.timedelta(hours=12)


def test_ordinals() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 31)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "31st",
    ]  # fmt: skip
