"""Pages of meetings and reviews: for whom, with rubbish, sent twice."""

import datetime
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_programme import executive, make_meeting, make_programme, moved_on, pdl_member
from training.governance.actions.meetings import add_action_point, put_on_agenda
from training.governance.actions.reviews import record_review
from training.governance.models import ActionPoint, AgendaItem, Body, Decision, Meeting, Review
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("coordinator")
DAY = datetime.timedelta(days=1)
FORM = "2f1f9c1e-5f5e-4e62-9a52-6a9a4a3d1111"


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(Body.Kind.PDL)


def test_who_sees_meetings(meeting: Meeting, client_of: ClientOf, coordinator: User) -> None:
    for path in ("/meetings/", f"/meetings/{meeting.reference}/", "/reviews/"):
        for user in (coordinator, pdl_member(), executive()):
            assert client_of(user).get(path).status_code == 200
        for user in (make_user(), make_user(role=Role.TRAINER), make_user(role=Role.PROVIDER_MANAGER)):
            assert client_of(user).get(path).status_code == 403


def test_the_agenda_draws_itself_up(meeting: Meeting, client_of: ClientOf) -> None:
    programme = moved_on(make_programme(), "offered", now=timezone.now())

    page = client_of(pdl_member()).get(f"/meetings/{meeting.reference}/").content.decode()

    assert f'href="/programme/{programme.reference}/"' in page
    assert "Recommend it to the Executive?" in page


def test_the_paper_is_a_tagged_pdf(meeting: Meeting, client_of: ClientOf, coordinator: User, tmp_path: Any) -> None:
    put_on_agenda(
        body=meeting.body, subject="#set text(1pt) & <b>", asked="Try it?", submission=None, by=coordinator,
        now=timezone.now(),
    )  # fmt: skip

    response = client_of(coordinator).get(f"/meetings/{meeting.reference}/paper.pdf")

    assert response["Content-Type"] == "application/pdf"
    (tmp_path / "paper.pdf").write_bytes(response.content)
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"


def test_others_write_no_minutes(meeting: Meeting, client_of: ClientOf) -> None:
    client = client_of(executive())
    for end in ("agenda/", "decision/", "action/"):
        assert client.get(f"/meetings/{meeting.reference}/{end}").status_code == 404
        assert client.post(f"/meetings/{meeting.reference}/{end}", {}).status_code == 404


def test_a_question_sent_twice_is_one(meeting: Meeting, client_of: ClientOf, coordinator: User) -> None:
    client, path = client_of(coordinator), f"/meetings/{meeting.reference}/agenda/"
    fields = {"subject": "After hours", "asked": "Try it?", "submission": FORM}

    assert [client.post(path, fields).status_code for _ in range(2)] == [302, 302]

    assert AgendaItem.objects.count() == 1


def test_a_question_with_nothing_in_it_keeps_what_was_typed(
    meeting: Meeting, client_of: ClientOf, coordinator: User
) -> None:
    page = client_of(coordinator).post(
        f"/meetings/{meeting.reference}/agenda/", {"subject": "After hours", "asked": "", "submission": FORM}
    )

    assert page.status_code == 200
    assert 'value="After hours"' in page.content.decode()
    assert "Enter what the meeting is asked to decide" in page.content.decode()


def test_a_decision_answers_its_question(meeting: Meeting, client_of: ClientOf, coordinator: User) -> None:
    item = put_on_agenda(body=meeting.body, subject="S", asked="A", submission=None, by=coordinator, now=timezone.now())
    client, path = client_of(pdl_member()), f"/meetings/{meeting.reference}/decision/?item={item.reference}"
    assert 'value="S"' in client.get(path).content.decode()

    for _ in range(2):
        client.post(path, {"subject": "S", "outcome": "Yes.", "minute": "4"})

    item.refresh_from_db()
    assert [decision.outcome for decision in Decision.objects.all()] == ["Yes."]
    assert item.decision == Decision.objects.get()


@pytest.mark.parametrize("item", ["NONSENSE", "' OR 1=1", "9" * 300])
def test_nonsense_for_an_item_is_404(item: str, meeting: Meeting, client_of: ClientOf, coordinator: User) -> None:
    assert client_of(coordinator).get(f"/meetings/{meeting.reference}/decision/", {"item": item}).status_code == 404


def test_an_owner_says_how_it_stands(meeting: Meeting, client_of: ClientOf, coordinator: User) -> None:
    owner = pdl_member()
    point = add_action_point(
        meeting=meeting, what="Ask the police", owner=owner.person, due_on=meeting.held_on + DAY, submission=None,
        by=coordinator, now=timezone.now(),
    )  # fmt: skip
    assert "Ask the police" in client_of(owner).get("/").content.decode()
    assert client_of(executive()).get(f"/meetings/actions/{point.reference}/").status_code == 404

    client_of(owner).post(f"/meetings/actions/{point.reference}/", {"standing": "done", "outcome": "They come."})

    assert ActionPoint.objects.get().outcome == "They come."


def test_plan_a_meeting_with_rubbish(client_of: ClientOf, coordinator: User, meeting: Meeting) -> None:
    fields = {
        "body": "999999999999",
        "held_on_day": "99",
        "held_on_month": "x",
        "held_on_year": "-1",
        "where": "x" * 500,
    }

    assert client_of(coordinator).post("/meetings/add/", fields).status_code == 200
    assert Meeting.objects.count() == 1


def test_reviews_are_written_by_coordinators(client_of: ClientOf, coordinator: User) -> None:
    assert client_of(pdl_member()).get("/reviews/add/").status_code == 403
    review = record_review(
        title="Child M", kind="child", published_on=timezone.localdate(), recommendations=["See"], by=coordinator
    )
    path = f"/reviews/recommendations/{review.recommendations.get().reference}/"
    assert client_of(executive()).post(path, {}).status_code == 403

    page = client_of(coordinator).post(path, {"what_was_seen": "Training delivered", "decision": "x"})

    assert page.status_code == 200
    assert Review.objects.get().recommendations.get().closed_on is None
