"""Text messages by a service on loopback that speaks as GOV.UK Notify does, and can misbehave."""

import base64
import contextlib
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.outbox.making import NOW, make_message, minutes, outcomes
from training.outbox.delivery import deliver
from training.outbox.models import Message, State
from training.outbox.posting import Recipient, post_text
from training.outbox.resending import OutboxError, resend
from training.outbox.taking_in import ask_after_texts
from training.outbox.texts import MOST_LETTERS

pytestmark = pytest.mark.django_db
SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"


class Notify:
    """What it took, by our reference; `says` is the next answer instead of the usual one: a status, or "drop"."""

    def __init__(self) -> None:
        self.took: list[dict[str, Any]] = []
        self.says: int | str = 201
        self.failed: list[str] = []
        self.tokens: list[str] = []


@pytest.fixture
def notify(settings: Settings) -> Iterator[Notify]:
    service = Notify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.tokens.append(self.headers["Authorization"].removeprefix("Bearer "))
            if service.says in (201, "drop"):
                service.took.append(body)
            if service.says == "drop":
                self.connection.close()
            elif service.says == 201:
                self._say(201, {"id": "their-id"})
            else:
                self._say(int(service.says), {"errors": [{"error": "x", "message": "phone_number is not valid"}]})

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            if "reference" in asked:
                found = [{"id": "a"} for one in service.took if one["reference"] == asked["reference"][0]]
            else:
                found = [{"id": f"f-{one}", "reference": one} for one in service.failed]
                found = found if asked["status"] == ["permanent-failure"] else []
            self._say(200, {"notifications": found})

        def _say(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.TEXT_MESSAGES, settings.EMAIL_TIMEOUT = "notify", 2
        settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_address[1]}"
        settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = f"muster-{SERVICE}-{SECRET}", "template"
        with contextlib.suppress(ValueError):
            yield service
        server.shutdown()
        thread.join(5)


def text(words: str = "Tomorrow, 9:30", **fields: Any) -> Message:
    """One that is due, by the real way."""
    to = Recipient("", "Ada", mobile=fields.pop("mobile", "07700 900982"))
    with transaction.atomic():
        message = post_text(
            "trial.text", key=words[:40], to=to, now=NOW, context={"words": words}, expires_at=NOW + minutes(600)
        )
    assert message is not None
    return message


def test_a_text_goes_out_signed_with_its_reference(notify: Notify) -> None:
    message = text()

    assert deliver(message.pk, now=NOW) == State.SENT

    head, body, signature = notify.tokens[0].split(".")
    wanted = hmac.digest(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256)
    assert base64.urlsafe_b64encode(wanted).rstrip(b"=").decode() == signature
    assert json.loads(base64.urlsafe_b64decode(body + "=="))["iss"] == SERVICE
    assert notify.took[0] == {
        "phone_number": "07700 900982",
        "template_id": "template",
        "personalisation": {"message": message.text},
        "reference": message.reference,
    }


def test_a_text_that_may_have_gone_is_never_sent_twice(notify: Notify) -> None:
    message = text()
    notify.says = "drop"

    first = deliver(message.pk, now=NOW)
    notify.says = 201
    second = deliver(message.pk, now=NOW + minutes(5))

    assert (first, second, len(notify.took)) == (State.UNCERTAIN, State.SENT, 1)


@pytest.mark.parametrize(
    ("says", "state"), [(400, State.FAILED), (403, State.PENDING), (429, State.PENDING), (500, State.PENDING)]
)
def test_what_the_service_refuses(notify: Notify, says: int, state: State) -> None:
    notify.says = says
    message = text()

    assert deliver(message.pk, now=NOW) == state
    assert message.attempts.get().detail == f"{says} phone_number is not valid"


def test_a_service_that_is_away_is_tried_again(notify: Notify, settings: Settings) -> None:
    settings.NOTIFY_URL = "http://127.0.0.1:9"
    message = text()

    assert (deliver(message.pk, now=NOW), outcomes(message)) == (State.PENDING, ["put_off"])


def test_what_no_telephone_took_came_back_once(notify: Notify) -> None:
    message = text()
    deliver(message.pk, now=NOW)
    notify.failed = [message.reference, "UNKNOWN1"]

    learnt = [ask_after_texts(now=NOW), ask_after_texts(now=NOW)]

    message.refresh_from_db()
    assert (learnt, message.state) == ([1, 0], State.RETURNED)
    with pytest.raises(OutboxError, match="Ring them"):
        resend(message, now=NOW)


def test_a_long_text_is_cut_and_has_one_paragraph(notify: Notify) -> None:
    assert len(text("word " * 300).text) == MOST_LETTERS
    assert "\n" not in text("two\n\nparagraphs").text


def test_nobody_without_a_number_and_nobody_while_texts_are_off(settings: Settings) -> None:
    said = {"key": "1", "now": NOW, "context": {"words": "x"}, "expires_at": NOW}
    settings.TEXT_MESSAGES = "kept"
    with transaction.atomic():
        assert post_text("trial.text", to=Recipient("a@b.example"), **said) is None  # type: ignore[arg-type]
        settings.TEXT_MESSAGES = "off"
        assert post_text("trial.text", to=Recipient("", mobile="07700 900982"), **said) is None  # type: ignore[arg-type]


def test_the_demonstration_keeps_texts(settings: Settings) -> None:
    settings.TEXT_MESSAGES = "kept"
    message = text()

    assert deliver(message.pk, now=NOW) == State.SENT
    assert message.text


@pytest.mark.parametrize("wrong", [{"to_address": ""}, {"to_number": "07700 900982"}])
def test_a_message_goes_to_one_place(wrong: dict[str, str]) -> None:
    message = make_message()

    with pytest.raises(IntegrityError, match="message_goes_to_one_place"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**wrong)
