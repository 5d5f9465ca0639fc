import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories import make_user
from tests.people.sign_in_steps import (
    ask_for_code,
    comparable,
    kinds_sent_to,
    send,
    sign_in,
    sign_up,
    text_of,
    who,
)
from training.people.accounts.limits import wait_sentence
from training.people.models import User

pytestmark = pytest.mark.django_db
WAIT = "There have been too many tries. Wait {}, then try again."


def fail(client: Client, address: str, times: int) -> None:
    for _ in range(times):
        send(client, "account_login", login=address, password="not the right one")


def test_right_password_is_refused_too_after_five_wrong_ones(client: Client, practitioner: User) -> None:
    fail(client, practitioner.email, 5)

    response = sign_in(client, practitioner)

    assert WAIT.format("5 minutes") in text_of(response)
    assert who(client) is None


def test_refusal_says_how_long_is_left_and_then_it_works(client: Client, practitioner: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fail(client, practitioner.email, 5)
    with time_machine.travel(now + datetime.timedelta(minutes=3, seconds=30), tick=False):
        later = sign_in(client, practitioner)
    with time_machine.travel(now + datetime.timedelta(minutes=5, seconds=1), tick=False):
        sign_in(client, practitioner)

    assert WAIT.format("2 minutes") in text_of(later)
    assert who(client) == str(practitioner.pk)


def test_unknown_address_is_made_to_wait_with_the_same_words(client: Client, practitioner: User) -> None:
    nobody = "nobody@bankside.example"
    with time_machine.travel(timezone.now(), tick=False):
        fail(client, practitioner.email, 5)
        fail(client, nobody, 5)
        known = sign_in(client, practitioner)
        unknown = send(client, "account_login", login=nobody, password="a long enough password")

    assert comparable(known, practitioner.email) == comparable(unknown, nobody)


def test_waiting_is_for_that_address_alone(client: Client, practitioner: User) -> None:
    other = make_user()
    fail(client, practitioner.email, 5)

    sign_in(client, other)

    assert who(client) == str(other.pk)


def test_right_password_counts_for_nothing_in_between(client: Client, practitioner: User) -> None:
    fail(client, practitioner.email, 4)
    sign_in(client, practitioner)
    client.logout()
    fail(client, practitioner.email, 1)

    response = sign_in(client, practitioner)

    assert WAIT.format("5 minutes") in text_of(response)


def test_fifth_code_has_to_wait(client: Client, practitioner: User) -> None:
    for _ in range(4):
        ask_for_code(Client(), practitioner.email)

    response = ask_for_code(client, practitioner.email)

    assert WAIT.format("5 minutes") in text_of(response)
    assert len(kinds_sent_to(practitioner.email)) == 4


def test_one_mailbox_gets_twenty_codes_a_day(client: Client, practitioner: User) -> None:
    now = timezone.now()
    for number in range(21):
        with time_machine.travel(now + datetime.timedelta(minutes=10 * number), tick=False):
            response = ask_for_code(Client(), practitioner.email)

    assert WAIT.format("21 hours") in text_of(response)
    assert len(kinds_sent_to(practitioner.email)) == 20


def test_fifth_sign_up_with_one_address_gets_a_plain_page(partnership: object) -> None:
    for _ in range(4):
        sign_up(Client(), "ada@bankside.example")

    response = sign_up(Client(), "ada@bankside.example")

    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "wait 5 minutes" in text_of(response)


def test_fifth_forgotten_password_gets_a_plain_page(practitioner: User) -> None:
    for _ in range(4):
        send(Client(), "account_reset_password", email=practitioner.email)

    assert send(Client(), "account_reset_password", email=practitioner.email).status_code == 429


def test_a_training_room_may_sign_in_at_once_from_one_address(partnership: object) -> None:
    answers = {ask_for_code(Client(), f"person{number}@bankside.example").status_code for number in range(30)}

    assert answers == {302}


def test_behind_a_proxy_each_visitor_is_counted_apart(settings: Settings, practitioner: User) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    one, other = (Client(headers={"x-forwarded-for": address}) for address in ("203.0.113.7", "203.0.113.8"))
    fail(one, "nobody@bankside.example", 2)

    assert sign_in(one, practitioner).status_code == 429
    assert sign_in(other, practitioner).status_code == 302


def test_without_a_proxy_a_made_up_address_does_not_help(settings: Settings, practitioner: User) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for number in range(2):
        fail(Client(headers={"x-forwarded-for": f"203.0.113.{number}"}), "nobody@bankside.example", 1)

    assert sign_in(Client(headers={"x-forwarded-for": "203.0.113.9"}), practitioner).status_code == 429


@pytest.mark.parametrize("header", ["nonsense", "", "203.0.113.7, ", "::1", "203.0.113.7:4000"])
def test_nonsense_from_the_proxy_is_no_server_error(settings: Settings, practitioner: User, header: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    assert sign_in(Client(headers={"x-forwarded-for": header}), practitioner).status_code in (302, 403)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 minute"), (61, "2 minutes"), (7000, "117 minutes"), (7300, "3 hours"), (86400, "24 hours")],
)
def test_wait_is_said_in_minutes_or_hours(seconds: float, words: str) -> None:
    assert wait_sentence(seconds) == WAIT.format(words)
