"""What a report says: numbers, withheld answers, the same number of queries for any number of dates."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.models import Mark, Origin, Status
from evaluation.reports.building import build_report
from evaluation.reports.scopes import find_scope
from tests.evaluation.making import book, make_ran, pair, rate, send_registers
from tests.evaluation.report_making import built, make_story, quarter_key
from tests.factories_catalogue import make_course
from tests.factories_evaluation import make_attended, make_past_event, make_response
from tests.factories_providers import make_contract, make_order, make_provider
from training.people.models import Partnership
from training.web.periods import quarter_of
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_report_says_it_in_five_sentences(partnership: Partnership) -> None:
    event = make_story()

    sentences = [row["text"] for row in built("event", event.reference, partnership)["sections"]["sentences"]]

    assert sentences == [
        "1 date ran, with 20 places.",
        "8 people came: 8 of 10 who were booked (80.0 %); from 1 of 2 sectors.",
        "2 booked people didn’t come (20.0 % of 10) and 0 sent apologies.",
        "6 people rated their confidence before the course and at its end on a scale from 1 to 5: on average +1.2,"
        " likely between +1.0 and +1.5. Two months on, 6 people stood +0.2 from where they did at the end.",
        "What the others would have said: “before the course” 6 of 8 answered; “at the end” 11 of 11 answered;"
        " “two months on” 6 of 8 answered. Ratings are people’s own: nobody else has yet shown that practice changed"
        " (no evidence of grade A or B).",
    ]


def test_report_of_every_kind_has_the_date(partnership: Partnership) -> None:
    event = make_story()
    provider = make_provider("Harbour Training")
    make_order(event, make_contract(provider, starts_on=timezone.localdate(event.starts_at)))
    quarter = quarter_key(event)
    keys = {
        "course": event.version.course.code,
        "event": event.reference,
        "provider": provider.reference,
        "quarter": quarter,
        "year": built("quarter", quarter, partnership)["caption"].rpartition(" of ")[2].replace("–", "-"),
    }

    ran = {kind: built(kind, key, partnership)["sections"]["delivery"]["ran"] for kind, key in keys.items()}

    assert ran == dict.fromkeys(keys, 1)


def test_report_narrowed_to_another_year_has_nothing(partnership: Partnership) -> None:
    event = make_story()

    report = built("course", event.version.course.code, partnership, year="2010-11")

    assert report["sections"]["delivery"]["ran"] == 0
    assert report["sections"]["sentences"][0]["text"] == "No date has run yet."


def test_report_holds_no_answer_of_few(partnership: Partnership) -> None:
    """The canonical JSON is what files and copies are made of: a withheld value is nowhere in it."""
    event = make_ran(people=4)
    rate(event, [5, 5, 5, 2])
    pair(event, [1, 1], [5, 5])

    parts = built("event", event.reference, partnership)["sections"]

    assert parts["answers"]["questions"][0]["figure"]["words"] == "hidden: fewer than 5 answers"
    figures = [parts["answers"]["questions"][0]["figure"], parts["change"]["comparisons"][0]["overall"]]
    assert [(one["value"], one["n"], one["low"], one["is_withheld"]) for one in figures] == [
        (None, None, None, True)
    ] * 2


def test_report_from_real_answers(partnership: Partnership) -> None:
    """Through the personal link, as people do: the form is open, so nothing but the count is shown."""
    event = make_past_event(days_ago=3)
    make_response(make_attended(event), relevance=5, now=event.ends_at + timezone.timedelta(hours=3))

    parts = built("event", event.reference, partnership)["sections"]

    assert parts["answers"]["stages"][1]["words"] == "100.0 %: 1 of 1 people answered"
    assert parts["answers"]["questions"][0]["figure"]["is_withheld"] is True


@pytest.mark.parametrize(("kind", "most"), [("course", 20), ("quarter", 45), ("year", 45)])
def test_report_queries_do_not_grow(kind: str, most: int, partnership: Partnership) -> None:
    """A quarter's and a year's have ten parts more."""
    course = make_course()
    first = make_story(course=course)
    quarter = quarter_of(london_day(first.starts_at), 4)
    key = {"course": course.code, "quarter": quarter.key, "year": str(quarter.year)}[kind]
    scope = find_scope(kind, key, partnership=partnership, today=timezone.localdate())
    assert scope is not None
    with CaptureQueriesContext(
        connection,
    ) as one:
        build_report(scope, partnership=partnership, now=timezone.now())
    for _ in range(2):
        make_story(course=course)

    with CaptureQueriesContext(connection) as three:
        report = build_report(scope, partnership=partnership, now=timezone.now())

    assert report["sections"]["delivery"]["ran"] == 3
    assert len(three) == len(one)
    assert len(three) <= most


def test_report_prints_the_three_rates_and_not_96_per_cent(partnership: Partnership) -> None:
    """Leicestershire and Rutland printed 304 of 318 as "96 % attendance": 29 cancelled, 20 absent, 35 walk-ins."""
    event = make_ran(places_offered=393, people=269)
    book(event, 20, Mark.DID_NOT_ATTEND)
    book(event, 29, status=Status.CANCELLED_LATE)
    book(event, 35, origin=Origin.WALK_IN)
    send_registers(event)

    delivery = built("quarter", quarter_key(event), partnership)["sections"]["delivery"]

    assert [figure["words"] for figure in delivery["figures"]] == [
        "93.1 %: 269 of 289 booked people came",
        "6.9 %: 20 of 289 booked people didn’t come",
        "77.4 %: 304 people came to 393 places",
        "0.0 %: 0 of 1 dates",
    ]
    assert delivery["walk_ins"] == 35
