"""Every mail that the sign-in library may send has our own template and goes through the outbox."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.people.sign_in_steps import ask_for_code, sign_up
from training.outbox.models import Message
from training.outbox.rendering import render_message
from training.people.accounts.mail import CODE_SECONDS, post_account_mail
from training.people.models import User

LIBRARY = Path(allauth.__file__).parent / "templates"
# Mails of parts that are not installed or turned off: links instead of codes, security keys.
NOT_SENT = {"email_confirm", "password_reset_key", "webauthn_added", "webauthn_removed"}
KINDS = sorted(
    {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (LIBRARY / app / "email").glob("*_subject.txt")
    }
    - NOT_SENT
)


@pytest.mark.parametrize("kind", KINDS)
def test_mail_of_the_library_has_our_words(kind: str) -> None:
    context = {
        "to": {"name": "Ada Okafor"},
        "code": "123456",
        "minutes": 15,
        "timestamp": timezone.now(),
        "from_email": "old@bankside.example",
        "to_email": "new@bankside.example",
        "sign_in": f"{settings.PUBLIC_URL}/accounts/login/",
        "sign_up": f"{settings.PUBLIC_URL}/accounts/signup/",
    }

    rendered = render_message(f"account.{kind}", context)

    assert "Muster" in rendered.subject
    assert rendered.text.startswith("Hello Ada Okafor,\n\n")
    assert ("123456" in rendered.text) == (kind in CODE_SECONDS)
    assert "{{" not in rendered.text
    assert "successfully" not in rendered.text


def test_there_are_mails_to_test() -> None:
    assert {"login_code", "account_already_exists", "totp_activated"} <= set(KINDS)


@pytest.mark.django_db
def test_each_mail_is_a_message_of_its_own(practitioner: User) -> None:
    for _ in range(2):
        post_account_mail("password_changed", practitioner.email, {"timestamp": timezone.now()})

    assert Message.objects.filter(kind="account.password_changed").count() == 2
    assert not Message.objects.filter(has_secret=True).exists()
    assert not Message.objects.filter(expires_at__isnull=False).exists()


@pytest.mark.django_db
def test_nothing_goes_out_round_the_outbox(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    sign_up(Client(), "ada@bankside.example")

    assert mail.outbox == []
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_mail_to_an_unproved_address_names_nobody(client: Client, partnership: object) -> None:
    sign_up(client, "ada@bankside.example", "You have won a prize")

    message = Message.objects.get()
    assert message.text.startswith("Hello,\n\n")
    assert "prize" not in message.subject + message.text + message.html + message.to_name
