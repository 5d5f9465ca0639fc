"""Whatever somebody sends to the sign-in pages: an answer, never a server error."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.people.sign_in_steps import (
    ask_for_code,
    code_sent_to,
    give_second_step,
    kinds_sent_to,
    send,
    sign_in,
    sign_up,
    who,
)
from training.outbox.delivery import as_email
from training.outbox.models import Message
from training.people.accounts.urls import urlpatterns
from training.people.models import User

pytestmark = pytest.mark.django_db
ADDRESSES = {
    "NUL": "nurse\x00@bankside.example",
    "ten thousand characters": "n" * 10_000 + "@bankside.example",
    "longer than the column": "n" * 60 + "@" + ".".join(["d" * 60] * 4) + ".example",
    "longer once made small": "n@" + ".".join(["İ" * 30] * 8) + ".example",
    "right to left": "nurse\u202e@bankside.example",
    "header injection": "nurse@bankside.example\r\nBcc: everybody@bankside.example",
    "header injection, encoded": "nurse@bankside.example%0d%0aBcc:everybody@bankside.example",
    "two addresses": "nurse@bankside.example,other@bankside.example",
    "display name": '"Nurse" <nurse@bankside.example>',
    "empty": "",
    "no domain": "nurse@",
    "letters that look alike": "nurs\u0435@bankside.example",
    "lone surrogate": "nurse\udcff@bankside.example",
    "international domain": "nurse@bünkside.example",
}
FIELDS = {
    "account_login": ("login", {"password": "a long enough password"}),
    "account_request_login_code": ("email", {}),
    "account_signup": ("email", {"name": "Ada Okafor"}),
    "account_reset_password": ("email", {}),
}


def encodable(text: str) -> str | bytes:
    return text.encode("utf-8", "surrogateescape") if not text.isascii() else text


@pytest.mark.parametrize("page", FIELDS)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_odd_address_gets_an_answer(client: Client, partnership: object, page: str, address: str) -> None:
    field, others = FIELDS[page]

    response = client.post(reverse(page), {field: encodable(address), **others}, follow=True)

    assert response.status_code in (200, 400)
    for message in Message.objects.all():
        assert len(as_email(message).message().get_all("to")) == 1
        assert "everybody" not in message.to_address
    assert kinds_sent_to("everybody@bankside.example") == []


CODES = {
    "NUL": "12\x003456",
    "ten thousand digits": "1" * 10_000,
    "empty": "",
    "words": "let me in",
    "other digits": "١٢٣٤٥٦",
    "right to left": "\u202e123456",
    "negative": "-123456",
    "superscript": "¹²³⁴⁵⁶",
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_odd_code_gets_an_answer(client: Client, practitioner: User, code: str) -> None:
    ask_for_code(client, practitioner.email)

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.status_code in (200, 400)
    assert who(client) is None or code == CODES["right to left"]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_odd_code_of_the_app_gets_an_answer(client: Client, practitioner: User, code: str) -> None:
    give_second_step(practitioner)
    sign_in(client, practitioner)

    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code in (200, 400)
    assert client.post(reverse("mfa_authenticate"), {}).status_code < 500
    assert who(client) is None


def test_code_in_other_digits_is_the_same_code(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)

    send(client, "account_confirm_login_code", code="".join(chr(0x0660 + int(digit)) for digit in code))

    assert who(client) == str(practitioner.pk)


@pytest.mark.parametrize(
    "name", ["n" * 10_000, "Ada\r\nBcc: x@example.org", "Ada\u202eOkafor", "<b>Ada</b>", "Ada, {{ name }}"]
)
def test_odd_name_gets_an_answer_and_no_place_in_a_mail(client: Client, partnership: object, name: str) -> None:
    response = sign_up(client, "ada@bankside.example", name)

    assert response.status_code in (200, 302)
    for message in Message.objects.all():
        assert "Ada" not in message.subject + message.text + message.to_name


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_every_page_answers_when_called_out_of_turn(
    client: Client, practitioner: User, pattern: URLPattern, is_signed_in: bool
) -> None:
    address = f"/accounts/{pattern.pattern}"
    for method in ("get", "post", "head"):
        if is_signed_in:
            client.force_login(practitioner)
        assert getattr(client, method)(address).status_code < 500, method
        assert (
            getattr(client, method)(address, {"action": "resend", "next": "\u202e//x", "code": "1"}).status_code < 500
        )


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_every_page_says_who_may_open_it(pattern: URLPattern) -> None:
    assert pattern.callback.access in ("public", "own_record")


def test_library_pages_that_we_do_not_use_are_not_there(client: Client, partnership: object) -> None:
    for path in ("social/login/cancelled/", "phone/verify/", "2fa/webauthn/", "password/reset/key/1-set-password/"):
        assert client.get(f"/accounts/{path}").status_code == 404, path


def test_machine_that_wants_json_gets_no_secret(client: Client, practitioner: User) -> None:
    response = client.post(
        reverse("account_login"),
        {"login": practitioner.email, "password": "not the right one"},
        headers={"accept": "application/json"},
    )

    assert response.status_code in (200, 400)
    assert who(client) is None
