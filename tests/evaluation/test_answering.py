"""The form behind a personal link: answered once, kept without a name."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.replacing import move_to_date
from evaluation.answering import find_asked
from evaluation.links import path_of
from evaluation.models import Invitation, Response, Stage
from evaluation.pairing import pairing_key
from tests.conftest import ClientOf
from tests.evaluation.answering_making import FULL
from tests.factories import make_partnership, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event
from tests.factories_evaluation import (
    attend,
    make_attended,
    make_invitation,
    make_past_event,
    make_response,
    token_for,
)


def test_answer_is_kept_without_a_name(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), FULL)

    kept = Response.objects.get()
    invitation.refresh_from_db()
    assert response.url == reverse("evaluation:answer-thanks")
    assert (kept.stage, kept.sector, kept.on) == ("end", "health", timezone.localdate())
    assert kept.pairing_key == pairing_key(invitation.booking.episode)
    assert [answer.rating for answer in kept.answers.order_by("pk")] == [2, 3, 4, 5, 5, 4, 3]
    assert [comment.text for comment in kept.comments.all()] == ["Ask the school nurse first."]
    assert (invitation.is_spent, invitation.answered_on) == (False, None)
    assert client.get(path_of(invitation)).status_code == 404


def test_page_opens_with_whom_to_contact(db: None, client: Client) -> None:
    make_partnership(safety_contact="Duty line: 020 7946 0000")
    page = client.get(path_of(make_invitation(make_attended()))).content.decode()

    worried = page.index("Worried about a child, an adult or a colleague?")
    assert worried < page.index("020 7946 0000") < page.index("Who reads this") < page.index("<form")


def test_opening_changes_nothing_though_a_scanner_does_it_ten_times(invitation: Invitation, client: Client) -> None:
    before = list(Invitation.objects.values())

    with CaptureQueriesContext(connection) as captured:
        codes = [client.get(path_of(invitation)).status_code for _ in range(10)] + [
            client.head(path_of(invitation)).status_code
        ]

    assert codes == [200] * 11
    assert list(Invitation.objects.values()) == before
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []


def test_page_shows_no_name_and_is_kept_nowhere(invitation: Invitation, client_of: ClientOf) -> None:
    user = make_user(invitation.booking.person)

    response = client_of(user).get(path_of(invitation))

    assert user.person is not None
    assert user.person.name not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_log_does_not_say_who_was_signed_in(
    invitation: Invitation, client_of: ClientOf, capsys: pytest.CaptureFixture[str]
) -> None:
    user = make_user(invitation.booking.person)
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        client_of(user).post(path_of(invitation), FULL)

    said = [line for line in lines if line.get("url_name") == "evaluation:answer"]
    assert [line["user_id"] for line in said] == [None]
    assert token_for(invitation) not in str(lines)


def test_retrospective_question_is_for_whoever_gave_no_baseline(partnership: object, client: Client) -> None:
    event = make_past_event()
    gave, gave_none = make_booking(event), make_booking(event)
    make_response(gave, Stage.BASELINE)
    pages = [client.get(path_of(make_invitation(attend(booking)))).content.decode() for booking in (gave, gave_none)]

    assert ["outcome_before" in page for page in pages] == [False, True]


def test_stages_of_one_person_are_matched(partnership: object) -> None:
    booking = make_booking(make_past_event())
    rows = [make_response(booking, Stage.BASELINE, outcome_now=2)]
    attend(booking)
    rows += [make_response(booking, Stage.END), make_response(booking, Stage.FOLLOW_UP)]

    assert {row.pairing_key for row in rows} == {pairing_key(booking.episode)}
    assert len({row.pk for row in rows}) == 3


def test_two_people_have_two_pairing_keys(partnership: object) -> None:
    event = make_past_event()

    rows = [make_response(make_attended(event)) for _ in range(2)]

    assert rows[0].pairing_key != rows[1].pairing_key


def test_pairing_key_depends_on_the_key_in_the_settings(partnership: object, settings: object) -> None:
    booking = make_attended()
    before = pairing_key(booking.episode)

    settings.PAIRING_KEY = "another"  # type: ignore[attr-defined]

    assert pairing_key(booking.episode) != before


def test_whoever_moved_answers_about_the_new_date(partnership: object) -> None:
    course = make_course(outcomes=["Know whom to tell"])
    booking = make_booking(make_event(course))
    invitation = make_invitation(booking, Stage.BASELINE, now=timezone.now())
    other = make_event(course, days=[in_days(60)])
    move_to_date(booking=booking, event=other, by=any_coordinator(), now=timezone.now())

    asked = find_asked(token_for(invitation), timezone.now())

    assert asked is not None
    assert asked.event == other
    assert asked.key == pairing_key(booking.episode)
