"""The screeners’ pages."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.screening import clear_comment, withhold_comment
from evaluation.models import Comment, Invitation
from evaluation.screening import suspicions
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import make_comment
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_past_event
from training.config import parts
from training.people.models import User

pytestmark = pytest.mark.usefixtures("no_second_factor")


def clear(comment: Comment, by: User | None = None, **fields: object) -> Comment:
    given = {"seen": "unscreened", "take_out": [], "words": [], "may_be_quoted": False, **fields}
    return clear_comment(comment=comment, by=by or any_coordinator(), now=timezone.now(), **given)  # type: ignore[arg-type]


def withhold(comment: Comment, by: User | None = None, seen: str = "unscreened", reason: str = "Tells who") -> Comment:
    return withhold_comment(comment=comment, seen=seen, reason=reason, by=by or any_coordinator(), now=timezone.now())


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
