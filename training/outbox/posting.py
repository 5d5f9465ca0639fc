"""How the apps above write a message: `post(...)` inside the transaction of the change it tells of."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from training.outbox.models import Message
from training.outbox.queueing import queue_delivery
from training.outbox.rendering import render_message
from training.outbox.texts import MOST_LETTERS, are_on


@dataclass(frozen=True)
class Recipient:
    """Whom a message is for. A manager has an address and no record: then `person_reference` is empty."""

    address: str
    name: str = ""
    person_reference: str = ""
    mobile: str = ""


@dataclass(frozen=True)
class Invitation:
    """An iCalendar object to go with a message; `method` is REQUEST or CANCEL."""

    method: str
    content: str


def post(
    kind: str,
    *,
    key: str,
    to: Recipient,
    now: datetime.datetime,
    context: dict[str, object],
    invitation: Invitation | None = None,
    has_secret: bool = False,
    expires_at: datetime.datetime | None = None,
    unsubscribe_url: str = "",
) -> Message | None:
    """Write one message, to be sent after the commit.

    `kind` is app and message (`people.role_granted`): the template is `templates/messages/<app>/<message>.txt`.
    `key` names the change within its kind; posting the same change again returns the first message.
    `unsubscribe_url` answers a POST without a login or a token of the form, as RFC 8058 has it.
    Returns None for somebody without an address: the caller shows that on its page.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is written in the transaction of the change that it tells of")
    if not to.address:
        return None
    rendered = render_message(kind, {**context, "to": to})
    return post_ready(
        kind,
        key=key,
        to=to,
        now=now,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        invitation=invitation,
        has_secret=has_secret,
        expires_at=expires_at,
        unsubscribe_url=unsubscribe_url,
    )


def post_text(
    kind: str,
    *,
    key: str,
    to: Recipient,
    now: datetime.datetime,
    context: dict[str, object],
    expires_at: datetime.datetime,
) -> Message | None:
    """Write one text message, to whoever gave a mobile number; None for others and where texts are off.

    The template is like that of an e-mail, with one paragraph; its first line, the subject, is for lists. A text never
    holds a personal link. What would be longer than a telephone shows as one message is cut.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a message is written in the transaction of the change that it tells of")
    if not to.mobile or not are_on():
        return None
    rendered = render_message(kind, {**context, "to": to})
    text = " ".join(rendered.text.split())
    cut = text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"
    return _write(_message(kind, key, to, now, rendered.subject, cut, to_number=to.mobile, expires_at=expires_at))


def post_ready(
    kind: str,
    *,
    key: str,
    to: Recipient,
    now: datetime.datetime,
    subject: str,
    text: str,
    html: str = "",
    invitation: Invitation | None = None,
    has_secret: bool = False,
    expires_at: datetime.datetime | None = None,
    unsubscribe_url: str = "",
) -> Message:
    """The same for a text that somebody else has rendered, such as the sign-in library."""
    message = _message(kind, key, to, now, subject, text, to_address=to.address, expires_at=expires_at)
    message.html, message.has_secret, message.unsubscribe_url = html, has_secret, unsubscribe_url
    if invitation:
        message.calendar, message.calendar_method = invitation.content, invitation.method
    return _write(message)


def _message(
    kind: str, key: str, to: Recipient, now: datetime.datetime, subject: str, text: str, **fields: Any
) -> Message:
    return Message(
        kind=kind,
        key=f"{kind}:{key}",
        to_name=to.name[:120],
        person_reference=to.person_reference,
        sender=settings.DEFAULT_FROM_EMAIL,
        subject=" ".join(subject.split())[:200],
        text=text,
        created_at=now,
        next_attempt_at=now,
        **fields,
    )


def _write(message: Message) -> Message:
    if not _insert(message):
        return Message.objects.get(key=message.key)
    transaction.on_commit(lambda: queue_delivery(message.pk), robust=True)
    return message


def _insert(message: Message) -> bool:
    """Whether it was written now, and not before. In one statement: `bulk_create` would not say which it was."""
    fields = [field for field in Message._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(message, add=True), connection) for field in fields]
    table, places = connection.ops.quote_name(Message._meta.db_table), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        insert = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING RETURNING id"  # noqa: S608
        cursor.execute(insert, values)
        row = cursor.fetchone()
    if row is None:
        return False
    message.pk, message._state.adding, message._state.db = row[0], False, connection.alias
    return True
