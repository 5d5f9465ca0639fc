"""Answers in people's own words, and evidence in every state, made by the real actions."""

import datetime
from typing import Any

from django.utils import timezone

from evaluation.actions.evidence import EvidenceText, approve_evidence, draft_evidence
from evaluation.actions.screening import clear_comment
from evaluation.grading import reasons_not_approvable
from evaluation.models import Comment, EvidenceItem, Stage
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_version
from tests.factories_evaluation import make_attended, make_past_event, make_response
from training.catalogue.models import Event
from training.people.models import Role, User

LONG_AGO = 70


def make_comment(text: str, *, event: Event | None = None) -> Comment:
    """What somebody did differently, two months on."""
    booking = make_attended(event or make_past_event(days_ago=LONG_AGO))
    response = make_response(booking, Stage.FOLLOW_UP, did_differently=text)
    return Comment.objects.get(response=response)


def evidence_text(**fields: Any) -> EvidenceText:
    """An audit sample that may be approved as A."""
    today = timezone.localdate()
    given = {
        "claim": "Practitioners record what the child said",
        "source": "Audit of 20 files by the quality team",
        "grade": "A",
        "is_independent": True,
        "period_starts_on": today - datetime.timedelta(days=200),
        "period_ends_on": today - datetime.timedelta(days=20),
        "count": 17,
        "possible": 20,
        "before": "12 of 20",
        "after": "17 of 20",
        "what_else_changed": "Nothing known",
        "what_contradicts": "None found",
        **fields,
    }
    return EvidenceText(**{"version": given.pop("version", None) or make_version(), **given})


def make_evidence(*, by: User | None = None, is_approved: bool = False, **fields: Any) -> EvidenceItem:
    """A draft of the coordinator's; approved, by a PDL member."""
    item = draft_evidence(text=evidence_text(**fields), by=by or any_coordinator(), now=timezone.now())
    if not is_approved:
        return item
    grader = make_user(role=Role.PDL_MEMBER)
    return approve_evidence(item=item, revision=item.revision, by=grader, now=timezone.now())


def grader() -> User:
    return make_user(role=Role.PDL_MEMBER)


def codes(item: EvidenceItem, by: User | None = None) -> set[str]:
    person = (by or grader()).person
    assert person is not None
    return {one.code for one in reasons_not_approvable(item, grader=person, today=timezone.localdate())}


def cleared(text: str = "I asked the child first", **fields: Any) -> Comment:
    return clear_comment(
        comment=make_comment(text, **fields),
        seen="unscreened",
        take_out=[],
        may_be_quoted=True,
        by=any_coordinator(),
        now=timezone.now(),
    )
