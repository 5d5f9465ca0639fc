"""Redis is away: tries are counted all the same, in PostgreSQL."""

import datetime
import socket
import time

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories import make_user
from tests.people.sign_in_steps import (
    app_code,
    ask_for_code,
    code_sent_to,
    give_second_step,
    kinds_sent_to,
    send,
    sign_in,
    sign_up,
    text_of,
    who,
)
from training.people.accounts.counting import FORGOTTEN_AT_ONCE
from training.people.models import SignInTry, User
from training.people.tasks import forget_tries

pytestmark = pytest.mark.django_db
WAIT = "There have been too many tries. Wait {}, then try again."


@pytest.fixture(autouse=True)
def no_redis(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{port}/0"}}
    cache.set("probe", 1)
    assert cache.get("probe") is None


def guess(address: str, times: int) -> None:
    for number in range(times):
        send(Client(), "account_login", login=address, password=f"guess number {number}")


def test_people_sign_in_with_a_password(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    assert who(client) == str(practitioner.pk)


def test_people_sign_in_with_a_code_and_an_app(client: Client, practitioner: User) -> None:
    give_second_step(practitioner)

    ask_for_code(client, practitioner.email)
    send(client, "account_confirm_login_code", code=code_sent_to(practitioner.email))
    send(client, "mfa_authenticate", code=app_code())

    assert who(client) == str(practitioner.pk)


def test_people_sign_up(client: Client, partnership: object) -> None:
    sign_up(client, "ada@bankside.example")
    send(client, "account_email_verification_sent", code=code_sent_to("ada@bankside.example"))

    assert who(client) == str(User.objects.get(email="ada@bankside.example").pk)


def test_sixth_guess_of_a_password_has_to_wait_even_if_right(client: Client, practitioner: User) -> None:
    guess(practitioner.email, 5)

    response = sign_in(client, practitioner)

    assert WAIT.format("5 minutes") in text_of(response)
    assert who(client) is None


def test_waiting_is_for_that_address_alone_and_ends(client: Client, practitioner: User) -> None:
    other, now = make_user(), timezone.now()
    with time_machine.travel(now, tick=False):
        guess(practitioner.email, 5)
        sign_in(client, other)
    with time_machine.travel(now + datetime.timedelta(minutes=5, seconds=1), tick=False):
        later = Client()
        sign_in(later, practitioner)

    assert (who(client), who(later)) == (str(other.pk), str(practitioner.pk))


def test_right_password_is_no_try(practitioner: User) -> None:
    for _ in range(7):
        client = Client()
        sign_in(client, practitioner)

    assert who(client) == str(practitioner.pk)


def test_fifth_code_has_to_wait(client: Client, practitioner: User) -> None:
    for _ in range(4):
        ask_for_code(Client(), practitioner.email)

    response = ask_for_code(client, practitioner.email)

    assert WAIT.format("5 minutes") in text_of(response)
    assert len(kinds_sent_to(practitioner.email)) == 4


def test_code_of_an_app_is_good_once(practitioner: User) -> None:
    give_second_step(practitioner)
    code, one, other = app_code(), Client(), Client()
    for client in (one, other):
        sign_in(client, practitioner)

    send(one, "mfa_authenticate", code=code)
    send(other, "mfa_authenticate", code=code)

    assert (who(one), who(other)) == (str(practitioner.pk), None)


def test_code_can_be_marked_again_when_its_time_is_over() -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        marks = [cache.add("second-step-used:1:123456", True, timeout=120) for _ in range(2)]
    with time_machine.travel(now + datetime.timedelta(seconds=121), tick=False):
        marks.append(cache.add("second-step-used:1:123456", True, timeout=120))

    assert marks == [True, False, True]


def test_other_keys_are_forgotten_as_ever() -> None:
    cache.set("page", "text")

    assert (cache.get("page"), cache.add("page", 1), SignInTry.objects.count()) == (None, True, 0)


def test_no_address_stands_in_the_table(practitioner: User) -> None:
    guess(practitioner.email, 1)

    keys = list(SignInTry.objects.values_list("key", flat=True))

    assert keys
    assert {len(key) for key in keys} == {64}


def test_what_is_over_goes_by_the_next_tries_and_by_the_task(practitioner: User) -> None:
    old = time.time() - 1
    number = FORGOTTEN_AT_ONCE * 2
    SignInTry.objects.bulk_create(SignInTry(key=str(row), at=old, expires_at=old) for row in range(number))

    guess(practitioner.email, 1)
    left = SignInTry.objects.expired(time.time()).count()
    SignInTry.objects.bulk_create([SignInTry(key="one more", at=old, expires_at=old)])
    forgotten = forget_tries()

    assert left < number
    assert forgotten == left + 1
    assert SignInTry.objects.filter(expires_at__lte=time.time()).count() == 0


def test_a_try_counts_once() -> None:
    SignInTry.objects.create(key="k", at=1.5, expires_at=2)

    with pytest.raises(IntegrityError, match="sign_in_try_counts_once"), transaction.atomic():
        SignInTry.objects.create(key="k", at=1.5, expires_at=9)


def test_refused_try_asks_the_database_little(
    client: Client, practitioner: User, django_assert_max_num_queries: object
) -> None:
    guess(practitioner.email, 5)

    with django_assert_max_num_queries(25):  # type: ignore[operator]
        sign_in(client, practitioner)
