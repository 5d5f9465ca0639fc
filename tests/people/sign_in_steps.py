"""What somebody does at the sign-in pages, for the tests of them."""

import base64
import hashlib
import hmac
import re
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD
from training.outbox.models import Message
from training.people.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def send(client: Client, page: str, **fields: str) -> HttpResponse:
    return client.post(reverse(page), fields)


def sign_in(client: Client, user: User, password: str = PASSWORD, **fields: str) -> HttpResponse:
    return send(client, "account_login", login=user.email, password=password, **fields)


def ask_for_code(client: Client, address: str) -> HttpResponse:
    return send(client, "account_request_login_code", email=address)


def sign_up(client: Client, address: str, name: str = "Ada Okafor", **fields: str) -> HttpResponse:
    return send(client, "account_signup", email=address, name=name, **fields)


def code_sent_to(address: str) -> str:
    """The six digits in the newest mail to this address."""
    text = Message.objects.filter(to_address=address).latest("pk").text
    return re.search(r"^\d{6}$", text, re.MULTILINE)[0]


def kinds_sent_to(address: str) -> list[str]:
    return list(Message.objects.filter(to_address=address).order_by("pk").values_list("kind", flat=True))


def who(client: Client) -> str | None:
    """The id of whoever is signed in in this browser."""
    return client.session.get("_auth_user_id")


def text_of(response: HttpResponse) -> str:
    """The words of a page, on one line."""
    body = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(body.split())


def comparable(response: HttpResponse, *addresses: str) -> tuple[int, str, str]:
    """Status, redirect and body of an answer without what must differ: tokens and the address typed in."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    for address in addresses:
        body = body.replace(address, "ADDRESS")
    return response.status_code, response.get("Location", ""), body


def app_code(secret: str = SECRET, *, at: float | None = None) -> str:
    """What an authenticator app shows: RFC 6238 with SHA-1, 30 seconds, 6 digits, written from the RFC."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def give_second_step(user: User) -> list[str]:
    """An authenticator app with SECRET; returns the recovery codes."""
    TOTP.activate(user, SECRET)
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def has_app(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type="totp").exists()
