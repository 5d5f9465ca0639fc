"""Whoever holds the file, with everybody's bookings in it, must not be able to say whose an answer is."""

import datetime
from collections import Counter

import pytest
from django.apps import apps
from django.utils import timezone

from evaluation.models import Answer, Question, QuestionnaireVersion, Response
from evaluation.taking_out.tables import fields_of
from tests.evaluation.test_taking_out import rows, zipped
from tests.factories import make_person
from tests.factories_catalogue import make_course, make_event
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import User

NOW = timezone.now()
pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")
# What leaves of an answer and of whoever was asked. Before you add a column here, say who could use it, and with what.
LEAVES = {
    "evaluation.Response": {"id", "version_id", "event_id", "stage", "pairing_key", "sector", "on"},
    "evaluation.Answer": {"response_id", "question_id", "outcome_id", "rating", "choice"},
    "evaluation.Comment": {"id", "question_id", "stage", "on", "cleared_text", "state"},
    "evaluation.Invitation": {
        *("id", "reference", "booking_id", "stage", "version_id", "due_at", "closes_at", "posted_at"),
    },
    "evaluation.ManagerConfirmation": {"id", "reference", "digest_id", "booking_id"},
}


@pytest.fixture
def version() -> QuestionnaireVersion:
    found = QuestionnaireVersion.objects.filter(is_current=True, questionnaire__stage="end").first()
    assert found is not None
    return found


def answers(version: QuestionnaireVersion, code: str, **sectors: int) -> Event:
    """A date that so many of each sector have answered at the end."""
    event = make_event(make_course(code, code=code))
    question = Question.objects.filter(version=version, kind="agreement").first() or version.questions.first()
    outcome = event.version.outcomes.first()
    for sector, number in sectors.items():
        for one in range(number):
            response = Response.objects.create(
                version=version,
                event=event,
                stage="end",
                pairing_key=f"{code}{sector}{one}".ljust(64, "0"),
                sector=sector,
                on=NOW.date() - datetime.timedelta(days=one),
            )
            Answer.objects.create(response=response, question=question, outcome=outcome, rating=4)
    return event


@pytest.mark.parametrize("label", LEAVES)
def test_which_columns_of_answers_leave(label: str) -> None:
    assert {field.attname for field in fields_of(apps.get_model(label))} == LEAVES[label]


def test_of_a_date_that_few_answered_only_ratings_leave(administrator: User, version: QuestionnaireVersion) -> None:
    few = answers(version, "FEW", council=4)
    enough = answers(version, "ENOUGH", council=5)

    parcel = zipped()

    held = rows(parcel, "evaluation.Response")
    assert Counter(row["event_id"] for row in held) == {"": 4, str(enough.pk): 5}
    for row in held:
        known = {row[name] != "" for name in ("event_id", "sector", "on", "pairing_key")}
        assert known == {row["event_id"] != ""}
    outcomes = Counter(row["outcome_id"] for row in rows(parcel, "evaluation.Answer"))
    assert not {str(outcome.pk) for outcome in few.version.outcomes.all()} & set(outcomes)
    assert outcomes[""] == 4


def test_where_one_sector_is_few_no_answer_names_its_sector(administrator: User, version: QuestionnaireVersion) -> None:
    mixed = answers(version, "MIXED", council=6, police=1)
    alike = answers(version, "ALIKE", council=6, police=5)

    held = rows(zipped(), "evaluation.Response")

    assert Counter((row["event_id"], row["sector"]) for row in held) == {
        (str(mixed.pk), ""): 7,
        (str(alike.pk), "council"): 6,
        (str(alike.pk), "police"): 5,
    }


def test_the_order_of_rows_tells_nothing(administrator: User, version: QuestionnaireVersion) -> None:
    answers(version, "ORDER", council=8)

    parcel = zipped()

    for label, column in (("evaluation.Response", "id"), ("evaluation.Answer", "response_id")):
        ids = [row[column] for row in rows(parcel, label)]
        assert ids == sorted(ids)


def test_who_was_reminded_stays_behind(administrator: User) -> None:
    person = make_person("Ann Lee")
    for key, kind in (("A:0", "evaluation.ask_end"), ("A:1", "evaluation.ask_end"), ("B", "bookings.booked")):
        _message(kind, key, person.reference)

    assert [row["kind"] for row in rows(zipped(), "outbox.Message")] == ["bookings.booked"]


def _message(kind: str, key: str, reference: str) -> None:
    Message.objects.create(
        key=key,
        kind=kind,
        message_id=f"<{key}@muster.example>",
        to_address="ann@muster.example",
        person_reference=reference,
        subject="Subject",
        text="Text",
        created_at=NOW,
        next_attempt_at=NOW,
    )


def test_the_readme_says_what_is_left_empty(administrator: User) -> None:
    readme = " ".join(zipped().read("README.txt").decode().split())

    assert "fewer than 5 gave at one stage: the date, the sector, the day, the pseudonym and the outcomes" in readme
    assert "outbox.Message: where kind begins with evaluation.ask_" in readme
