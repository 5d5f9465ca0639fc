"""A manager answers behind a personal link: for some now and for others later, each person once."""

import threading

import pytest
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.confirming import confirm
from evaluation.errors import EvaluationError
from evaluation.links import manager_token_of
from evaluation.managers import Told
from evaluation.models import Comment, Concern, ManagerConfirmation, ManagerDigest
from tests.conftest import ClientOf
from tests.evaluation.manager_making import address_of, given, make_confirmations, make_digest
from tests.factories import make_partnership, make_user
from tests.factories_evaluation import DAY, HOUR, make_duty
from training.outbox.models import Message
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership")
State = ManagerConfirmation.State


def states() -> list[str]:
    return list(ManagerConfirmation.objects.order_by("pk").values_list("state", flat=True))


# --- It works --------------------------------------------------------------------------------------


def test_page_lists_the_people_and_opens_with_whom_to_contact(client: Client) -> None:
    rows = make_confirmations(2)

    page = client.get(address_of(rows[0].digest))

    text = page.content.decode()
    assert page.status_code == 200
    assert all(row.booking.person.name in text for row in rows)
    assert text.index("Worried about a child") < text.index(rows[0].booking.person.name)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        "noindex, nofollow",
    )


def test_opening_changes_nothing_though_a_scanner_does_it_ten_times(client: Client) -> None:
    row = make_confirmations()[0]

    for _ in range(10):
        assert client.get(address_of(row.digest)).status_code == 200
        assert client.head(address_of(row.digest)).status_code == 200

    assert states() == ["asked"]


@pytest.mark.parametrize("state", ["saw_change", "not_yet", "does_not_know", "not_theirs"])
def test_each_answer_is_kept_with_its_day(state: str, client: Client) -> None:
    row = make_confirmations()[0]

    response = client.post(address_of(row.digest), given(row, state))

    row.refresh_from_db()
    assert response.url == reverse("evaluation:confirm-thanks")
    assert (row.state, row.answered_on) == (state, timezone.localdate())


def test_some_now_and_the_others_later_by_the_same_link(client: Client) -> None:
    first, second = make_confirmations(2)
    address = address_of(first.digest)

    response = client.post(address, given(first, "not_yet"))
    page = client.get(address).content.decode()
    last = client.post(address, given(second, "saw_change"))

    assert response.url == address
    assert "You have answered for 1 of 2 people" in page
    assert last.url == reverse("evaluation:confirm-thanks")
    assert {row.reference: row.state for row in ManagerConfirmation.objects.all()} == {
        first.reference: "not_yet",
        second.reference: "saw_change",
    }
    assert client.get(address).status_code == 404


def test_example_goes_to_the_screener_without_any_name(client: Client) -> None:
    row = make_confirmations()[0]
    text = "She asked the school nurse before the conference."

    client.post(address_of(row.digest), given(row, "saw_change", text))

    comment = Comment.objects.get()
    assert (comment.text, comment.origin, comment.state) == (text, "manager", "unscreened")
    assert (comment.response, comment.event) == (None, row.booking.event)


def test_second_answer_for_the_same_person_changes_nothing(client: Client) -> None:
    first, second = make_confirmations(2)
    address = address_of(first.digest)
    client.post(address, given(first, "saw_change", "She listens to the child first."))

    client.post(address, given(first, "not_yet") | given(second, "does_not_know"))

    assert sorted(states()) == ["does_not_know", "saw_change"]
    assert Comment.objects.count() == 1


def test_saving_asks_as_often_for_an_answer_about_three_as_its_rows_need(client: Client) -> None:
    counts = []
    for number in (1, 3):
        address = f"m{number}@elm.example"
        rows = make_confirmations(number, manager_email=address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address_of(rows[0].digest))
        counts.append(len(captured))

    assert counts[0] == counts[1]


# --- Links that open nothing ---------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["nonsense", "a" * 400, "%00", "‮txt"])
def test_nonsense_token_opens_nothing(token: str, client: Client) -> None:
    page = client.get(f"/confirm/{token}/")

    assert page.status_code in (400, 404)


def test_link_after_it_has_closed() -> None:
    row = make_confirmations()[0]
    told = [Told(row.reference, State.NOT_YET)]
    token = manager_token_of(row.digest.reference)

    with pytest.raises(EvaluationError, match="does not work any more"):
        confirm(token=token, told=told, is_about_safety=False, now=row.digest.closes_at)
    confirm(token=token, told=told, is_about_safety=False, now=row.digest.closes_at - HOUR)

    with pytest.raises(EvaluationError, match="does not work any more"):
        confirm(token=token, told=told, is_about_safety=False, now=row.digest.closes_at - HOUR)


