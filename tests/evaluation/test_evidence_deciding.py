"""Decisions on evidence, what it counts for, and what PostgreSQL refuses."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone

from evaluation.actions.evidence import (
    approve_evidence,
    change_evidence,
    decide_on_evidence,
)
from evaluation.errors import EvaluationError
from evaluation.evidence import evidence_for, priorities_without
from evaluation.grading import expiry_of
from evaluation.models import EvidenceItem
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import evidence_text, grader, make_evidence
from tests.factories import make_partnership
from tests.factories_catalogue import any_coordinator, make_version
from training.config import parts
from training.governance.models import Body, Decision, Priority

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

TODAY = timezone.localdate


def decide(item: EvidenceItem, **fields: Any) -> EvidenceItem:
    body = Body.objects.get_or_create(name="PDL", kind=Body.Kind.PDL)[0]
    given = {"held_on": TODAY(), "outcome": "Run it again.", "minute": "4", "by": any_coordinator(), **fields}
    return decide_on_evidence(item=item, body=body, now=timezone.now(), **given)


def test_decision_is_recorded_once() -> None:
    item = make_evidence(is_approved=True)

    decide(item)
    again = decide(item, outcome="Something else.")

    assert Decision.objects.count() == 1
    assert again.decision is not None
    assert again.decision.outcome == "Run it again."


def test_decision_on_a_draft_or_of_a_meeting_to_come_is_refused() -> None:
    with pytest.raises(EvaluationError, match="approved evidence only"):
        decide(make_evidence())
    with pytest.raises(EvaluationError, match="has taken place"):
        decide(make_evidence(is_approved=True), held_on=TODAY() + timedelta(days=1))


def test_priorities_without_are_those_with_nothing_above_c_in_date() -> None:
    names = ("Neglect", "Coercion", "Exploitation", "Old times", "Expired")
    neglect, coercion, _, old, expired = [Priority.objects.create(name=name) for name in names]
    Priority.objects.filter(pk=old.pk).update(ends_on=TODAY())
    make_evidence(is_approved=True, priority=expired)
    EvidenceItem.objects.update(expires_on=TODAY())
    make_evidence(is_approved=True, priority=neglect)
    make_evidence(is_approved=True, priority=coercion, grade="C")

    assert [one.name for one in priorities_without(TODAY())] == ["Coercion", "Expired", "Exploitation"]


def test_pdl_member_sees_priorities_without_at_home(client_of: ClientOf) -> None:
    Priority.objects.create(name="Neglect")

    shown = client_of(grader()).get("/").content.decode()

    assert "?priority=neglect" in shown
    assert [
        panel.template for panel in parts.panels(any_coordinator(), timezone.now()) if "evidence" in panel.template
    ] == []


def test_evidence_for_a_course_is_strongest_first_and_in_date() -> None:
    version = make_version()
    weak = make_evidence(is_approved=True, version=version, grade="C")
    strong = make_evidence(is_approved=True, version=version)
    make_evidence(version=version, claim="A draft")
    make_evidence(is_approved=True)

    assert list(evidence_for(on=TODAY(), courses=[version.course.code])) == [strong, weak]
    assert list(evidence_for(on=expiry_of(TODAY()), courses=[version.course.code])) == []


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "approved"}, "evidence_approved_has_a_grader"),
        ({"period_ends_on": "2001-01-01"}, "evidence_period_ends_later"),
        ({"count": 21}, "evidence_counts_within_the_possible"),
    ],
)
def test_postgresql_refuses(fields: dict[str, Any], name: str) -> None:
    make_evidence()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        EvidenceItem.objects.update(**fields)


def test_postgresql_refuses_one_person_for_strong_evidence() -> None:
    item = make_evidence()

    with pytest.raises(IntegrityError, match="evidence_strong_takes_two"), transaction.atomic():
        EvidenceItem.objects.update(state="approved", graded_by=item.drafted_by)


@pytest.mark.django_db(transaction=True)
def test_approving_and_changing_at_once_leaves_one() -> None:
    make_partnership()
    item, by, other = make_evidence(), grader(), any_coordinator()
    text = evidence_text(version=item.version, claim="98 % would recommend it")
    refused, barrier = [], threading.Barrier(2)

    def run(number: int) -> None:
        barrier.wait()
        try:
            if number:
                approve_evidence(item=item, revision=1, by=by, now=timezone.now())
            else:
                change_evidence(item=item, text=text, revision=1, by=other, now=timezone.now())
        except EvaluationError:
            refused.append(number)
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    item.refresh_from_db()
    assert len(refused) == 1
    assert (item.state, item.claim == text.claim) in (("approved", False), ("draft", True))
