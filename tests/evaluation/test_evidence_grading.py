"""What evidence may be approved and why not, and the second person that A and B take."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evaluation.actions.evidence import (
    approve_evidence,
    change_evidence,
)
from evaluation.errors import EvaluationError
from evaluation.models import EvidenceItem
from providers.terms import months_later
from tests.evaluation.evidence_making import codes, evidence_text, grader, make_evidence
from tests.factories import grant_directly
from tests.factories_catalogue import any_coordinator, make_event, make_teaching
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

TODAY = timezone.localdate


TODAY = timezone.localdate
UNCOUNTED: dict[str, Any] = {"grade": "C", "possible": None, "count": None, "before": "", "after": ""}
SCORES: dict[str, Any] = {"grade": "D", "is_independent": False, "before": "", "after": "", "count": None}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"claim": "98 % would recommend it"}, {"liked"}),
        ({"claim": "People enjoyed the day"}, {"liked"}),
        ({"claim": "The training was delivered"}, {"delivered"}),
        ({"claim": "Confidence rose to a mean of 4.2", **UNCOUNTED}, {"no_number", "no_instance"}),
        ({"claim": "Recording rose by 30 %", **UNCOUNTED}, {"no_number", "no_instance"}),
        ({"claim": "The course caused better records"}, {"caused"}),
        ({"is_independent": False}, {"not_independent"}),
        ({"grade": "B", "is_independent": False}, {"not_independent"}),
        ({"grade": "A", "before": ""}, {"no_counts"}),
        ({"grade": "B", "after": ""}, {"no_instance"}),
        ({"grade": "C", "after": ""}, {"no_instance"}),
        ({"grade": "B", "after": "Managers saw a change in 6 of 11 people."}, {"tick"}),
        ({"grade": "B", "after": "The manager saw a change: she rang the school before she referred."}, set()),
        ({"grade": "C", "is_independent": False, "what_else_changed": ""}, set()),
        ({"what_else_changed": " "}, {"what_else"}),
        ({"what_contradicts": ""}, {"contradicts"}),
        ({**SCORES, "claim": "The impact was great"}, {"d_is_not_impact"}),
        ({**SCORES, "claim": "Self-rated confidence rose"}, set()),
        ({"claim": "Files such as case 1234567 are better"}, {"names_case"}),
        ({"after": "17 of 20; NHS number 943 476 5919"}, {"names_nhs_number"}),
        ({"source": "Told by Kai"}, {"names_name"}),
    ],
)
def test_reasons(fields: dict[str, Any], expected: set[str]) -> None:
    assert codes(make_evidence(**fields)) - {"no_priority"} == expected


def test_missing_priority_and_a_name_only_warn() -> None:
    item = make_evidence(source="Told by Kai")

    assert approve_evidence(item=item, revision=1, by=grader(), now=timezone.now()).state == "approved"


def test_old_evidence_is_not_approved_nor_counted() -> None:
    ended = TODAY() - timedelta(days=800)
    item = make_evidence(period_starts_on=ended, period_ends_on=ended)

    assert "too_old" in codes(item)
    assert item.expires_on == months_later(ended, 24)


def test_evidence_of_the_future_is_not_approved() -> None:
    assert "not_yet" in codes(make_evidence(period_ends_on=TODAY() + timedelta(days=1)))


def test_trainer_on_their_own_course_is_refused() -> None:
    by = grader()
    grant_directly(by.person, Role.TRAINER)
    event = make_event()
    make_teaching(event, by.person)

    assert codes(make_evidence(version=event.version), by) - {"no_priority"} == {"own_course"}


@pytest.mark.parametrize(("grade", "expected"), [("A", {"second_person"}), ("B", {"second_person"}), ("C", set())])
def test_strong_evidence_takes_a_second_person(grade: str, expected: set[str]) -> None:
    by = any_coordinator()

    assert codes(make_evidence(by=by, grade=grade), by) - {"no_priority"} == expected


def test_whoever_changed_a_word_is_no_second_person() -> None:
    item, other = make_evidence(), grader()
    text = evidence_text(version=item.version, source="Audit of 20 other files")

    changed = change_evidence(item=item, text=text, revision=1, by=other, now=timezone.now())

    assert "second_person" in codes(changed, other)
    with pytest.raises(EvaluationError, match="takes two"):
        approve_evidence(item=changed, revision=2, by=other, now=timezone.now())


def test_approve_says_everything_that_speaks_against_it() -> None:
    item = make_evidence(claim="98 % would recommend it", what_contradicts="")

    with pytest.raises(EvaluationError, match=r"recommend a course is not evidence\..*what contradicts it"):
        approve_evidence(item=item, revision=1, by=grader(), now=timezone.now())
    assert EvidenceItem.objects.get().state == "draft"


def test_approve_writes_who_and_when_and_twice_is_once() -> None:
    item, by, now = make_evidence(), grader(), timezone.now()

    approve_evidence(item=item, revision=1, by=by, now=now)
    done = approve_evidence(item=item, revision=1, by=by, now=now)

    assert (done.state, done.graded_by) == ("approved", by.person)
    steps = [(step.was, step.became, step.by) for step in done.steps.all()][1:]
    assert steps == [("draft", "approved", by.person)]


def test_approve_of_words_that_changed_meanwhile_is_refused() -> None:
    item = make_evidence()
    text = evidence_text(version=item.version, claim="Something else")
    change_evidence(item=item, text=text, revision=1, by=any_coordinator(), now=timezone.now())

    with pytest.raises(EvaluationError, match="Read it again"):
        approve_evidence(item=item, revision=1, by=grader(), now=timezone.now())