def test_closed_page_says_why_and_what_to_do(client: Client) -> None:
    row = make_confirmations()[0]
    ManagerDigest.objects.update(closes_at=timezone.now() - HOUR, posted_at=timezone.now() - DAY)

    page = client.post(address_of(row.digest), given(row, "not_yet"))

    assert page.status_code == 404
    assert "open for a few weeks" in page.content.decode()
    assert states() == ["asked"]


def test_another_digests_person_is_not_answered_for(client: Client) -> None:
    mine = make_confirmations()[0]
    other = make_confirmations(manager_email="other@elm.example")[0]

    page = client.post(address_of(mine.digest), given(other, "not_yet"))

    assert page.status_code == 200
    assert states() == ["asked", "asked"]


def test_evaluation_link_opens_no_digest(client: Client) -> None:
    digest = make_digest()

    assert client.get(address_of(digest).replace("/confirm/", "/evaluate/")).status_code == 404


def test_page_does_not_care_who_is_signed_in(client_of: ClientOf) -> None:
    digest = make_digest()

    page = client_of(make_user(role=Role.TRAINER)).get(address_of(digest))

    assert page.status_code == 200
    assert "Sign out" not in page.content.decode()


# --- Bad input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["yes", "asked", "0", "<b>", "‮"])
def test_rubbish_answer_is_refused_and_nothing_is_lost(state: str, client: Client) -> None:
    row = make_confirmations()[0]

    page = client.post(address_of(row.digest), given(row, state, "What she did."))

    assert page.status_code == 200
    assert "What she did." in page.content.decode()
    assert states() == ["asked"]


def test_empty_form_says_what_is_missing(client: Client) -> None:
    row = make_confirmations()[0]

    page = client.post(address_of(row.digest), {})

    assert "Choose an answer for at least one person" in page.content.decode()


def test_nul_is_refused(client: Client) -> None:
    row = make_confirmations()[0]

    assert client.post(address_of(row.digest), given(row, "\x00")).status_code == 400
    assert states() == ["asked"]


@pytest.mark.parametrize("state", ["not_yet", "does_not_know", "not_theirs", ""])
def test_example_needs_a_yes(state: str, client: Client) -> None:
    row = make_confirmations()[0]

    page = client.post(address_of(row.digest), given(row, state, "What she did."))

    assert "or clear the example" in page.content.decode()
    assert (states(), Comment.objects.count()) == (["asked"], 0)


def test_a_very_long_example_is_refused_and_given_back(client: Client) -> None:
    row = make_confirmations()[0]

    page = client.post(address_of(row.digest), given(row, "saw_change", "long " * 500))

    assert page.status_code == 200
    assert "long long" in page.content.decode()
    assert states() == ["asked"]


# --- Safety --------------------------------------------------------------------------------------------------


def test_tick_sends_the_words_to_the_duty_people_alone(client: Client) -> None:
    duty = make_duty()
    row = make_confirmations()[0]

    response = client.post(
        address_of(row.digest), given(row, "", "She shouts at the children.") | {"is_about_safety": "on"}
    )

    concern = Concern.objects.get()
    assert response.url == reverse("evaluation:confirm-passed-on")
    assert (concern.text, concern.found, concern.confirmation) == ("She shouts at the children.", "ticked", row)
    assert Message.objects.get(kind="evaluation.concern_raised").to_address == duty.person.email
    assert (Comment.objects.count(), states()) == (0, ["asked"])


def test_tick_without_words_is_a_concern_too(client: Client) -> None:
    row = make_confirmations()[0]

    client.post(address_of(row.digest), {"is_about_safety": "on"})

    assert (Concern.objects.get().text, Concern.objects.get().confirmation) == ("", row)


def test_words_that_look_like_it_are_passed_on_and_the_answer_kept(client: Client) -> None:
    row = make_confirmations()[0]
    text = "A girl told her that her uncle hurts her."

    response = client.post(address_of(row.digest), given(row, "saw_change", text))

    assert response.url == reverse("evaluation:confirm-passed-on")
    assert (Concern.objects.get().found, Concern.objects.get().text) == ("matched", text)
    assert (Comment.objects.count(), states()) == (0, ["saw_change"])


# --- Races -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one() -> None:
    make_partnership()
    row = make_confirmations()[0]
    token = manager_token_of(row.digest.reference)
    barrier = threading.Barrier(2)
    results: list[str] = []

    def send(text: str) -> None:
        barrier.wait(timeout=10)
        try:
            told = [Told(row.reference, State.SAW_CHANGE, text)]
            confirm(token=token, told=told, is_about_safety=False, now=timezone.now())
            results.append("kept")
        except EvaluationError:
            results.append("refused")
        finally:
            close_old_connections()

    threads = [threading.Thread(target=send, args=(text,)) for text in ("One example.", "Another one.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(results) == ["kept", "refused"]
    assert (Comment.objects.count(), states()) == (1, ["saw_change"])
