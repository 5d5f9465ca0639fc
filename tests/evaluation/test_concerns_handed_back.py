"""Words that only looked like a concern: with the duty people first, and a screener's once it is closed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.concerns import close_concern, take_concern
from evaluation.actions.evidence import draft_evidence
from evaluation.actions.screening import clear_comment
from evaluation.grading import reasons_not_approvable
from evaluation.models import Comment, Concern, Stage
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import evidence_text
from tests.evaluation.manager_making import address_of, given, make_confirmations
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_attended, make_duty, make_past_event, make_response
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")
WORDS = "I know now what to do when a mother says that he hits her."


def dealt_with(concern: Concern) -> Concern:
    by, now = make_duty(), timezone.now()
    take_concern(concern=concern, by=by, now=now)
    return close_concern(concern=concern, outcome="no_concern", note="Read.", by=by, now=now)


def matched(stage: Stage = Stage.FOLLOW_UP) -> Concern:
    booking = make_attended(make_past_event(days_ago=70))
    make_response(booking, stage, did_differently=WORDS, comment=WORDS)
    return Concern.objects.get(booking=booking)


def test_words_wait_with_the_duty_people_alone() -> None:
    concern = matched()

    assert (concern.found, concern.stage) == ("matched", "follow_up")
    assert Comment.objects.count() == 0


def test_closing_hands_them_to_the_screener_with_a_mark_and_without_the_response() -> None:
    concern = dealt_with(matched())

    comment = Comment.objects.get()
    assert (comment.text, comment.state, comment.was_passed_on) == (WORDS, "unscreened", True)
    assert (comment.response, comment.about, comment.asked_at) == (None, concern.event, "follow_up")


def test_closing_twice_hands_back_once() -> None:
    concern = matched()
    dealt_with(concern)
    by = make_duty()

    close_concern(concern=concern, outcome="known", note="Again.", by=by, now=timezone.now())

    assert Comment.objects.count() == 1


def test_what_was_ticked_is_never_handed_back() -> None:
    booking = make_attended()
    make_response(booking, comment="The lift was slow.", is_about_safety=True)

    dealt_with(Concern.objects.get())

    assert Comment.objects.count() == 0


def test_answer_sent_again_after_a_failure_raises_no_second_concern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from evaluation.actions import answering
    from evaluation.models import Response

    booking = make_attended()
    monkeypatch.setattr(answering, "_keep_response", _fails)
    with pytest.raises(RuntimeError):
        make_response(booking, comment=WORDS)
    monkeypatch.undo()

    make_response(booking, comment=WORDS)

    assert (Concern.objects.count(), Response.objects.count()) == (1, 1)


def _fails(*_: object) -> None:
    raise RuntimeError("the machine stopped here")


def test_screener_sees_that_it_was_passed_on(client_of: ClientOf) -> None:
    dealt_with(matched())
    comment = Comment.objects.get()

    page = client_of(any_coordinator()).get(reverse("evaluation:screening-comment", args=[comment.pk]))

    assert "The duty people have read this and closed the concern." in page.content.decode()


# --- A manager's words ---------------------------------------------------------------------------


def test_manager_is_the_writer_once_two_have_agreed(client: Client, client_of: ClientOf) -> None:
    from evaluation.actions.concerns import agree_to_unseal, ask_to_unseal

    row = make_confirmations()[0]
    client.post(address_of(row.digest), given(row, "saw_change", WORDS))
    concern, first, second = Concern.objects.get(), make_duty(), make_duty()
    ask_to_unseal(concern=concern, reason="To ask which family.", by=first, now=timezone.now())
    page = reverse("evaluation:concern", args=[concern.reference])
    assert "Ruth Adeyemi" not in client_of(first).get(page).content.decode()

    agree_to_unseal(concern=concern, by=second, now=timezone.now())

    shown = client_of(first).get(page).content.decode()
    assert "Ruth Adeyemi, a manager" in shown
    assert "Wrote about" in shown


def test_manager_s_words_come_back_as_an_example(client: Client) -> None:
    row = make_confirmations()[0]
    client.post(address_of(row.digest), given(row, "saw_change", WORDS))

    dealt_with(Concern.objects.get())

    assert (Comment.objects.get().origin, Comment.objects.get().was_passed_on) == ("manager", True)


# --- A manager's example as evidence -----------------------------------------------------------------


def cleared_example(client: Client) -> Comment:
    row = make_confirmations()[0]
    client.post(address_of(row.digest), given(row, "saw_change", "She rings the school before the conference."))
    return clear_comment(
        comment=Comment.objects.get(),
        seen="unscreened",
        take_out=[],
        may_be_quoted=True,
        by=any_coordinator(),
        now=timezone.now(),
    )


def test_example_may_be_grade_b_graded_by_a_second_person(client: Client) -> None:
    comment = cleared_example(client)
    text = evidence_text(version=comment.about.version, grade="B", after="She rings the school first.")
    item = draft_evidence(text=text, comment=comment, by=any_coordinator(), now=timezone.now())
    pdl = make_user(role=Role.PDL_MEMBER)

    def codes(grader: object) -> set[str]:
        reasons = reasons_not_approvable(item, grader=grader, today=timezone.localdate())  # type: ignore[arg-type]
        return {reason.code for reason in reasons if reason.blocking}

    assert codes(any_coordinator().person) == {"second_person"}
    assert codes(pdl.person) == set()


def test_page_writes_up_an_example_as_b(client: Client, client_of: ClientOf) -> None:
    comment = cleared_example(client)

    page = client_of(any_coordinator()).get(reverse("evaluation:evidence-add"), {"answer": str(comment.pk)})

    form = page.context["form"]
    assert (form.initial["grade"], form.initial["is_independent"]) == ("B", True)
    assert form.initial["source"].startswith("A manager")


def test_example_waits_until_enough_managers_have_answered(client: Client, partnership: object) -> None:
    from evaluation.evidence import answers_for_evidence

    comment = cleared_example(client)

    assert list(answers_for_evidence(5)) == []
    assert list(answers_for_evidence(1)) == [comment]
