"""Screening: what is suspected, who reads what in which order, what is taken out, two screeners at once."""

import threading
import uuid
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.evidence import draft_evidence
from evaluation.actions.screening import WITHHELD_WITH_IT, clear_comment, withhold_comment
from evaluation.errors import EvaluationError
from evaluation.models import Comment, EvidenceItem, Invitation
from evaluation.screening import suspicions
from evaluation.screening.reading import next_to_screen, shows_event
from evaluation.screening.redacting import redacted
from evaluation.screening.suspecting import is_nhs_number
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import evidence_text, make_comment
from tests.factories import make_partnership, make_user
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_past_event
from training.config import parts
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor")


def found(text: str) -> list[tuple[str, str]]:
    return [(str(one.kind.value), text[one.start : one.end]) for one in suspicions(text)]


# --- What is suspected ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kai was left alone.", [("name", "Kai")]),
        ("jordan told me he was hungry", [("name", "jordan")]),
        ("I rang Mrs Okafor.", [("name", "Okafor")]),
        ("We met Priyanka’s mum", [("name", "Priyanka")]),
        ("Obafemi told me", [("name", "Obafemi")]),
        ("Obafemi Adeyemi asked", [("name", "Obafemi Adeyemi")]),
        ("Mum J.S. agreed", [("name", "J.S.")]),
        ("KAI CAME", [("name", "KAI")]),
        ("Born 3rd March 2015", [("birth", "3rd March 2015")]),
        ("dob: 03/04/2015", [("birth", "03/04/2015")]),
        ("He was born in May 2015.", [("birth", "born in May 2015")]),
        ("2015-04-03", [("birth", "2015-04-03")]),
        ("NHS no 943 476 5919", [("nhs_number", "943 476 5919")]),
        ("call 020 7946 0018", [("phone", "020 7946 0018")]),
        ("call +44 7700 900123 now", [("phone", "+44 7700 900123")]),
        ("at 12 Elm Road, SE16 4AB", [("address", "12 Elm Road"), ("address", "SE16 4AB")]),
        ("they live at 7 elm street", [("address", "7 elm street")]),
        ("in flat 3", [("address", "flat 3")]),
        ("se164ab", [("address", "se164ab")]),
        ("case 123456 is closed", [("case", "case 123456")]),
        ("ref: LCS/98765", [("case", "LCS/98765")]),
        ("the court gave ZC21C00123", [("case", "ZC21C00123")]),
        ("it is 1234567", [("case", "1234567")]),
        ("write to a.b@school.example", [("email", "a.b@school.example")]),
        ("at Elm Park Primary School", [("school", "Elm Park Primary School")]),
        ("The St Olave’s Nursery rang", [("school", "St Olave’s Nursery")]),
        ("Kai, 7, and others", [("name", "Kai"), ("age", "7")]),
        ("the 7 year old son of Kai", [("age", "7 year old"), ("name", "Kai")]),
        ("Kai is aged 7", [("name", "Kai"), ("age", "aged 7")]),
        ("Łukasz was there", [("name", "Łukasz")]),
    ],
)
def test_suspected(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Training was good. Staff were kind.",
        "I used the Graded Care Profile and Signs of Safety.",
        "Our School asked the MASH and the LADO on Monday in March.",
        "The Primary School I work in",
        "I work with 7 year old children",
        "10 years of work and 3 hours on the 2nd of May",
        "It cost £120000 for 45% of 1200 people",
        "the second level L2 2nd day",
        "In 2019 and 2020 we met.",
        "12 children in the house",
        "the case 2 weeks ago",
        "\u202e\ufeff",
        "x" * 20_000,
    ],
)
def test_not_suspected(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("digits", "is_one"),
    # 943 476 5919 is the example of the NHS Data Dictionary; 999 000 0000 has no valid check digit.
    [("9434765919", True), ("9434765918", False), ("4010232137", True), ("9990000000", False), ("0000000000", True)],
)
def test_nhs_check_digit(digits: str, is_one: bool) -> None:
    assert is_nhs_number(digits) == is_one


def test_suspicions_never_overlap_and_stay_in_order() -> None:
    text = "Kai Smith, 7, of 12 Elm Road SE16 4AB (Elm Road Primary School, 020 7946 0018, 943 476 5919, k@x.example)"

    spans = [(one.start, one.end) for one in suspicions(text)]

    assert len(spans) > 5
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_redacted_takes_a_name_out_everywhere() -> None:
    text = "Kai came. I told kai and KAI; the kaiser not. Elm team."
    first = suspicions(text)[0]

    assert redacted(text, suspicions(text), [first.key], ["elm  team"]) == (
        "[name] came. I told [name] and [name]; the kaiser not. [taken out]."
    )


# --- Reading ------------------------------------------------------------------------------------------


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


