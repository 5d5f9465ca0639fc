"""Personal links: those that open nothing, and whose page shows one."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from bookings.actions.leaving import leave
from evaluation.actions.answering import answer
from evaluation.answering import find_asked
from evaluation.errors import EvaluationError
from evaluation.links import path_of
from evaluation.models import Answer, Invitation, Stage
from tests.conftest import ClientOf
from tests.evaluation.answering_making import FULL
from tests.factories import make_person, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_event
from tests.factories_evaluation import (
    DAY,
    HOUR,
    make_attended,
    make_duty,
    make_invitation,
    make_response,
    token_for,
)
from training.people.models import Role


def closed_page(client: Client) -> bytes:
    return client.get("/evaluate/nonsense/").content


# --- Links that open nothing -------------------------------------------------------------------


def test_used_link_opens_nothing(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL)

    again = client.get(path_of(invitation))

    assert again.status_code == 404
    assert again.content == closed_page(client)


def test_second_answer_is_not_taken(invitation: Invitation, client: Client) -> None:
    first = client.post(path_of(invitation), FULL)
    second = client.post(path_of(invitation), FULL | {"relevance": "1"})

    assert [first.status_code, second.status_code] == [302, 404]
    assert second.content == closed_page(client)
    assert [answer.rating for answer in Answer.objects.filter(question__code="relevance")] == [5]


@pytest.mark.parametrize(
    "token", ["x", "ÀÉ", "\u202egnp", "a" * 43, "A" * 4000, "..%2f..", "' OR 1=1 --", "0", "-1", "%F0%9F%98%80"]
)
def test_nonsense_token_opens_nothing(partnership: object, client: Client, token: str) -> None:
    responses = [client.get(f"/evaluate/{token}/"), client.post(f"/evaluate/{token}/", FULL)]

    assert [response.status_code for response in responses] == [404, 404]


def test_nul_in_a_token_is_refused(partnership: object, client: Client) -> None:
    assert client.get("/evaluate/a%00b/").status_code == 400


def test_link_before_it_closes_and_after(invitation: Invitation) -> None:
    token, closes = token_for(invitation), invitation.closes_at

    assert find_asked(token, closes - HOUR) is not None
    assert find_asked(token, closes) is None
    with pytest.raises(EvaluationError):
        answer(token=token, given=[], is_about_safety=False, now=closes)


def test_link_of_a_cancelled_booking_opens_nothing(partnership: object) -> None:
    booking = make_booking(make_event())
    invitation = make_invitation(booking, Stage.BASELINE, now=timezone.now())

    leave(booking=booking, by=any_coordinator(), now=timezone.now())

    assert find_asked(token_for(invitation), timezone.now()) is None


def test_link_of_another_installation_opens_nothing(invitation: Invitation, settings: object) -> None:
    settings.SECRET_KEY = "another installation's key"  # type: ignore[attr-defined]

    assert find_asked(token_for(invitation), timezone.now()) is None


# --- Whose page asks for it --------------------------------------------------------------------


def test_own_page_and_home_ask_for_feedback(invitation: Invitation, client_of: ClientOf) -> None:
    client = client_of(make_user(invitation.booking.person))

    pages = [client.get(address).content.decode() for address in ("/my/", "/")]

    assert [path_of(invitation) in page for page in pages] == [True, True]
    assert pages[1].count(path_of(invitation)) == 1


def test_own_page_tells_next_course_then_what_to_do_then_search(invitation: Invitation, client_of: ClientOf) -> None:
    page = client_of(make_user(invitation.booking.person)).get("/my/").content.decode()

    places = [page.index(part) for part in ('id="next-course"', 'id="give-feedback"', 'id="search-q"', 'id="details"')]
    assert places == sorted(places)


def test_own_page_does_not_ask_for_what_is_answered(invitation: Invitation, client_of: ClientOf) -> None:
    make_response(invitation.booking)

    page = client_of(make_user(invitation.booking.person)).get("/my/").content.decode()

    assert path_of(invitation) not in page
    assert 'id="give-feedback"' not in page


def test_nobody_else_is_shown_the_link(invitation: Invitation, client_of: ClientOf) -> None:
    users = [make_user(), make_user(role=Role.TRAINER), make_duty()]

    pages = [client_of(user).get("/").content.decode() for user in users]

    assert [path_of(invitation) in page for page in pages] == [False] * 3


def test_export_says_that_and_not_what(invitation: Invitation) -> None:
    from evaluation.parts import export_person

    make_response(invitation.booking, comment="The lift was slow.")

    exported = export_person(invitation.booking.person)

    assert [row["form"] for row in exported["asked_for_feedback"]] == ["At the end", "Two months on"]
    assert "lift" not in str(exported)


def test_person_without_a_booking_exports_nothing(partnership: object) -> None:
    from evaluation.parts import export_person

    assert export_person(make_person()) == {"asked_for_feedback": [], "my_manager_was_asked": []}


def test_follow_up_is_not_shown_before_its_day(partnership: object, client_of: ClientOf) -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)

    page = client_of(make_user(invitation.booking.person)).get("/my/").content.decode()

    assert path_of(invitation) not in page
    assert invitation.due_at > timezone.now() + 30 * DAY
    assert invitation.closes_at == invitation.due_at + datetime.timedelta(days=28)
