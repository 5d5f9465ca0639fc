"""Ratings of e-learning belong to the quarter in which they were given, and its window closes with the quarter."""

import datetime

import pytest
from django.utils import timezone

from evaluation.analysis.own_time import load_own_time
from evaluation.models import Invitation, Stage
from evaluation.reports.files import report_bytes
from tests.evaluation.making import DAY, rate
from tests.evaluation.report_making import built
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_course, make_event
from tests.factories_evaluation import ensure_questionnaires
from training.catalogue.models import Event
from training.people.models import Partnership
from training.web.periods import Period, quarter_of, year_of

pytestmark = pytest.mark.usefixtures("partnership")
QUARTER = quarter_of(datetime.date(2026, 5, 10), 4)
BEFORE, AFTER = quarter_of(datetime.date(2026, 2, 10), 4), quarter_of(datetime.date(2026, 8, 10), 4)
LATER = datetime.date(2027, 6, 1)


def make_standing(ratings: list[int], on: datetime.date = datetime.date(2026, 5, 10), asked: int = 0) -> Event:
    ensure_questionnaires()
    event = make_event(make_course(), mode="e_learning")
    rate(event, ratings, on=on)
    for _ in range(asked):
        booking = make_booking(event)
        moment = timezone.make_aware(datetime.datetime.combine(on, datetime.time(9)))
        version = event.responses.first().version  # type: ignore[union-attr]
        Invitation.objects.create(
            booking=booking, stage=Stage.END, version=version, due_at=moment, posted_at=moment,
            closes_at=moment + 21 * DAY, token_hash=booking.reference,
        )  # fmt: skip
    return event


def shown(period: Period, today: datetime.date = LATER) -> list[tuple[str, bool, float | None]]:
    rows = load_own_time(period, 4, today, 5)
    return [(one.response.words, one.relevance.is_withheld, one.relevance.value) for one in rows]


def test_counts_in_the_quarter_of_the_answer() -> None:
    make_standing([5, 4, 4, 5, 2], asked=8)

    assert shown(QUARTER) == [("62.5 %: 5 of 8 people answered", False, 4.0)]
    assert shown(year_of(QUARTER.starts_on, 4)) == [("62.5 %: 5 of 8 people answered", False, 4.0)]
    assert (shown(BEFORE), shown(AFTER)) == ([], [])


def test_nothing_is_shown_while_the_quarter_runs() -> None:
    make_standing([5, 4, 4, 5, 2], asked=8)

    assert [row[1] for row in shown(QUARTER, QUARTER.ends_on - DAY)] == [True]
    assert [row[1] for row in shown(QUARTER, QUARTER.ends_on)] == [False]


def test_few_are_hidden_and_put_together_with_others_of_the_quarter() -> None:
    make_standing([5, 4, 3], asked=4)
    make_standing([5, 4], asked=4)

    assert [row[1:] for row in shown(QUARTER)] == [(True, None), (True, None), (False, 4.2)]


def test_few_in_all_stay_hidden() -> None:
    make_standing([5, 4, 3], asked=4)

    assert [row[1:] for row in shown(QUARTER)] == [(True, None)]


def test_report_has_it_in_page_and_files(partnership: Partnership) -> None:
    quarter = quarter_of(timezone.localdate() - 100 * DAY, 4)
    event = make_standing([5, 4, 4, 5, 2], on=quarter.starts_on + 9 * DAY, asked=8)

    report = built("quarter", quarter.key, partnership)

    assert report["sections"]["own_time"]["rows"][0]["title"] == event.version.title
    assert "relevance_own_time v1" in report_bytes(report, "csv").decode()
    assert [report_bytes(report, one)[:2] for one in ("pdf", "xlsx")] == [b"%P", b"PK"]
