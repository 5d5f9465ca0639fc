"""Mail that came back, from the mailbox into rows: what was returned marks its message, an answer waits for its app."""

import datetime
import hashlib
import logging

from django.conf import settings
from django.db import transaction

from training.outbox.incoming import Answered, Returned, mail_id, read_mail
from training.outbox.mailbox import Mailbox, MailboxError, open_mailbox
from training.outbox.models import IncomingMail, MailboxPlace, Message, State
from training.outbox.texts import failed_texts

logger = logging.getLogger("muster.outbox")


def read_mailbox(*, now: datetime.datetime) -> int:
    """Take in what has arrived since the last time; gives how many mails said something. Nothing without a mailbox.

    A mailbox that is away is read the next time: where it was left is kept after each mail.
    """
    if not settings.MAILBOX_URL:
        return 0
    try:
        with open_mailbox(settings.MAILBOX_URL, seconds=settings.EMAIL_TIMEOUT) as mailbox:
            return _read(mailbox, now)
    except MailboxError as error:
        logger.warning("the mailbox could not be read: %s", error)
        return 0


def _read(mailbox: Mailbox, now: datetime.datetime) -> int:
    place = MailboxPlace.of(settings.MAILBOX_URL, mailbox.validity)
    taken = 0
    for mail in mailbox.after(place.last_uid):
        if mail.content and take_in(mail.content, now=now):
            taken += 1
            mailbox.mark_read(mail.uid)
        place.last_uid = mail.uid
        place.save(update_fields=["last_uid"])
    return taken


@transaction.atomic
def take_in(content: bytes, *, now: datetime.datetime) -> bool:
    """Whether this mail says something to Muster. Taken twice, it is there once."""
    said = read_mail(content)
    if said is None:
        return False
    found = Message.objects.filter(message_id=said.message_id).first() if isinstance(said, Returned) else None
    if isinstance(said, Returned) and found is None:
        return False  # a report about somebody else's mail
    key = mail_id(content) or f"<{hashlib.sha256(content).hexdigest()}>"
    _, is_new = IncomingMail.objects.get_or_create(
        mail_id=key[:250], defaults={"arrived_at": now, "about": found, **_fields(said)}
    )
    if is_new and found is not None:
        _give_back(found.pk)
    return True


def ask_after_texts(*, now: datetime.datetime) -> int:
    """Mark the text messages that no telephone took; gives how many. A service that is away is asked later."""
    if settings.TEXT_MESSAGES != "notify":
        return 0
    try:
        return sum(_text_came_back(*failed, now) for failed in failed_texts())
    except (OSError, ValueError, KeyError) as error:
        logger.warning("the text messages could not be asked after: %s", error)
        return 0


@transaction.atomic
def _text_came_back(their_id: str, reference: str, why: str, now: datetime.datetime) -> bool:
    message = Message.objects.filter(reference=reference).exclude(to_number="").first() if reference else None
    if message is None:
        return False
    _, is_new = IncomingMail.objects.get_or_create(
        mail_id=their_id[:250],
        defaults={"arrived_at": now, "about": message, "kind": IncomingMail.Kind.RETURNED, "words": why},
    )
    if is_new:
        _give_back(message.pk)
    return is_new


def _fields(said: Returned | Answered) -> dict[str, object]:
    if isinstance(said, Returned):
        return {"kind": IncomingMail.Kind.RETURNED, "code": said.code, "words": said.words}
    return {
        "kind": IncomingMail.Kind.ANSWERED,
        "uid": said.uid[:200],
        "answer": said.answer,
        "address": said.address[:254],
        "sequence": said.sequence,
    }


def _give_back(message_pk: int) -> None:
    message = Message.objects.select_for_update().get(pk=message_pk)
    if message.state in (State.SENT, State.UNCERTAIN):
        message.move_to(State.RETURNED)
        message.save(update_fields=["state"])
