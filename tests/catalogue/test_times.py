"""Sessions as clocks in London show them, on any day and over both clock changes."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Session
from training.catalogue.plans import session_plan

LONDON = ZoneInfo("Europe/London")


def last_sunday(year: int, month: int) -> datetime.date:
    last = datetime.date(year, month, 31)
    return last - datetime.timedelta(days=(last.weekday() + 1) % 7)


YEARS = st.integers(2019, 2037)
CHANGES = st.builds(last_sunday, YEARS, st.sampled_from([3, 10]))
DAYS = st.one_of(CHANGES, st.dates(datetime.date(2019, 1, 1), datetime.date(2037, 12, 31)))
TIMES = st.builds(datetime.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@given(DAYS, TIMES, TIMES)
def test_a_session_shows_the_clock_times_that_were_entered(
    day: datetime.date, starts: datetime.time, ends: datetime.time
) -> None:
    assume(starts < ends)
    try:
        plan = session_plan(day, starts, ends)
    except CatalogueError:
        # Only the hour that does not exist, in the night of the last Sunday of March, is refused.
        assert day == last_sunday(day.year, 3)
        assert 1 in (starts.hour, ends.hour)
        return

    assert [moment.astimezone(LONDON).time() for moment in (plan.starts_at, plan.ends_at)] == [starts, ends]
    assert plan.starts_at.astimezone(LONDON).date() == day


@given(CHANGES, TIMES.map(lambda time: time.replace(hour=0)), TIMES.filter(lambda time: time.hour >= 2))
def test_a_session_over_a_clock_change_has_its_true_length(
    day: datetime.date, starts: datetime.time, ends: datetime.time
) -> None:
    plan = session_plan(day, starts, ends)
    shown = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute

    minutes = Session(starts_at=plan.starts_at, ends_at=plan.ends_at).minutes

    assert minutes == shown + (60 if day.month == 10 else -60)


def test_a_time_in_the_missing_hour_is_refused_in_a_sentence() -> None:
    with pytest.raises(CatalogueError) as refusal:
        session_plan(datetime.date(2027, 3, 28), datetime.time(1, 30), datetime.time(4))

    assert str(refusal.value) == "The clocks go forward that night: there is no 01:30 on 28 March 2027."


def test_the_hour_that_comes_twice_is_its_first() -> None:
    plan = session_plan(datetime.date(2027, 10, 31), datetime.time(1, 30), datetime.time(9))

    assert plan.starts_at == datetime.datetime(2027, 10, 31, 0, 30, tzinfo=datetime.UTC)


def test_a_session_on_29_february() -> None:
    plan = session_plan(datetime.date(2028, 2, 29), datetime.time(9, 30), datetime.time(13))

    assert plan.starts_at == datetime.datetime(2028, 2, 29, 9, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize("ends", [datetime.time(9, 30), datetime.time(9)])
def test_an_end_that_is_not_later_is_refused(ends: datetime.time) -> None:
    with pytest.raises(CatalogueError, match=r"must be after the start, 09:30."):
        session_plan(datetime.date(2027, 5, 14), datetime.time(9, 30), ends)
