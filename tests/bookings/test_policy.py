"""Until when leaving is free, and how long an offer waits: tables worked out by hand on a calendar of England."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import BookingPolicyVersion
from bookings.rules.policy import add_working_hours, closes_at, free_until, is_inside_notice, offer_expires
from training.web.when import LONDON

KINDS = BookingPolicyVersion.NoticeKind


def london(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def rules(kind: str, amount: int, **fields: object) -> BookingPolicyVersion:
    return BookingPolicyVersion(notice_kind=kind, notice_amount=amount, **fields)


@pytest.mark.parametrize(
    ("kind", "amount", "starts", "free"),
    [
        # An ordinary week, and the early May bank holiday (6 May 2024) inside the five days.
        ("working_days", 5, "2024-05-21 09:30", "2024-05-14 17:00"),
        ("working_days", 5, "2024-05-13 09:30", "2024-05-03 17:00"),
        # Easter 2027: Good Friday 26 March, Easter Monday 29 March; the clocks go forward on 28 March.
        ("working_days", 2, "2027-03-31 09:30", "2027-03-25 17:00"),
        ("working_days", 5, "2027-04-01 09:30", "2027-03-23 17:00"),
        # Christmas 2027 is a Saturday: substitute days Monday 27 and Tuesday 28 December; New Year's on 3 January.
        ("working_days", 5, "2028-01-05 09:30", "2027-12-24 17:00"),
        # The clocks go back on 31 October 2027: five o'clock is five o'clock on either side.
        ("calendar_days", 2, "2027-11-01 09:30", "2027-10-30 17:00"),
        ("calendar_days", 2, "2027-03-29 09:30", "2027-03-27 17:00"),
        # Greenwich 2 days; Salford 10 working days; Staffordshire 4 weeks; Teeswide 7 calendar days.
        ("calendar_days", 2, "2027-06-17 09:30", "2027-06-15 17:00"),
        ("working_days", 10, "2027-06-17 09:30", "2027-06-03 17:00"),
        ("weeks", 4, "2027-06-17 09:30", "2027-05-20 17:00"),
        ("calendar_days", 7, "2027-06-17 09:30", "2027-06-10 17:00"),
        # No notice at all: until the start, never after it.
        ("working_days", 0, "2027-06-17 09:30", "2027-06-17 09:30"),
    ],
)
def test_free_until(kind: str, amount: int, starts: str, free: str) -> None:
    assert free_until(rules(kind, amount), london(starts)) == london(free)


def test_free_until_is_never_over_for_e_learning() -> None:
    version = rules("working_days", 5)

    assert free_until(version, None) is None
    assert not is_inside_notice(version, None, london("2027-06-17 09:30"))


@pytest.mark.parametrize(
    ("now", "is_late"), [("2024-05-14 16:59", False), ("2024-05-14 17:00", False), ("2024-05-14 17:01", True)]
)
def test_notice_begins_after_the_last_free_moment(now: str, is_late: bool) -> None:
    assert is_inside_notice(rules("working_days", 5), london("2024-05-21 09:30"), london(now)) is is_late


def test_notice_that_ends_in_the_hour_that_a_night_leaves_out() -> None:
    version = rules("calendar_days", 1, notice_ends_at=datetime.time(1, 30))

    assert free_until(version, london("2027-03-29 09:30")) == london("2027-03-28 02:30")


@pytest.mark.parametrize(("days", "closes"), [(0, "2027-06-17 09:30"), (3, "2027-06-14 17:00")])
def test_booking_closes(days: int, closes: str) -> None:
    """Croydon: three working days before."""
    version = rules("working_days", 5, closes_working_days_before=days)

    assert closes_at(version, london("2027-06-17 09:30")) == london(closes)


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        # Two working days (16 hours) from Monday at ten: Wednesday at ten.
        ("2027-06-07 10:00", "2027-06-17 09:30", "2027-06-09 10:00"),
        # In the evening the clock starts in the morning; over a weekend it stands still.
        ("2027-06-07 20:00", "2027-06-17 09:30", "2027-06-09 17:00"),
        ("2027-06-11 15:00", "2027-06-17 09:30", "2027-06-15 15:00"),
        # Over the bank holidays of Easter 2027.
        ("2027-03-25 16:00", "2027-04-14 09:30", "2027-03-31 16:00"),
        # In the last three days four hours; never after the start.
        ("2027-06-14 10:00", "2027-06-17 09:30", "2027-06-14 14:00"),
        ("2027-06-16 16:00", "2027-06-17 09:30", "2027-06-17 09:30"),
        ("2027-06-13 12:00", "2027-06-14 09:30", "2027-06-14 09:30"),
    ],
)
def test_offer_expires(now: str, starts: str, until: str) -> None:
    assert offer_expires(rules("working_days", 5), london(now), london(starts)) == london(until)


moments = st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2028, 12, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=datetime.UTC)
)


@given(moments, st.integers(1, 40), st.integers(1, 40))
def test_working_hours_add_up(moment: datetime.datetime, first: int, second: int) -> None:
    both = add_working_hours(moment, first + second)

    assert add_working_hours(add_working_hours(moment, first), second) == both
    assert both > moment
    assert 9 <= both.astimezone(LONDON).hour <= 17


@given(moments, st.sampled_from(KINDS.values), st.integers(0, 30))
def test_free_until_is_never_after_the_start(starts: datetime.datetime, kind: str, amount: int) -> None:
    last = free_until(rules(kind, amount), starts)

    assert last is not None
    assert last <= starts
