"""What a quarter's and a year's report say beyond others: money, reach, change in words, what to decide."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import Booking, Mark, Origin, Status
from providers.terms import months_later
from tests.evaluation.evidence_making import make_evidence
from tests.evaluation.making import DAY, book, make_ran, pair, rate, send_registers
from tests.evaluation.report_making import built, make_story, quarter_key
from tests.factories import grant_directly, make_agency, make_person
from tests.factories_catalogue import any_coordinator, make_course, make_event, make_trainer
from tests.factories_providers import make_contract, make_engagement, make_order, make_provider
from training.catalogue.models import Event, EventStep, Teaching
from training.governance.models import Priority
from training.people.actions.headcounts import record_headcount
from training.people.models import Agency, Partnership, Role
from training.web.periods import quarter_before, quarter_of
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def parts_of(event: Event, kind: str = "quarter") -> dict[str, Any]:
    quarter = quarter_of(london_day(event.starts_at), 4)
    key = quarter.key if kind == "quarter" else str(quarter.year)
    found: dict[str, Any] = built(kind, key, Partnership.objects.get())["sections"]
    return found


def told(agency: Agency, number: int) -> Agency:
    year = quarter_of(timezone.localdate() - 200 * DAY, 4).year
    given = {"year": year, "daily": number, "sometimes": 0, "rarely": 1, "source": "Return"}
    record_headcount(agency=agency, by=any_coordinator(), now=timezone.now(), **given)
    return agency


def test_trend_has_five_quarters_and_what_changed(partnership: Partnership) -> None:
    event = make_ran(people=6)
    book(event, 2, Mark.DID_NOT_ATTEND)

    trend = parts_of(event)["trend"]

    before = quarter_before(quarter_of(london_day(event.starts_at), 4))
    assert [(one["ran"], one["figures"][0]["words"]) for one in trend["quarters"]] == [
        (0, "nothing to count yet")
    ] * 4 + [(1, "75.0 %: 6 of 8 booked people came")]
    assert trend["quarters"][3]["key"] == before.key
    assert trend["since"][:2] == [
        {"label": "Dates that ran", "now": "1", "before": "0"},
        {"label": "Came", "now": "75.0 %: 6 of 8 booked people came", "before": "nothing to count yet"},
    ]


def test_cancelled_dates_say_by_whom_and_why(partnership: Partnership) -> None:
    event, others = make_ran(), [make_ran() for _ in range(3)]
    trainer, provider = make_trainer(), make_provider("Harbour")
    engaged = make_engagement(trainer, provider)
    for one, by in zip(others[:2], (trainer, any_coordinator().person), strict=True):
        EventStep.objects.create(
            event=one, was="published", became="cancelled", at=timezone.now(), by=by, reason="The trainer is ill"
        )
    Event.objects.filter(pk__in=[one.pk for one in others]).update(standing="cancelled")

    planned = parts_of(event)["planned"]

    assert engaged.provider == provider
    assert planned["sentence"] == "4 dates planned: 1 ran, 3 cancelled. 20 places, 0 people came."
    assert sorted((row["by"], row["reason"], row["dates"]) for row in planned["cancelled"]) == [
        ("Harbour", "The trainer is ill", 1),
        ("Not known", "No reason was written down", 1),
        ("The partnership", "The trainer is ill", 1),
    ]


def test_money_is_fees_by_who_came_and_days_in_kind(partnership: Partnership) -> None:
    event, lent = make_ran(people=9), make_ran()
    book(event, 1, origin=Origin.WALK_IN)
    contract = make_contract(starts_on=london_day(event.starts_at) - 30 * DAY, value_pence=90_000_00)
    make_order(event, contract, fee_pence=450_00)
    own = make_person(agency=make_agency("Bankside Refuge"), employment={"period": ("2020-01-01", None)})
    asked = {"asked_at": lent.starts_at, "answered_at": lent.starts_at, "period": (lent.starts_at, lent.ends_at)}
    Teaching.objects.create(session=lent.sessions.get(), person=own, status="confirmed", **asked)

    money = parts_of(event)["money"]

    assert money["sentence"] == (
        "Trainers’ fees of £450 for 1 date: £45 for each of the 10 people who came to them."
        " Rooms and staff time are not in it."
    )
    assert (money["in_kind"], money["contracts"][0]["spent"]) == (
        [{"name": "Bankside Refuge", "days": 0.5}],
        "0.5 %: £450 of £90,000",
    )


def test_reach_is_held_against_who_works_there(partnership: Partnership) -> None:
    school, police, fire = make_agency("Hill School", sector="education"), make_agency(sector="police"), make_agency()
    told(school, 100), told(police, 300)
    event = make_ran()
    book(event, 9, agency=school)
    book(event, 1, agency=police)

    reach = parts_of(event)["reach"]

    rows = {row["name"]: (row["came"]["words"], row["workforce"]["words"], row["is_short"]) for row in reach["sectors"]}
    assert rows["Education"] == ("90.0 %: 9 of 10 people", "25.0 %: 100 of 400 people", False)
    assert rows["Police"] == ("10.0 %: 1 of 10 people", "75.0 %: 300 of 400 people", True)
    assert fire.name in [row["name"] for row in reach["unseen"]]
    assert school.name not in [row["name"] for row in reach["unseen"]]


def test_worst_organisations_come_with_whom_to_ask(partnership: Partnership) -> None:
    own, alike = make_agency("Own", sector="health"), make_agency("Alike", sector="education")
    alone, member_of = make_agency("Alone", sector="fire"), make_agency("Academy", sector="education")
    for agency in (own, member_of):
        grant_directly(make_person(agency=agency), Role.PDL_MEMBER)
    event = make_ran()
    for number, agency in enumerate((own, alike, alone), start=2):
        book(event, 7 - number, agency=agency)
        book(event, number, Mark.DID_NOT_ATTEND, agency=agency)

    worst = parts_of(event)["reach"]["worst"]

    assert [(row["name"], row["words"], row["ask"]) for row in worst] == [
        ("Alone", "4 of 7 booked people didn’t come (57.1 %)", "the chair: no member is from its sector"),
        ("Alike", "3 of 7 booked people didn’t come (42.9 %)", "the member from Academy"),
        ("Own", "2 of 7 booked people didn’t come (28.6 %)", "its own member"),
    ]


def test_waiting_counts_those_over_eight_weeks(partnership: Partnership) -> None:
    event, coming = make_ran(), make_event()
    waiting = book(coming, 3, None, status=Status.WITHDRAWN)
    for row, weeks in zip(waiting, (1, 9, 10), strict=True):
        since = timezone.now() - datetime.timedelta(weeks=weeks)
        Booking.objects.filter(pk=row.pk).update(status=Status.WAITLISTED, waits_since=since)

    reach = parts_of(event)["reach"]

    assert reach["waiting_sentence"] == "2 people of 3 on waiting lists have waited over 8 weeks."
    assert [(row["title"], row["long"], row["waiting"]) for row in reach["waiting"]] == [(coming.version.title, 2, 3)]


def test_change_is_told_by_outcome_in_words(partnership: Partnership) -> None:
    event = make_ran(course=make_course("Neglect"))
    for number in range(6):
        pair(event, [2, 4], [4 + number % 2, 3 - number % 2])

    learning = parts_of(event)["learning"]

    assert learning["sentence"] == "Of 2 outcomes that can be shown, 1 rose, 0 may not have changed and 1 fell."
    assert [(row["course"], row["change"]) for row in learning["fell"]] == [("Neglect", "fell by 1.5")]
    assert [row["change"] for row in learning["most"]] == ["rose by 2.5"]
    assert parts_of(event)["asks"][0]["text"] == "Review “Neglect”?"


def test_change_of_few_is_hidden_though_another_course_is_put_together_with_it(partnership: Partnership) -> None:
    for title in ("One", "Two"):
        event = make_ran(course=make_course(title))
        for _ in range(3):
            pair(event, [1, 1], [5, 5])

    parts = parts_of(event)

    rows = [row for course in parts["learning"]["courses"] for row in course["outcomes"]]
    assert [(row["is"], row["figure"]["value"], row["figure"]["n"]) for row in rows] == [("hidden", None, None)] * 4
    assert parts["change"]["comparisons"][0]["overall"]["n"] == 6


def test_followed_is_of_the_quarter_before(partnership: Partnership) -> None:
    event = make_story()
    after = quarter_of(quarter_of(london_day(event.starts_at), 4).ends_on, 4)

    followed = built("quarter", after.key, partnership)["sections"]["followed"]

    assert followed["response"]["words"] == "75.0 %: 6 of 8 people answered"
    assert [row["words"] for row in followed["used"]] == ["100.0 %: 6 of 6"]


def test_asks_a_pressing_contract_a_weak_provider_and_missing_evidence(partnership: Partnership) -> None:
    Priority.objects.create(name="Neglect")
    event, provider = make_ran(), make_provider("Harbour")
    starts_on = months_later(timezone.localdate(), -26)
    make_order(event, make_contract(provider, starts_on=starts_on, reference="H-1", option_months=[12]))
    rate(event, [1, 2, 2, 2, 1])

    asks = parts_of(event)["asks"]

    assert [row["text"] for row in asks] == [
        "Extend by 12 months or buy again: Harbour (H-1)?",
        "Ask Harbour for a plan to improve?",
        "Ask for an audit or a file sample?",
    ]
    assert "expected is at least 4.2 out of 5" in asks[1]["why"]


@pytest.mark.parametrize(
    ("grades", "answer"), [({}, "Not known"), ({"Neglect": "A"}, "Partly"), ({"Neglect": "A", "Abuse": "B"}, "Yes")]
)
def test_chapter_answers_honestly(grades: dict[str, str], answer: str, partnership: Partnership) -> None:
    course = make_course()
    event = make_ran(course=course)
    for name in ("Neglect", "Abuse"):
        priority = Priority.objects.create(name=name)
        if name in grades:
            day = london_day(event.starts_at)
            make_evidence(
                is_approved=True, priority=priority, version=event.version, grade=grades[name],
                period_starts_on=day, period_ends_on=day,
            )  # fmt: skip

    chapter = parts_of(event, "year")["chapter"]

    assert chapter["answer"] == answer
    assert [row["grade"] for row in chapter["priorities"]] == [grades.get(name, "") for name in ("Abuse", "Neglect")]


def test_parts_with_nothing_say_so(partnership: Partnership) -> None:
    today = timezone.localdate()
    parts = built("quarter", quarter_of(today, 4).key, partnership)["sections"]

    said = [
        parts["planned"]["sentence"], parts["planned"]["cancelled_sentence"], parts["money"]["sentence"],
        parts["money"]["in_kind_sentence"], parts["money"]["contracts_sentence"], parts["reach"]["returns"],
        parts["reach"]["unseen_sentence"], parts["reach"]["waiting_sentence"], parts["learning"]["sentence"],
        parts["done"]["sentence"], parts["followed"]["sentence"], parts["grades"]["sentence"],
        parts["providers"]["sentence"], parts["ahead"]["sentence"], parts["decided"]["sentence"],
        *parts["later"].values(),
    ]  # fmt: skip
    assert [text for text in said if not text.endswith(".")] == []
    assert parts["asks"] == []


def test_dates_with_an_open_register_are_in_no_rate_and_no_cost(partnership: Partnership) -> None:
    event = make_ran(people=5)
    make_order(event, make_contract(starts_on=london_day(event.starts_at) - DAY))
    send_registers(event)
    late = make_ran()
    book(late, 2, None)

    parts = parts_of(event)

    assert parts["money"]["people"] == 5
    assert parts["trend"]["quarters"][-1]["figures"][0]["denominator"] == 5
    assert parts["risks"][-1] == "Figures: 1 register not complete, so its date is in no rate."
    assert quarter_key(event) == quarter_key(late)
