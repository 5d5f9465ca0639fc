import smtplib
import ssl
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from tests.outbox.mail_server import DROP, STALL, MailServer
from tests.outbox.making import NOW, make_message, minutes, outcomes
from training.outbox.delivery import BACK_OFF_MINUTES, MOST_TRIES, deliver, lease
from training.outbox.models import Attempt, Message, State
from training.outbox.posting import Invitation

pytestmark = pytest.mark.django_db


def test_deliver_works(mail: MailServer) -> None:
    message = make_message()

    state = deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (state, message.state, message.leased_until) == (State.SENT, State.SENT, None)
    assert message.sent_at is not None
    assert message.sent_at >= NOW
    assert [(mail.recipients, mail.message_id) for mail in mail.inbox] == [
        (("ada@bankside.example",), message.message_id)
    ]
    attempt = message.attempts.get()
    assert (attempt.number, attempt.started_at, attempt.outcome, attempt.detail) == (1, NOW, "accepted", "")


def test_deliver_sent_message_again_does_nothing(mail: MailServer) -> None:
    message = make_message()
    deliver(message.pk, now=NOW)

    again = deliver(message.pk, now=NOW + minutes(60))

    assert (again, len(mail.inbox), outcomes(message)) == (None, 1, ["accepted"])


def test_deliver_before_it_is_due_does_nothing(mail: MailServer) -> None:
    message = make_message(now=NOW + minutes(1))

    assert (deliver(message.pk, now=NOW), mail.lines) == (None, 0)


@pytest.mark.parametrize(
    ("stage", "reply"),
    [("RCPT", "550 5.1.1 No such person"), ("content", "554 5.7.1 Looks like spam"), ("MAIL", "552 Too big")],
)
def test_deliver_refused_for_good_fails_at_once_with_the_servers_words(
    mail: MailServer, stage: str, reply: str
) -> None:
    mail.at(stage, reply)
    message = make_message()

    state = deliver(message.pk, now=NOW)

    attempt = message.attempts.get()
    assert (state, attempt.outcome, attempt.detail) == (State.FAILED, "refused", reply)


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("banner", "421 mail.test busy"),
        ("banner", "554 no service here"),
        ("MAIL", "530 Authentication required"),
        ("MAIL", "550 This sender may not send"),
        ("RCPT", "451 Come back later"),
        ("DATA", "451 Come back later"),
        ("content", "452 The disk is full"),
        ("content", "421 Closing"),
    ],
)
def test_deliver_put_off_waits_with_the_servers_words(mail: MailServer, stage: str, reply: str) -> None:
    """What a server holds against us and not against this message is no reason to give the message up."""
    mail.at(stage, reply)
    message = make_message()

    state = deliver(message.pk, now=NOW)

    attempt = message.attempts.get()
    assert (state, attempt.outcome, attempt.detail) == (State.PENDING, "put_off", reply)


@pytest.mark.parametrize("what", [STALL, DROP])
@pytest.mark.parametrize("stage", ["banner", "EHLO", "MAIL", "RCPT", "DATA"])
def test_deliver_broken_off_before_the_content_is_put_off(mail: MailServer, stage: str, what: str) -> None:
    mail.at(stage, what)
    message = make_message()

    state = deliver(message.pk, now=NOW)

    assert (state, outcomes(message), mail.inbox) == (State.PENDING, ["put_off"], [])


@pytest.mark.parametrize("what", [STALL, DROP, "xyz what?", "299 odd"])
@pytest.mark.parametrize("stage", ["content", "accepted"])
def test_deliver_broken_off_after_the_content_is_uncertain(mail: MailServer, stage: str, what: str) -> None:
    mail.at(stage, what)
    message = make_message()

    state = deliver(message.pk, now=NOW)

    assert (state, outcomes(message)) == (State.UNCERTAIN, ["uncertain"])


def test_deliver_uncertain_goes_out_again_under_the_same_message_id(mail: MailServer) -> None:
    mail.at("accepted", DROP, times=1)
    message = make_message()
    deliver(message.pk, now=NOW)

    state = deliver(message.pk, now=NOW + minutes(2))

    assert state == State.SENT
    assert [each.message_id for each in mail.inbox] == [message.message_id] * 2
    assert outcomes(message) == ["uncertain", "accepted"]


@pytest.mark.parametrize("what", [STALL, DROP, "500 what?", "421 bye"])
def test_deliver_trouble_at_the_goodbye_is_a_success(mail: MailServer, what: str) -> None:
    mail.at("QUIT", what)
    message = make_message()

    assert (deliver(message.pk, now=NOW), outcomes(message)) == (State.SENT, ["accepted"])


