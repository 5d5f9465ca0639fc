"""What falls due: the pure function against dates worked out by hand, and the lead's page."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_catalogue import in_days, make_course, make_event, make_framework
from training.catalogue.models import Equivalence
from training.people.models import Agency, Person, Role, User
from training.record.actions import achieve
from training.record.due import Done, Post, Rule, falls_due, months_after, rule_of
from training.record.models import Achievement, RefresherRule

TODAY = datetime.date(2026, 6, 9)
INDUCTION = Rule(1, "Induction", course_ids=frozenset({10}), first_within_days=7)
EVERY_THREE = Rule(2, "Every three years", framework_id=5, lowest=2, every_months=36)
LEAD = Rule(
    3, "Lead", course_ids=frozenset({20}), sectors=frozenset({"education"}), job_words=("safeguarding lead",),
    first_within_days=28, every_months=24, effective_from=datetime.date(2026, 6, 1),
)  # fmt: skip
RULES = [INDUCTION, EVERY_THREE, LEAD]


def post(since: datetime.date, *, sector: str = "council", job: str = "Social worker") -> Post:
    return Post(sector, job, since)


def due(done: list[Done], *posts: Post) -> list[tuple[str, datetime.date, datetime.date | None]]:
    return [(one.rule.name, one.on, one.last_on) for one in falls_due(RULES, done, posts, TODAY)]


def test_new_starter_has_a_week() -> None:
    assert due([], post(TODAY)) == [("Induction", datetime.date(2026, 6, 16), None)]


def test_a_course_of_a_rung_high_enough_counts_until_three_years_on() -> None:
    low = Done(1, datetime.date(2026, 1, 5), {5: 1})
    high = Done(2, datetime.date(2023, 7, 1), {5: 3})
    induction = Done(10, datetime.date(2015, 1, 1))

    assert due([low, high, induction], post(TODAY)) == [
        ("Every three years", datetime.date(2026, 7, 1), datetime.date(2023, 7, 1))
    ]


def test_what_is_further_away_than_half_a_year_is_not_said() -> None:
    assert due([Done(10, TODAY), Done(2, TODAY, {5: 2})], post(TODAY)) == []


def test_audience_is_sector_and_job() -> None:
    known = [Done(10, TODAY)]
    school = {"sector": "education", "job": "Deputy head and Designated Safeguarding Lead"}

    assert due(known, post(TODAY, **school | {"sector": "health"})) == []
    assert due(known, post(TODAY, **school | {"job": "Teacher"})) == []
    assert due(known, post(TODAY, **school)) == [("Lead", datetime.date(2026, 7, 7), None)]
    assert due([*known, Done(20, datetime.date(2024, 6, 9))], post(TODAY, **school)) == [
        ("Lead", TODAY, datetime.date(2024, 6, 9))
    ]


def test_a_rule_gives_those_who_were_there_time_from_its_first_day() -> None:
    long_there = post(datetime.date(2010, 1, 4), sector="education", job="Safeguarding lead")

    assert due([Done(10, TODAY)], long_there) == [("Lead", datetime.date(2026, 6, 29), None)]


def test_nobody_at_work_has_nothing_due() -> None:
    assert due([]) == []


@pytest.mark.parametrize(
    ("day", "months", "becomes"),
    [
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2025-11-30", 1, "2025-12-30"),
    ],
)
def test_months_after(day: str, months: int, becomes: str) -> None:
    assert months_after(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(becomes)


# --- With real rows -------------------------------------------------------------------------------


def make_rule(name: str = "Neglect every two years", **fields: Any) -> RefresherRule:
    courses = fields.pop("courses", [])
    common = {"every_months": 24, "effective_from": datetime.date(2020, 1, 1), "source": "The partnership"}
    rule = RefresherRule.objects.create(name=name, **{**common, **fields})
    rule.courses.set(courses)
    return rule


def did(person: Person, course: Any, days_ago: int) -> None:
    achieve(
        person=person,
        version=course.versions.get(is_current=True),
        on=in_days(-days_ago),
        source=Achievement.Source.ATTENDED,
        origin=f"event:{course.code}",
        now=timezone.now(),
    )


def lead_of(agency: Agency) -> User:
    return make_user(role=Role.AGENCY_LEAD, agency=agency)


@pytest.mark.usefixtures("partnership")
def test_lead_sees_own_people_new_starters_first(client_of: ClientOf) -> None:
    agency, course = make_agency(), make_course("Neglect")
    make_rule(courses=[course], first_within_days=7)
    event = make_event(course)
    new = make_person("Nia New", agency=agency, employment={"period": DateRange(in_days(-2), None)})
    old = make_person("Olu Old", agency=agency)
    stranger = make_person("Sam Stranger", agency=make_agency())
    did(old, course, 900)
    client = client_of(lead_of(agency))

    page = client.get(reverse("record:agency-due")).content.decode()
    file = client.get(reverse("record:agency-due-file", args=["csv"])).content.decode("utf-8-sig").splitlines()

    assert page.index(new.name) < page.index(old.name)
    assert "Overdue" in page
    assert reverse("bookings:event", args=[event.reference]) in page
    assert stranger.name not in page
    assert file[0].startswith("Employee number,Name,E-mail,Organisation")
    assert [row.split(",")[1] for row in file[1:] if not row.split(",")[1].startswith("Person")] == [new.name, old.name]


@pytest.mark.usefixtures("partnership")
def test_own_page_shows_what_falls_due(client_of: ClientOf) -> None:
    agency = make_agency()
    user, course = make_user(agency=agency), make_course("Neglect")
    make_rule("Neglect, again", framework=make_framework(), lowest=2)
    did(user.person, make_course("Old neglect", levels=["2-3"]), 800)
    make_event(course)  # of no level, so not what the rule asks for

    page = client_of(user).get(reverse("people:my")).content.decode()

    assert "Neglect, again" in page
    assert "No date is open yet." in page


@pytest.mark.usefixtures("partnership")
def test_due_asks_the_same_for_one_and_three(client_of: ClientOf) -> None:
    agency, course = make_agency(), make_course("Neglect")
    make_rule(courses=[course])
    make_event(course)
    client, counted = client_of(lead_of(agency)), []
    for _ in range(3):
        did(make_person(agency=agency), course, 900)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("record:agency-due"))
        counted.append(len(queries))

    assert counted[0] == counted[2]


@pytest.mark.usefixtures("partnership")
@pytest.mark.parametrize("name", ["agency-due", "agency-due-file"])
def test_due_is_for_leads(practitioner: User, client: Client, client_of: ClientOf, name: str) -> None:
    url = reverse(f"record:{name}", args=["csv"] if name.endswith("file") else [])

    assert client.get(url).status_code == 302
    assert client_of(practitioner).get(url).status_code == 403


@pytest.mark.usefixtures("partnership")
def test_due_with_nonsense(client_of: ClientOf) -> None:
    client = client_of(lead_of(make_agency()))

    assert client.get(reverse("record:agency-due"), {"organisation": "\u202ex", "page": "-1"}).status_code == 200
    assert client.get("/agency/due.exe").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"every_months": None}, "refresher_rule_asks_something"),
        ({"lowest": 2}, "refresher_rule_rung_of_a_framework"),
    ],
)
def test_postgresql_refuses_a_rule_that_asks_nothing(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_rule(**fields)


def test_what_counts_as_a_named_course_is_done_and_not_what_is_offered() -> None:
    rule = Rule(1, "Induction", course_ids=frozenset({10}), equal_ids=frozenset({11}), first_within_days=7)

    assert falls_due([rule], [Done(11, TODAY)], [post(TODAY)], TODAY) == []
    assert len(falls_due([rule], [Done(12, TODAY)], [post(TODAY)], TODAY)) == 1


@pytest.mark.django_db
def test_equivalents_come_with_the_rules_in_force() -> None:
    named, other = make_course(), make_course()
    Equivalence.objects.create(course=other, counts_as=named)
    make_rule().courses.add(named)

    (row,) = RefresherRule.objects.in_force()

    assert (rule_of(row).course_ids, rule_of(row).equal_ids) == ({named.pk}, {other.pk})