# --- Deciding -------------------------------------------------------------------------------------------


@pytest.fixture
def comment(partnership: object) -> Comment:
    return make_comment("I met Kai at the Elm team, and asked the LADO.")


def clear(comment: Comment, by: User | None = None, **fields: object) -> Comment:
    given = {"seen": "unscreened", "take_out": [], "words": [], "may_be_quoted": False, **fields}
    return clear_comment(comment=comment, by=by or any_coordinator(), now=timezone.now(), **given)  # type: ignore[arg-type]


def withhold(comment: Comment, by: User | None = None, seen: str = "unscreened", reason: str = "Tells who") -> Comment:
    return withhold_comment(comment=comment, seen=seen, reason=reason, by=by or any_coordinator(), now=timezone.now())


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


# --- Pages ------------------------------------------------------------------------------------------------


def page(name: str, comment: Comment) -> str:
    return reverse(f"evaluation:{name}", args=[comment.pk])


def test_pages_read_clear_and_go_on_to_the_next(comment: Comment, client_of: ClientOf) -> None:
    other = make_comment("Nothing to see", event=comment.response.event)
    client = client_of(any_coordinator())

    shown = client.get(page("screening-comment", comment)).content.decode()
    first = suspicions(comment.text)[0].key
    posted = client.post(
        page("screening-clear", comment), {"seen": "unscreened", "take_out": [first], "words": "", "use": "read"}
    )

    assert '<mark title="Name">Kai</mark>' in shown
    assert posted["Location"] == page("screening-comment", other)
    assert Comment.objects.get(pk=comment.pk).cleared_text == "I met [name] at the Elm team, and asked the LADO."


def test_page_shows_no_course_before_five_have_written(comment: Comment, client_of: ClientOf) -> None:
    title = comment.response.event.version.title
    client = client_of(any_coordinator())
    Invitation.objects.update(closes_at=timezone.now() + timedelta(days=9))
    before = client.get(page("screening-comment", comment)).content.decode()
    Invitation.objects.update(due_at=comment.response.event.ends_at, closes_at=timezone.now())

    assert (title in before, title in client.get(page("screening-comment", comment)).content.decode()) == (False, True)


def test_what_was_typed_is_kept_when_refused(comment: Comment, client_of: ClientOf) -> None:
    given = {"seen": "unscreened", "words": "Not there at all", "use": "quote"}

    shown = client_of(any_coordinator()).post(page("screening-clear", comment), given)

    assert "Not there at all</textarea>" in shown.content.decode()
    assert "is not in the answer" in shown.content.decode()


@pytest.mark.parametrize("given", [{}, {"use": "rubbish"}, {"seen": "x" * 999, "use": "read"}, {"take_out": "\x01"}])
def test_rubbish_changes_nothing(comment: Comment, given: dict[str, str], client_of: ClientOf) -> None:
    client = client_of(any_coordinator())

    codes = [client.post(page(name, comment), given).status_code for name in ("screening-clear", "screening-withhold")]

    assert codes == [200, 200]
    assert Comment.objects.get().state == "unscreened"


def test_opening_decides_nothing(comment: Comment, client_of: ClientOf) -> None:
    client = client_of(any_coordinator())

    for name in ("screening-comment", "screening-clear", "screening-withhold"):
        assert client.get(page(name, comment)).status_code == 200
    assert Comment.objects.get().state == "unscreened"


def test_unknown_answer_is_not_found(partnership: object, client_of: ClientOf) -> None:
    address = reverse("evaluation:screening-comment", args=[uuid.uuid4()])

    assert client_of(any_coordinator()).get(address).status_code == 404
    assert client_of(any_coordinator()).get("/evaluation/screening/1/").status_code == 404


def test_what_was_written_is_never_markup(partnership: object, client_of: ClientOf) -> None:
    comment = make_comment("<script>alert(1)</script> Kai<b>")

    shown = client_of(any_coordinator()).get(page("screening-comment", comment)).content.decode()

    assert "<script>alert" not in shown
    assert "<b>" not in shown


def test_screener_is_told_at_home_that_answers_wait(comment: Comment) -> None:
    sentences = [todo.sentence for todo in parts.todos(any_coordinator(), timezone.now())]

    assert [one for one in sentences if "to be read" in one] == [
        "1 answer in people’s own words waits to be read before anybody else sees them."
    ]


def test_list_asks_as_often_for_three_as_for_one(partnership: object, client_of: ClientOf, client: Client) -> None:
    event, counts = make_past_event(days_ago=70), []
    signed_in = client_of(any_coordinator())
    for number in (1, 2):
        for _ in range(number):
            clear(make_comment("Words", event=event))
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(reverse("evaluation:screening")).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert client.get(reverse("evaluation:screening")).status_code == 302
