"""A message as the bytes that go out."""

import re
from email.message import Message as MimeMessage

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from training.outbox.models import Message

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class CalendarEmail(EmailMultiAlternatives):
    """Writes the calendar part's type as Outlook and RFC 6047's own example have it, the method without quotes."""

    def message(self) -> MimeMessage:  # type: ignore[override]
        whole: MimeMessage = super().message()
        for part in whole.walk():
            if part.get_content_type() == "text/calendar":
                method = part.get_param("method")
                part.replace_header("Content-Type", f'text/calendar; method={method}; charset="utf-8"')
        return whole


def as_email(message: Message) -> EmailMultiAlternatives:
    """The e-mail: text, HTML and, for an invitation, the calendar part of RFC 6047, in the order of growing worth.

    Raises ValueError for an address that is none, or is more than one.
    """
    email = CalendarEmail(
        subject=_one_line(message.subject),
        body=message.text,
        from_email=message.sender,
        to=[_mailbox(message)],
        headers=_headers(message),
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    if message.calendar:
        email.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
    return email


def _headers(message: Message) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mailbox(message: Message) -> str:
    try:
        validate_email(message.to_address)
    except ValidationError:
        raise ValueError(f"{message.to_address} is not an e-mail address") from None
    name = _one_line(message.to_name).replace('"', "").replace("\\", "")
    return f'"{name}" <{message.to_address}>' if name else message.to_address


def _one_line(text: str) -> str:
    return " ".join(CONTROLS.sub(" ", text).split())
