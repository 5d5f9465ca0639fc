"""Screening: who reads what in which order, what is decided, two screeners at once."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.evidence import draft_evidence
from evaluation.actions.screening import WITHHELD_WITH_IT, clear_comment, withhold_comment
from evaluation.errors import EvaluationError
from evaluation.models import Comment, EvidenceItem, Invitation
from evaluation.screening import suspicions
from evaluation.screening.reading import next_to_screen, shows_event
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import evidence_text, make_comment
from tests.factories import make_partnership, make_user
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_past_event
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor")


def clear(comment: Comment, by: User | None = None, **fields: object) -> Comment:
    given = {"seen": "unscreened", "take_out": [], "words": [], "may_be_quoted": False, **fields}
    return clear_comment(comment=comment, by=by or any_coordinator(), now=timezone.now(), **given)  # type: ignore[arg-type]


def withhold(comment: Comment, by: User | None = None, seen: str = "unscreened", reason: str = "Tells who") -> Comment:
    return withhold_comment(comment=comment, seen=seen, reason=reason, by=by or any_coordinator(), now=timezone.now())


def page(name: str, comment: Comment) -> str:
    return reverse(f"evaluation:{name}", args=[comment.pk])


# --- Reading -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("partnership")
def test_answer_keeps_what_is_suspected() -> None:
    comment = make_comment("I met Kai.")

    assert comment.suspicions == [{"kind": "name", "start": 6, "end": 9}]
    assert comment.state == "unscreened"


@pytest.mark.usefixtures("partnership")
def test_event_is_shown_once_five_have_written_or_its_form_is_closed() -> None:
    event = make_past_event(days_ago=70)
    comments = [make_comment("Words", event=event) for _ in range(4)]
    open_until = Invitation.objects.filter(stage="follow_up").latest("closes_at").closes_at
    before = timezone.now()
    Invitation.objects.filter(stage="follow_up").update(closes_at=max(open_until, before + timedelta(days=9)))

    assert not shows_event(comments[0], before)
    assert shows_event(comments[0], before + timedelta(days=400))
    make_comment("Words", event=event)
    Invitation.objects.filter(stage="follow_up").update(closes_at=before + timedelta(days=9))
    assert shows_event(comments[0], before)


@pytest.mark.usefixtures("partnership")
def test_next_goes_round_all_in_the_order_of_random_ids() -> None:
    event = make_past_event(days_ago=70)
    ids = sorted(make_comment("Words", event=event).pk for _ in range(3))
    user = any_coordinator()

    read = [next_to_screen(user, uuid.UUID(int=0)), next_to_screen(user, ids[0]), next_to_screen(user, ids[2])]

    assert [one.pk for one in read if one] == [ids[0], ids[1], ids[0]]


@pytest.mark.usefixtures("partnership")
def test_next_never_offers_the_one_just_read() -> None:
    comment = make_comment("Words")

    assert next_to_screen(any_coordinator(), comment.pk) is None


# --- Deciding ----------------------------------------------------------------------------------


def test_clear_takes_words_out_and_keeps_who_and_when(comment: Comment) -> None:
    by = any_coordinator()

    done = clear(comment, by, take_out=[suspicions(comment.text)[0].key], words=["Elm team"], may_be_quoted=True)

    assert done.cleared_text == "I met [name] at the [taken out], and asked the LADO."
    assert (done.state, done.text) == ("quotable", comment.text)
    assert [(step.was, step.became, step.by) for step in done.steps.all()] == [("unscreened", "quotable", by.person)]


def test_clear_twice_is_once(comment: Comment) -> None:
    clear(comment)
    clear(comment)

    assert comment.steps.count() == 1


def test_second_screener_is_told_who_was_quicker(comment: Comment) -> None:
    first, second = any_coordinator(), make_user(role=Role.COORDINATOR)
    withhold(comment, first)

    with pytest.raises(EvaluationError, match=r"^Person .* was quicker: it is now “not to be shown”\.$"):
        clear(comment, second)
    assert Comment.objects.get().state == "withheld"


def test_look_again_clears_what_was_withheld_but_does_not_quote_it(comment: Comment) -> None:
    withhold(comment)

    with pytest.raises(EvaluationError, match="second look"):
        clear(comment, seen="withheld", may_be_quoted=True)
    assert clear(comment, seen="withheld").state == "cleared"
    assert clear(comment, seen="cleared", may_be_quoted=True).state == "quotable"
    assert comment.steps.count() == 3


@pytest.mark.parametrize("words", [["Nobody here"], ["met Kai at an"]])
def test_words_that_are_not_there_are_refused(comment: Comment, words: list[str]) -> None:
    with pytest.raises(EvaluationError, match="is not in the answer"):
        clear(comment, words=words)


def test_marks_of_another_page_are_refused(comment: Comment) -> None:
    with pytest.raises(EvaluationError, match="out of date"):
        clear(comment, take_out=["0-99999"])


@pytest.mark.parametrize("reason", ["", "  \x00", "x" * 201])
def test_withhold_needs_a_reason(comment: Comment, reason: str) -> None:
    with pytest.raises(EvaluationError):
        withhold(comment, reason=reason)
    assert comment.steps.count() == 0


def test_withholding_takes_the_evidence_with_it(comment: Comment) -> None:
    clear(comment)
    text = evidence_text(version=comment.response.event.version, grade="C")
    draft_evidence(text=text, comment=comment, by=any_coordinator(), now=timezone.now())

    withhold(comment, seen="cleared")

    item = EvidenceItem.objects.get()
    assert (item.state, item.steps.last().reason) == ("rejected", WITHHELD_WITH_IT)  # type: ignore[union-attr]
    assert Comment.objects.get().cleared_text == ""


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PDL_MEMBER, Role.EXECUTIVE, Role.PROVIDER_MANAGER])
def test_others_screen_nothing(comment: Comment, role: Role | None, client_of: ClientOf) -> None:
    user = make_user(role=role)

    for action in (clear, withhold):
        with pytest.raises(EvaluationError, match="Only a screener"):
            action(comment, user)
    for name in ("screening", "screening-next"):
        assert client_of(user).get(reverse(f"evaluation:{name}")).status_code == 403
    assert client_of(user).get(page("screening-comment", comment)).status_code == 403


def test_postgresql_refuses_a_cleared_comment_without_text(comment: Comment) -> None:
    with pytest.raises(IntegrityError, match="comment_cleared_has_a_text"), transaction.atomic():
        Comment.objects.update(state="cleared")


def test_postgresql_refuses_two_comments_on_one_question(comment: Comment) -> None:
    with pytest.raises(IntegrityError, match="comment_once_a_question"), transaction.atomic():
        Comment.objects.create(response=comment.response, question=comment.question, text="Again")


@pytest.mark.django_db(transaction=True)
def test_two_screeners_at_once_decide_once() -> None:
    make_partnership()
    comment = make_comment("Words")
    screeners = [any_coordinator(), make_user(role=Role.COORDINATOR)]
    refused, barrier = [], threading.Barrier(2)

    def decide(user: User, may_be_quoted: bool) -> None:
        barrier.wait()
        try:
            clear(comment, user, may_be_quoted=may_be_quoted)
        except EvaluationError as error:
            refused.append(str(error))
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=decide, args=(user, n == 0)) for n, user in enumerate(screeners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [("was quicker" in text) for text in refused] == [True]
    assert comment.steps.count() == 1
