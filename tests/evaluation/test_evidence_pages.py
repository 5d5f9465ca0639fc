"""The pages of evidence: who sees what, rubbish, filters."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.evidence import (
    change_evidence,
    draft_evidence,
    reject_evidence,
)
from evaluation.errors import EvaluationError
from evaluation.models import Comment, EvidenceItem
from evaluation.views.evidence import READ
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import cleared, evidence_text, grader, make_evidence
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator
from training.governance.models import Body, Priority
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

TODAY = timezone.localdate


def page(name: str, item: EvidenceItem) -> str:
    return reverse(f"evaluation:evidence-{name}", args=[item.reference])


def posted(text: Any, revision: int = 0) -> dict[str, str]:
    given = {name: str(getattr(text, name) or "") for name in ("claim", "grade", "source", "before", "after")}
    given |= {name: str(getattr(text, name)) for name in ("count", "possible", "what_else_changed", "what_contradicts")}
    for name in ("period_starts_on", "period_ends_on"):
        day = getattr(text, name)
        given |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    return {**given, "version": str(text.version.pk), "is_independent": "on", "revision": str(revision)}


def test_pages_write_approve_decide_and_reject(client_of: ClientOf) -> None:
    writer, second = client_of(any_coordinator()), client_of(grader())
    body = Body.objects.create(name="PDL", kind=Body.Kind.PDL)

    added = writer.post(reverse("evaluation:evidence-add"), posted(evidence_text()))
    item = EvidenceItem.objects.get()
    assert added["Location"] == page("item", item)
    assert "Not as it stands" in writer.get(page("item", item)).content.decode()
    second.post(page("approve", item), {"revision": "1"})
    day = TODAY()
    when = {"held_on_day": str(day.day), "held_on_month": str(day.month), "held_on_year": str(day.year)}
    second.post(page("decide", item), {"body": str(body.pk), "outcome": "Run it again.", "minute": "", **when})
    shown = second.get(page("item", item)).content.decode()
    second.post(page("reject", item), {"reason": "Another tool."})

    item.refresh_from_db()
    assert "Run it again." in shown
    assert (item.state, item.decision_id is not None) == ("rejected", True)


def test_change_page_keeps_what_was_typed_when_somebody_was_quicker(client_of: ClientOf) -> None:
    item, client = make_evidence(), client_of(any_coordinator())
    text = evidence_text(version=item.version, claim="Mine")
    change_evidence(item=item, text=text, revision=1, by=any_coordinator(), now=timezone.now())

    refused = client.post(page("change", item), posted(text, 1) | {"claim": "Theirs"})
    again = client.post(page("change", item), posted(text, 2) | {"claim": "Theirs"})

    assert "Theirs" in refused.content.decode()
    assert 'name="revision" value="2"' in refused.content.decode()
    assert (again.status_code, EvidenceItem.objects.get().claim) == (302, "Theirs")


def test_answer_is_offered_and_becomes_evidence(client_of: ClientOf) -> None:
    comment = cleared()
    address = f"{reverse('evaluation:evidence-add')}?answer={comment.pk}"
    client = client_of(any_coordinator())

    offered = client.get(reverse("evaluation:screening-comment", args=[comment.pk])).content.decode()
    text = evidence_text(version=comment.response.event.version, grade="C")
    client.post(address, posted(text))

    assert address in offered
    assert EvidenceItem.objects.get().comment == comment


@pytest.mark.parametrize("answer", ["rubbish", "00000000-0000-0000-0000-000000000000", "1" * 5000, "\u202e"])
def test_unknown_answer_is_not_found(answer: str, client_of: ClientOf) -> None:
    found = client_of(any_coordinator()).get(reverse("evaluation:evidence-add"), {"answer": answer})

    assert found.status_code == 404


def test_rubbish_posts_are_no_server_errors(client_of: ClientOf) -> None:
    item, client = make_evidence(), client_of(any_coordinator())
    rubbish = {"revision": "9" * 50, "version": "x", "count": "9" * 40, "possible": "-1", "period_ends_on_day": "99"}

    got = [client.post(page(name, item), rubbish).status_code for name in ("change", "approve", "reject", "decide")]

    assert got == [200, 302, 200, 200]
    assert EvidenceItem.objects.get().revision == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("grade=Z&state=x&page=-1", 200),
        ("course=nonsense", 200),
        ("priority=" + "x" * 3000, 200),
        ("priority=%00", 400),
    ],
)
def test_nonsense_filters(query: str, code: int, client_of: ClientOf) -> None:
    make_evidence()

    assert client_of(any_coordinator()).get(f"/evaluation/evidence/?{query}").status_code == code


def test_filters_narrow_the_list(client_of: ClientOf) -> None:
    neglect = Priority.objects.create(name="Neglect now")
    make_evidence(is_approved=True, priority=neglect, claim="Seen")
    make_evidence(grade="C", claim="Drafted")
    client = client_of(any_coordinator())

    pages = [
        client.get(f"/evaluation/evidence/?{query}").content.decode()
        for query in ("priority=neglect-now", "state=draft", "grade=A", "state=out-of-date")
    ]

    assert [("Seen" in one, "Drafted" in one) for one in pages] == [
        (True, False),
        (False, True),
        (True, False),
        (False, False),
    ]


def test_executive_reads_approved_evidence_without_names(client_of: ClientOf) -> None:
    draft, approved = make_evidence(claim="Drafted"), make_evidence(is_approved=True, claim="Seen")
    client = client_of(make_user(role=Role.EXECUTIVE))

    listed = client.get(reverse("evaluation:evidence")).content.decode()
    shown = client.get(page("item", approved)).content.decode()

    assert ("Seen" in listed, "Drafted" in listed) == (True, False)
    assert client.get(page("item", draft)).status_code == 404
    assert approved.drafted_by.name not in shown
    assert client.post(page("reject", approved), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PROVIDER_MANAGER, Role.DUTY])
def test_others_see_and_do_nothing(role: Role | None, client_of: ClientOf, client: Client) -> None:
    item, user = make_evidence(is_approved=True), make_user(role=role)

    for name in ("item", "change", "decide"):
        assert client_of(user).get(page(name, item)).status_code == 403
        assert client.get(page(name, item)).status_code == 302
    with pytest.raises(EvaluationError, match="Only a PDL member"):
        reject_evidence(item=item, reason="x", by=user, now=timezone.now())
    assert not user.may(READ)


def test_withheld_words_are_not_quoted(client_of: ClientOf) -> None:
    comment = cleared("My very own words")
    text = evidence_text(version=comment.response.event.version, grade="C")
    item = draft_evidence(text=text, comment=comment, by=any_coordinator(), now=timezone.now())
    client, shown = client_of(grader()), []
    for _ in range(2):
        shown.append("My very own words" in client.get(page("item", item)).content.decode())
        Comment.objects.update(state="cleared")

    assert shown == [True, False]


def test_list_asks_as_often_for_three_as_for_one(client_of: ClientOf) -> None:
    client, counts = client_of(any_coordinator()), []
    for number in (1, 2):
        for _ in range(number):
            make_evidence(priority=Priority.objects.create(name=f"P {Priority.objects.count()}"), claim=f"{number}")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("evaluation:evidence")).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