def test_deliver_backs_off_and_gives_up_after_the_last_try(mail: MailServer) -> None:
    mail.at("RCPT", "451 Later")
    message = make_message()
    waits, now = [], NOW

    for _ in BACK_OFF_MINUTES:
        assert deliver(message.pk, now=now) == State.PENDING
        message.refresh_from_db()
        assert deliver(message.pk, now=message.next_attempt_at - minutes(0.1)) is None
        waits.append(round((message.next_attempt_at - now).total_seconds() / 60))
        now = message.next_attempt_at
    last = deliver(message.pk, now=now)

    assert waits == [1, 2, 5, 15, 60, 240, 480, 720, 1440, 1440, 1440]
    assert (last, outcomes(message)) == (State.FAILED, ["put_off"] * 12)
    assert deliver(message.pk, now=now + minutes(10_000)) is None


def test_deliver_lease_of_a_dead_worker_over(mail: MailServer) -> None:
    message = _claimed_by_a_dead_worker()

    early = deliver(message.pk, now=NOW + lease())
    late = deliver(message.pk, now=NOW + lease() + minutes(0.01))

    assert (early, late, outcomes(message)) == (None, State.SENT, ["unfinished", "accepted"])


def test_deliver_gives_up_a_message_that_kills_every_worker(mail: MailServer) -> None:
    message = _claimed_by_a_dead_worker()
    Message.objects.filter(pk=message.pk).update(attempts_made=MOST_TRIES)

    state = deliver(message.pk, now=NOW + minutes(60))

    message.refresh_from_db()
    assert (state, message.state, message.leased_until, mail.lines) == (State.FAILED, State.FAILED, None, 0)


def test_deliver_dead_worker_comes_back_after_its_lease(mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was only slow: in the meantime the message came too late to be of use. Its answer is noted, no more."""
    from training.outbox import delivery

    message = make_message(expires_at=NOW + minutes(30))
    real = delivery._hand_over

    def slow(*given: Any) -> Any:
        assert deliver(message.pk, now=NOW + minutes(60)) == State.EXPIRED
        return real(*given)

    monkeypatch.setattr(delivery, "_hand_over", slow)
    state = deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (state, message.state, outcomes(message)) == (None, State.EXPIRED, ["accepted"])


def test_deliver_expired_message_is_not_sent(mail: MailServer) -> None:
    message = make_message(expires_at=NOW + minutes(15), has_secret=True)

    state = deliver(message.pk, now=NOW + minutes(15))

    message.refresh_from_db()
    assert (state, message.text, mail.lines, outcomes(message)) == (State.EXPIRED, "", 0, [])


def test_deliver_blanks_a_secret(mail: MailServer) -> None:
    invitation = Invitation("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    message = make_message(text="Code 123456", html="<p>123456</p>", invitation=invitation, has_secret=True)

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (message.text, message.html, message.calendar) == ("", "", "")
    assert "123456" in mail.inbox[0].content.decode()


def test_deliver_keeps_a_secret_until_it_is_sent(mail: MailServer) -> None:
    mail.at("accepted", DROP)
    message = make_message(text="Code 123456", has_secret=True)

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.text == "Code 123456"


def test_deliver_keeps_a_secret_where_bodies_are_shown(mail: MailServer, settings: Any) -> None:
    settings.OUTBOX_SHOWS_BODIES = True
    message = make_message(text="Code 123456", has_secret=True)

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (message.state, message.text) == (State.SENT, "Code 123456")


def test_deliver_no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "training.outbox.smtp.StagedEmailBackend", 1
    message = make_message()

    state = deliver(message.pk, now=NOW)

    assert (state, message.attempts.get().detail) == (State.PENDING, "[Errno 111] Connection refused")


class Troubled(BaseEmailBackend):
    """A mail server's troubles that need a certificate or a broken program to come about by themselves."""

    error: Exception

    def send_messages(self, email_messages: Any) -> int:  # noqa: ARG002
        raise self.error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ssl.SSLCertVerificationError("certificate has expired"), Attempt.Outcome.PUT_OFF),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), Attempt.Outcome.PUT_OFF),
        (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no\0body\r\nhere")}), Attempt.Outcome.REFUSED),
        (UnicodeEncodeError("ascii", "ł", 0, 1, "no"), Attempt.Outcome.REFUSED),
    ],
)
def test_deliver_other_trouble(settings: Any, error: Exception, outcome: str) -> None:
    """A bad certificate is a ValueError, too, and is not the message's fault."""
    settings.EMAIL_BACKEND = f"{__name__}.Troubled"
    Troubled.error = error
    message = make_message()

    deliver(message.pk, now=NOW)

    assert outcomes(message) == [outcome]


def _claimed_by_a_dead_worker() -> Message:
    message = make_message()
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, leased_until=NOW + lease(), attempts_made=1)
    Attempt.objects.create(message=message, number=1, started_at=NOW)
    return message
