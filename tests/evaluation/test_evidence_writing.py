"""Evidence written, changed, rejected, opened again, checked; and made of an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evaluation.actions.evidence import (
    change_evidence,
    check_evidence,
    draft_evidence,
    reject_evidence,
    reopen_evidence,
)
from evaluation.errors import EvaluationError
from evaluation.evidence import answers_for_evidence
from evaluation.grading import expiry_of
from evaluation.models import EvidenceItem
from tests.evaluation.evidence_making import cleared, codes, evidence_text, make_comment, make_evidence
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_past_event

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

TODAY = timezone.localdate


def test_draft_sent_twice_is_one() -> None:
    text = evidence_text()

    for _ in range(2):
        draft_evidence(text=text, by=any_coordinator(), now=timezone.now())

    assert EvidenceItem.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"claim": " "},
        {"source": "\x00"},
        {"count": 3, "possible": 2},
        {"count": 3, "possible": None},
        {"grade": "E"},
        {"period_ends_on": timezone.localdate() - timedelta(days=900)},
    ],
)
def test_rubbish_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(EvaluationError):
        make_evidence(**fields)
    assert EvidenceItem.objects.count() == 0


def test_change_of_an_old_page_is_refused() -> None:
    item, text = make_evidence(), evidence_text()
    change_evidence(item=item, text=text, revision=1, by=any_coordinator(), now=timezone.now())

    with pytest.raises(EvaluationError, match="Somebody else changed this"):
        change_evidence(item=item, text=text, revision=1, by=any_coordinator(), now=timezone.now())


def test_approved_evidence_is_not_changed() -> None:
    item = make_evidence(is_approved=True)

    with pytest.raises(EvaluationError, match="Only a draft"):
        change_evidence(item=item, text=evidence_text(), revision=2, by=any_coordinator(), now=timezone.now())


def test_reject_and_reopen() -> None:
    item, by, now = make_evidence(is_approved=True), any_coordinator(), timezone.now()

    for _ in range(2):
        reject_evidence(item=item, reason="Another tool was used.", by=by, now=now)
    for _ in range(2):
        reopened = reopen_evidence(item=item, by=by, now=now)

    assert (reopened.state, reopened.graded_by) == ("draft", None)
    assert [step.became for step in item.steps.all()] == ["draft", "approved", "rejected", "draft"]


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_reject_needs_a_reason(reason: str) -> None:
    with pytest.raises(EvaluationError, match="Enter why"):
        reject_evidence(item=make_evidence(), reason=reason, by=any_coordinator(), now=timezone.now())


def test_reopen_of_what_is_approved_is_refused() -> None:
    with pytest.raises(EvaluationError, match="It is approved"):
        reopen_evidence(item=make_evidence(is_approved=True), by=any_coordinator(), now=timezone.now())


def test_expired_evidence_counts_again_once_checked() -> None:
    item, by = make_evidence(is_approved=True), any_coordinator()
    EvidenceItem.objects.update(expires_on=TODAY())
    assert list(EvidenceItem.objects.in_date(TODAY())) == []

    for _ in range(2):
        check_evidence(item=item, by=by, now=timezone.now())

    assert list(EvidenceItem.objects.in_date(TODAY())) == [item]
    assert EvidenceItem.objects.get().expires_on == expiry_of(TODAY())
    assert item.steps.filter(was="approved", became="approved").count() == 1


def test_check_of_a_draft_is_refused() -> None:
    with pytest.raises(EvaluationError, match="Only approved"):
        check_evidence(item=make_evidence(), by=any_coordinator(), now=timezone.now())


def test_answer_becomes_one_item_of_grade_c_at_most() -> None:
    comment = cleared()
    text = evidence_text(version=comment.response.event.version, grade="B")

    items = {draft_evidence(text=text, comment=comment, by=any_coordinator(), now=timezone.now()) for _ in range(2)}

    assert len(items) == 1
    assert codes(items.pop()) - {"no_priority"} == {"own_account"}


def test_answer_that_nobody_has_read_is_refused() -> None:
    comment = make_comment("I asked the child first")
    text = evidence_text(version=comment.response.event.version)

    with pytest.raises(EvaluationError, match="has been cleared"):
        draft_evidence(text=text, comment=comment, by=any_coordinator(), now=timezone.now())


def test_answer_about_another_course_is_refused() -> None:
    with pytest.raises(EvaluationError, match="another course"):
        draft_evidence(text=evidence_text(), comment=cleared(), by=any_coordinator(), now=timezone.now())


def test_answers_to_choose_from_are_of_courses_on_which_enough_wrote() -> None:
    event = make_past_event(days_ago=70)
    first = cleared(event=event)
    for _ in range(3):
        make_comment("Words", event=event)

    assert list(answers_for_evidence(5)) == []
    make_comment("Words", event=event)
    assert list(answers_for_evidence(5)) == [first]
