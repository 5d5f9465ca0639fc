""" "Last actions and outcome": decisions since the last report with their actions, what came of them, what is late."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from evaluation.reports.files import report_bytes
from tests.conftest import ClientOf
from tests.evaluation.making import DAY
from tests.evaluation.report_making import built
from tests.factories import make_person
from tests.factories_catalogue import any_coordinator
from training.governance.actions.decisions import record_decision
from training.governance.actions.meetings import add_action_point, close_action_point
from training.governance.models import ActionPoint, Body, Decision
from training.people.models import Partnership, User
from training.web.periods import Period, quarter_of
from training.web.words import full_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def quarter() -> Period:
    """One that has been over for a while, so that what is due has passed."""
    return quarter_of(timezone.localdate() - 200 * DAY, 4)


def make_decision(held_on: datetime.date, subject: str = "Neglect") -> Decision:
    body, _ = Body.objects.get_or_create(name="PDL", kind=Body.Kind.PDL)
    by = any_coordinator().person
    return record_decision(body=body, held_on=held_on, subject=subject, outcome="Run it.", by=by, now=timezone.now())


def make_action(decision: Decision, what: str, due_on: datetime.date) -> ActionPoint:
    return add_action_point(
        meeting=decision.meeting, decision=decision, what=what, owner=make_person(name="Ola Owner"), due_on=due_on,
        submission=None, by=any_coordinator(), now=timezone.now(),
    )  # fmt: skip


def close(point: ActionPoint, outcome: str, now: datetime.datetime) -> ActionPoint:
    return close_action_point(point=point, standing="done", outcome=outcome, by=any_coordinator(), now=now)


def decided(quarter: Period) -> dict[str, Any]:
    found: dict[str, Any] = built("quarter", quarter.key, Partnership.objects.get())["sections"]["decided"]
    return found


def test_only_decisions_since_the_period_began(quarter: Period, partnership: Partnership) -> None:
    for held_on in (quarter.starts_on + DAY, quarter.starts_on - 300 * DAY):
        make_decision(held_on)

    found = decided(quarter)

    assert [(row["on"], row["outcome"], row["actions"]) for row in found["rows"]] == [
        ((quarter.starts_on + DAY).isoformat(), "Run it.", [])
    ]
    assert found["actions_sentence"] == "No action is open."


def test_decision_has_its_actions_and_what_came_of_them(quarter: Period, partnership: Partnership) -> None:
    day, now = quarter.starts_on + DAY, timezone.now()
    decision = make_decision(day)
    close(make_action(decision, "Ask the police lead", day + DAY), "Four officers booked.", now)
    make_action(decision, "Send the notes", day + 2 * DAY)
    make_action(decision, "Try it again", timezone.localdate() + DAY)

    found = decided(quarter)

    assert [(one["what"], one["is"], one["state"], one["outcome"]) for one in found["rows"][0]["actions"]] == [
        ("Ask the police lead", "done", f"Done, {full_day(now)}", "Four officers booked."),
        ("Send the notes", "overdue", f"Overdue since {full_day(day + 2 * DAY)}", ""),
        ("Try it again", "open", f"Due by {full_day(timezone.localdate() + DAY)}", ""),
    ]
    assert found["actions_sentence"] == "Of 2 open actions, 1 is overdue."
    assert [one["what"] for one in found["actions"]] == ["Send the notes"]


def test_actions_of_earlier_meetings_count_when_they_closed_within(quarter: Period, partnership: Partnership) -> None:
    long_ago = make_decision(quarter.starts_on - 100 * DAY)
    within = timezone.make_aware(datetime.datetime.combine(quarter.starts_on + DAY, datetime.time(12)))
    close(make_action(long_ago, "Write to heads", quarter.starts_on), "All have written back.", within)
    close(make_action(long_ago, "Before that", quarter.starts_on), "Done then.", within - 30 * DAY)

    found = decided(quarter)

    assert [(one["what"], one["outcome"]) for one in found["closed"]] == [("Write to heads", "All have written back.")]
    assert found["rows"] == []


def test_no_owner_is_named(quarter: Period, partnership: Partnership) -> None:
    make_action(make_decision(quarter.starts_on + DAY), "Send the notes", quarter.starts_on + 2 * DAY)

    assert "Ola Owner" not in str(decided(quarter))


def test_page_and_files_show_outcomes(
    quarter: Period, pdl: User, client_of: ClientOf, partnership: Partnership
) -> None:
    decision = make_decision(quarter.starts_on + DAY)
    close(make_action(decision, "Ask the police", quarter.starts_on + DAY), "Four officers booked.", timezone.now())
    make_action(decision, "Send the notes", quarter.starts_on + 2 * DAY)

    page = client_of(pdl).get(f"/reports/quarter/{quarter.key}/").content.decode()
    report = built("quarter", quarter.key, partnership)

    assert page.count("Four officers booked.") == 1
    assert page.count("Overdue since") == 1
    assert [report_bytes(report, one)[:2] for one in ("pdf", "xlsx")] == [b"%P", b"PK"]


def test_copies_from_before_actions_are_still_drawn(quarter: Period, partnership: Partnership) -> None:
    make_action(make_decision(quarter.starts_on + DAY), "Send the notes", quarter.starts_on + 2 * DAY)
    report = built("quarter", quarter.key, partnership)
    part = report["sections"]["decided"]
    report["sections"]["decided"] = {
        "rows": [{key: value for key, value in row.items() if key != "actions"} for row in part["rows"]],
        "more": 0,
        "sentence": "",
        "actions": [{"text": one["text"]} for one in part["actions"]],
        "actions_sentence": part["actions_sentence"],
    }

    assert [report_bytes(report, one)[:2] for one in ("pdf", "xlsx")] == [b"%P", b"PK"]
