from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.web.working_days import add_working_days, bank_holiday, is_working_day, working_days_between

# Days and results from the published list of bank holidays in England (gov.uk/bank-holidays) and a calendar.
DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2027, 5, 14), 1, date(2027, 5, 17)),  # Friday → Monday
        (date(2027, 5, 15), 1, date(2027, 5, 17)),  # Saturday → Monday
        (date(2027, 3, 25), 1, date(2027, 3, 30)),  # Thursday before Easter: Good Friday and Easter Monday between
        (date(2027, 3, 30), -1, date(2027, 3, 25)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: the Monday stands for it
        (date(2021, 12, 24), 1, date(2021, 12, 29)),  # both days at a weekend: Monday and Tuesday stand for them
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the Queen's funeral
        (date(2027, 4, 30), 10, date(2027, 5, 17)),  # ten days over the early May bank holiday
        (date(2027, 5, 12), 0, date(2027, 5, 12)),
    ],
)
def test_add_working_days(day: date, number: int, expected: date) -> None:
    assert add_working_days(day, number) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 5, 14), date(2027, 5, 14), 0),
        (date(2027, 5, 14), date(2027, 5, 17), 1),
        (date(2027, 3, 25), date(2027, 3, 30), 1),
        (date(2026, 12, 21), date(2027, 1, 4), 7),
        (date(2027, 5, 17), date(2027, 5, 14), -1),
    ],
)
def test_working_days_between(start: date, end: date, expected: int) -> None:
    assert working_days_between(start, end) == expected


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_add_working_days_is_undone_by_counting(day: date, number: int) -> None:
    reached = add_working_days(day, number)

    assert is_working_day(reached)
    assert working_days_between(day, reached) == number or not is_working_day(day)


@given(DAYS, st.integers(1, 60))
def test_working_days_between_counts_each_day_once(day: date, length: int) -> None:
    end = day + timedelta(days=length)

    by_hand = sum(is_working_day(day + timedelta(days=n)) for n in range(1, length + 1))

    assert working_days_between(day, end) == by_hand


def test_bank_holiday_is_named_in_english() -> None:
    assert bank_holiday(date(2027, 3, 26)) == "Good Friday"
    assert bank_holiday(date(2027, 11, 30)) == ""  # St Andrew's Day is Scotland's
