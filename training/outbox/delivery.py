"""From the outbox to the mail server, so that a crash at any moment loses nothing.

Claim (commit), hand over (no transaction), record (commit). A worker that dies in between leaves a
lease behind; when it is over, the message is `uncertain` and goes out again under the same Message-ID.
"""

import datetime
import smtplib
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from training.outbox.line import Line
from training.outbox.mime import as_email
from training.outbox.models import Attempt, Message, State
from training.outbox.smtp import DeliveryUncertain
from training.outbox.texts import hand_over_text

# Minutes until the next try, by tries made; after the last one the message has failed. Four days and a bit in
# all, so that a mail server may be down over a bank holiday weekend (RFC 5321 section 4.5.4.1).
BACK_OFF_MINUTES = (1, 2, 5, 15, 60, 240, 480, 720, 1440, 1440, 1440)
MOST_TRIES = len(BACK_OFF_MINUTES) + 1
# A line that was closed and a fresh one, each step of which may take EMAIL_TIMEOUT.
LEASE_IN_TIMEOUTS = 20
MESSAGE_TOO_BIG = 552


@dataclass(frozen=True)
class Result:
    outcome: Attempt.Outcome
    detail: str


def lease() -> datetime.timedelta:
    """Longer than every time-out of one hand-over together, so that a live worker does not lose its claim."""
    return datetime.timedelta(seconds=LEASE_IN_TIMEOUTS * settings.EMAIL_TIMEOUT)


def deliver(message_pk: int, *, now: datetime.datetime, line: Line | None = None) -> State | None:
    """Try once to deliver this message. None when it is not due or another worker has it.

    Without a `line` it opens one, which it closes after the result is recorded: a server that stalls at the
    good-bye must not make what it has taken uncertain.
    """
    if line is None:
        with Line() as own_line:
            return deliver(message_pk, now=now, line=own_line)
    message = _claim(message_pk, now)
    if message is None:
        return None
    if message.state != State.SENDING:
        return State(message.state)
    began = time.monotonic()
    result = Result(*hand_over_text(message)) if message.to_number else _hand_over(message, line)
    return _record(message, result, now + datetime.timedelta(seconds=time.monotonic() - began))


def due_message_pks(now: datetime.datetime, limit: int = 200) -> list[int]:
    """The messages to try now, the longest waiting first."""
    return list(Message.objects.due(now).order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _claim(message_pk: int, now: datetime.datetime) -> Message | None:
    message = Message.objects.due(now).select_for_update(skip_locked=True).filter(pk=message_pk).first()
    if message is None:
        return None
    if message.state == State.SENDING:  # whoever had it is dead
        message.move_to(State.UNCERTAIN)
        message.leased_until = None
    if message.expires_at and message.expires_at <= now:
        message.move_to(State.EXPIRED)
        _blank_secret(message)
    elif message.tries_made >= MOST_TRIES:  # the last worker died of it, too
        message.move_to(State.FAILED)
    else:
        _start_attempt(message, now)
    message.save()
    return message


def _start_attempt(message: Message, now: datetime.datetime) -> None:
    message.move_to(State.SENDING)
    message.leased_until = now + lease()
    message.attempts_made += 1
    Attempt.objects.create(message=message, number=message.attempts_made, started_at=now)


def _hand_over(message: Message, line: Line) -> Result:
    try:
        line.send(as_email(message))
    except DeliveryUncertain as error:
        return Result(Attempt.Outcome.UNCERTAIN, str(error))
    except OSError as error:  # smtplib's errors and the network's; before ValueError, which a bad certificate is, too
        return _refusal(error)
    except ValueError as error:  # an address or header that no mail server could take
        return Result(Attempt.Outcome.REFUSED, str(error))
    return Result(Attempt.Outcome.ACCEPTED, "")


def _refusal(error: OSError) -> Result:
    """Refused for good is only what the server holds against this message: its recipient or its content."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return Result(_outcome(is_for_good=code >= 500), _words(code, words))
    if isinstance(error, smtplib.SMTPResponseException):
        is_about_this = isinstance(error, smtplib.SMTPDataError) or error.smtp_code == MESSAGE_TOO_BIG
        return Result(
            _outcome(is_for_good=is_about_this and error.smtp_code >= 500), _words(error.smtp_code, error.smtp_error)
        )
    return Result(Attempt.Outcome.PUT_OFF, str(error) or type(error).__name__)


def _outcome(*, is_for_good: bool) -> Attempt.Outcome:
    return Attempt.Outcome.REFUSED if is_for_good else Attempt.Outcome.PUT_OFF


def _words(code: int, reply: bytes | str) -> str:
    return f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"


@transaction.atomic
def _record(claimed: Message, result: Result, now: datetime.datetime) -> State | None:
    message = Message.objects.select_for_update().get(pk=claimed.pk)
    Attempt.objects.filter(message=message, number=claimed.attempts_made).update(
        ended_at=now, outcome=result.outcome, detail=_one_line(result.detail)
    )
    # The lease ran out, and whoever came next has decided what becomes of the message.
    if message.state != State.SENDING or message.attempts_made != claimed.attempts_made:
        return None
    message.leased_until = None
    message.move_to(_next_state(message, result.outcome))
    if message.state == State.SENT:
        message.sent_at = now
        _blank_secret(message)
    else:
        message.next_attempt_at = now + _back_off(message.tries_made)
    message.save()
    return State(message.state)


def _one_line(detail: str) -> str:
    """A mail server may say anything; PostgreSQL takes no NUL."""
    return " ".join(detail.replace("\0", "").split())[:300]


def _next_state(message: Message, outcome: Attempt.Outcome) -> State:
    if outcome == Attempt.Outcome.ACCEPTED:
        return State.SENT
    if outcome == Attempt.Outcome.REFUSED or message.tries_made >= MOST_TRIES:
        return State.FAILED
    return State.UNCERTAIN if outcome == Attempt.Outcome.UNCERTAIN else State.PENDING


def _back_off(tries_made: int) -> datetime.timedelta:
    return datetime.timedelta(minutes=BACK_OFF_MINUTES[min(tries_made, len(BACK_OFF_MINUTES)) - 1])


def _blank_secret(message: Message) -> None:
    """What a personal link opens must not lie readable in a table; the demonstration shows it."""
    if message.has_secret and not settings.OUTBOX_SHOWS_BODIES:
        message.text = message.html = message.calendar = message.calendar_method = message.unsubscribe_url = ""
