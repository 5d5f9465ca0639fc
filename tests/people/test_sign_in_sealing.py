"""Secrets of second steps in the database: no backup shows them, and keys can be changed."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.people.sign_in_steps import SECRET, app_code, give_second_step, send, sign_in, text_of, who
from training.people.accounts.sealing import MARK, seal, seal_all, unseal
from training.people.models import User

pytestmark = pytest.mark.django_db


def kept() -> list[str]:
    rows = Authenticator.objects.order_by("type")
    return [value for row in rows for name, value in row.data.items() if name in ("secret", "seed")]


def enter(client: Client, user: User, code: str) -> str | None:
    sign_in(client, user)
    send(client, "mfa_authenticate", code=code)
    return who(client)


def as_before_there_was_a_key(user: User) -> list[str]:
    codes = give_second_step(user)
    for row in Authenticator.objects.all():
        row.data = {name: unseal(value) if isinstance(value, str) else value for name, value in row.data.items()}
        row.save()
    return codes


def test_neither_the_apps_key_nor_the_codes_seed_is_readable(client: Client, practitioner: User) -> None:
    give_second_step(practitioner)

    secrets = kept()

    assert [secret.startswith(MARK) for secret in secrets] == [True, True]
    assert SECRET not in "".join(secrets)
    assert enter(client, practitioner, app_code()) == str(practitioner.pk)


def test_recovery_code_works_and_is_used_up(client: Client, practitioner: User) -> None:
    codes = give_second_step(practitioner)

    first = enter(client, practitioner, codes[0])
    second = enter(Client(), practitioner, codes[0])

    assert (first, second) == (str(practitioner.pk), None)


def test_row_from_before_there_was_a_key_still_works(client: Client, practitioner: User) -> None:
    as_before_there_was_a_key(practitioner)

    assert kept()[1] == SECRET
    assert enter(client, practitioner, app_code()) == str(practitioner.pk)


def test_what_is_there_is_sealed_and_reads_as_before(practitioner: User) -> None:
    codes = as_before_there_was_a_key(practitioner)

    seal_all()

    assert all(secret.startswith(MARK) for secret in kept())
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes() == codes


def test_key_is_changed_by_putting_a_new_one_in_front(client: Client, practitioner: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_KEYS = ["the old key"]
    give_second_step(practitioner)

    settings.SECOND_FACTOR_KEYS = ["the new key", "the old key"]
    call_command("seal_second_factors")
    settings.SECOND_FACTOR_KEYS = ["the new key"]

    assert unseal(kept()[1]) == SECRET
    assert enter(client, practitioner, app_code()) == str(practitioner.pk)


def test_lost_key_lets_nobody_in_and_breaks_no_page(client: Client, practitioner: User, settings: Settings) -> None:
    codes = give_second_step(practitioner)
    settings.SECOND_FACTOR_KEYS = ["another key"]

    sign_in(client, practitioner)
    by_app = send(client, "mfa_authenticate", code=app_code())
    by_code = send(client, "mfa_authenticate", code=codes[0])

    assert who(client) is None
    assert "not right" in text_of(by_app)
    assert by_code.status_code == 200
    with pytest.raises(CommandError, match="2 cannot be read"):
        call_command("seal_second_factors")


def test_same_secret_is_never_sealed_alike() -> None:
    assert seal("a") != seal("a")
