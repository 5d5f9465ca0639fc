"""Evidence: what may be approved and why not, two people for A and B, expiry, decisions, who sees what."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.evidence import (
    approve_evidence,
    change_evidence,
    check_evidence,
    decide_on_evidence,
    draft_evidence,
    reject_evidence,
    reopen_evidence,
)
from evaluation.actions.screening import clear_comment
from evaluation.errors import EvaluationError
from evaluation.evidence import answers_for_evidence, evidence_for, priorities_without
from evaluation.grading import expiry_of, reasons_not_approvable
from evaluation.models import Comment, EvidenceItem
from evaluation.views.evidence import READ
from providers.terms import months_later
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import evidence_text, make_comment, make_evidence
from tests.factories import grant_directly, make_partnership, make_user
from tests.factories_catalogue import any_coordinator, make_event, make_teaching, make_version
from tests.factories_evaluation import make_past_event
from training.config import parts
from training.governance.models import Body, Decision, Priority
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

TODAY = timezone.localdate
SCORES: dict[str, Any] = {"grade": "D", "is_independent": False, "before": "", "after": "", "count": None}
UNCOUNTED: dict[str, Any] = {"grade": "C", "possible": None, "count": None, "before": "", "after": ""}


def grader() -> User:
    return make_user(role=Role.PDL_MEMBER)


def codes(item: EvidenceItem, by: User | None = None) -> set[str]:
    person = (by or grader()).person
    assert person is not None
    return {one.code for one in reasons_not_approvable(item, grader=person, today=TODAY())}


# --- What is accepted ---------------------------------------------------------------------------------


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


# --- Two people --------------------------------------------------------------------------------------


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


# --- Draft, change, reject, reopen, check --------------------------------------------------------------


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


# --- From an answer --------------------------------------------------------------------------------------


def cleared(text: str = "I asked the child first", **fields: Any) -> Comment:
    return clear_comment(
        comment=make_comment(text, **fields),
        seen="unscreened",
        take_out=[],
        may_be_quoted=True,
        by=any_coordinator(),
        now=timezone.now(),
    )


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


# --- Decisions, priorities, reports -----------------------------------------------------------------------


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

    assert list(evidence_for(on=TODAY(), course=version.course)) == [strong, weak]
    assert list(evidence_for(on=expiry_of(TODAY()), course=version.course)) == []


# --- PostgreSQL -------------------------------------------------------------------------------------------


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


# --- Pages ------------------------------------------------------------------------------------------------


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
