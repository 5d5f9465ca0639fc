"""What is typed into the form: rubbish refused, nothing lost, words about safety passed on."""

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.links import path_of
from evaluation.models import Answer, Comment, Concern, Invitation, Response, Stage
from tests.evaluation.answering_making import FULL
from tests.factories_evaluation import (
    HOUR,
    make_attended,
    make_invitation,
)

# --- Bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["0", "6", "-1", "9" * 400, "five", "4.5", "５"])
def test_rubbish_rating_is_refused_and_nothing_is_lost(invitation: Invitation, client: Client, rating: str) -> None:
    response = client.post(path_of(invitation), FULL | {"relevance": rating})

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "Ask the school nurse first." in page
    assert page.count(" checked") == 6
    assert Response.objects.count() == 0


@pytest.mark.parametrize("name", ["outcome_now-1", "outcome_now-2", "relevance"])
def test_missing_required_is_refused(invitation: Invitation, client: Client, name: str) -> None:
    response = client.post(path_of(invitation), {key: value for key, value in FULL.items() if key != name})

    assert list(response.context["form"].errors) == [name]
    assert Response.objects.count() == 0


def test_only_what_is_required_is_enough(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), {"outcome_now-1": "4", "outcome_now-2": "4", "relevance": "4"})

    assert response.status_code == 302
    assert (Answer.objects.count(), Comment.objects.count()) == (3, 0)


def test_empty_post_says_what_is_missing(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), {})

    assert list(response.context["form"].errors) == ["outcome_now-1", "outcome_now-2", "relevance"]


def test_a_very_long_text_is_refused_and_given_back(invitation: Invitation, client: Client) -> None:
    text = "Neglect. " * 2300

    response = client.post(path_of(invitation), FULL | {"comment": text})

    assert list(response.context["form"].errors) == ["comment"]
    assert text.strip() in response.content.decode()


def test_nul_in_a_text_is_refused(invitation: Invitation, client: Client) -> None:
    assert client.post(path_of(invitation), FULL | {"comment": "a\x00b"}).status_code == 400
    assert Response.objects.count() == 0


def test_characters_that_turn_text_round_are_left_out(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"comment": "Good\u202e day\r\nשלום"})

    assert Comment.objects.get(question__code="comment").text == "Good day\r\nשלום"


def test_unknown_fields_change_nothing(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"outcome_now-3": "5", "used_it": "Yes", "stage": "follow_up"})

    assert Answer.objects.count() == 7
    assert Response.objects.get().stage == "end"


def test_choice_not_offered_is_refused(partnership: object, client: Client, time_machine: object) -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)
    time_machine.move_to(invitation.due_at + HOUR)  # type: ignore[attr-defined]
    given = {"outcome_now-1": "4", "outcome_now-2": "4", "used_it": "Perhaps"}

    refused = client.post(path_of(invitation), given)
    taken = client.post(path_of(invitation), given | {"used_it": "Not yet"})

    assert list(refused.context["form"].errors) == ["used_it"]
    assert taken.status_code == 302
    assert Answer.objects.get(question__code="used_it").choice == "Not yet"


# --- Safety ------------------------------------------------------------------------------------


def test_tick_sends_the_words_to_the_duty_people_alone(invitation: Invitation, client: Client) -> None:
    given = FULL | {"is_about_safety": "on", "comment": "My colleague frightens me."}

    response = client.post(path_of(invitation), given)

    concern = Concern.objects.get()
    assert response.url == reverse("evaluation:answer-passed-on")
    assert concern.found == "ticked"
    assert concern.text == "Ask the school nurse first.\n\nMy colleague frightens me."
    assert Comment.objects.count() == 0
    assert Answer.objects.count() == 7


def test_tick_without_words_is_a_concern_too(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"is_about_safety": "on", "will_do": ""})

    assert Concern.objects.get().text == ""


def test_words_that_look_like_it_do_not_block(invitation: Invitation, client: Client) -> None:
    text = "A girl in my class said she was HURT  by her uncle."

    response = client.post(path_of(invitation), FULL | {"comment": text})

    assert response.url == reverse("evaluation:answer-passed-on")
    assert (Concern.objects.get().found, Concern.objects.get().text) == ("matched", text)
    assert [comment.text for comment in Comment.objects.all()] == [FULL["will_do"]]
