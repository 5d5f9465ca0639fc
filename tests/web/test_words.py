from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine

from training.web import words

BEFORE_CLOCKS_CHANGE = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)
AFTER_CLOCKS_CHANGE = datetime(2027, 3, 28, 8, 30, tzinfo=UTC)


@dataclass
class Sitting:
    starts_at: datetime
    ends_at: datetime


@time_machine.travel(datetime(2027, 5, 11, 12, tzinfo=UTC), tick=False)
def test_day_names_the_year_only_when_it_is_another() -> None:
    assert words.day(date(2027, 5, 14)) == "Fri 14 May"
    assert words.day(date(2019, 5, 14)) == "Tue 14 May 2019"
    assert words.full_day(date(2027, 5, 14)) == "Friday 14 May 2027"


@time_machine.travel(datetime(2027, 5, 11, 12, tzinfo=UTC), tick=False)
def test_day_is_londons_and_not_greenwichs() -> None:
    assert words.day(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == "Thu 1 Jul"


def test_clock_is_right_on_both_sides_of_the_change() -> None:
    assert (words.clock(BEFORE_CLOCKS_CHANGE), words.clock(AFTER_CLOCKS_CHANGE)) == ("9:30", "9:30")
    autumn = (datetime(2027, 10, 30, 8, 5, tzinfo=UTC), datetime(2027, 11, 1, 9, 5, tzinfo=UTC))
    assert [words.clock(moment) for moment in autumn] == ["9:05", "9:05"]


@time_machine.travel(datetime(2027, 5, 11, 12, tzinfo=UTC), tick=False)
def test_times_and_when() -> None:
    morning = Sitting(datetime(2027, 5, 14, 8, 30, tzinfo=UTC), datetime(2027, 5, 14, 12, tzinfo=UTC))
    two_days = Sitting(datetime(2027, 5, 14, 8, 30, tzinfo=UTC), datetime(2027, 5, 15, 12, tzinfo=UTC))

    assert words.times(morning) == "9:30–13:00"
    assert words.when(morning) == "Fri 14 May, 9:30–13:00"
    assert words.when(two_days) == "Fri 14 May, 9:30 to Sat 15 May, 13:00"


@pytest.mark.parametrize(
    ("day", "text"),
    [(11, "today"), (12, "tomorrow"), (14, "in 3 days"), (10, "yesterday"), (1, "10 days ago")],
)
def test_in_days_counts_calendar_days(day: int, text: str) -> None:
    now = datetime(2027, 5, 11, 22, 59, tzinfo=UTC)

    assert words.in_days(date(2027, 5, day), now) == text


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        words.clock(datetime(2027, 5, 14, 9, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("pence", "text"),
    [(12000, "£120"), (12050, "£120.50"), (5, "£0.05"), (0, "£0"), (-500, "−£5"), (123456700, "£1,234,567")],
)
def test_pounds(pence: int, text: str) -> None:
    assert words.pounds(pence) == text


def test_rates_of_the_annual_report_example() -> None:
    assert words.percent(304, 393) == "77.4 %"
    assert words.percent(269, 289) == "93.1 %"
    assert words.percent(20, 289) == "6.9 %"
    assert words.percent(0, 0) == "–"
    assert words.of(304, 393) == "304 of 393"


def test_count() -> None:
    assert [words.count(n, "place") for n in (0, 1, 3)] == ["no places", "1 place", "3 places"]
    assert words.count(2, "person", "people") == "2 people"


def test_absent_values_show_as_nothing() -> None:
    from django.template import engines

    template = engines["django"].from_string("[{{ a|day }}{{ b|in_days:c }}{{ d|pounds }}]")

    assert template.render({"a": None, "b": "", "c": date(2027, 1, 1)}) == "[]"
