"""What a mail that came back says: that it reached nobody, or what somebody's calendar answered. Pure.

Everything else (a person's words, "I am on leave", advertising) is for a person to read, and is left where it is.
"""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.utils import parseaddr

from icalendar import Calendar, Component
from icalendar.prop import vCalAddress

# Status codes of RFC 3463: 5 is for good; 4 is a mail server that goes on trying.
FOR_GOOD = re.compile(r"^5\.\d{1,3}\.\d{1,3}$")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,200}>")
ANSWERS = frozenset({"ACCEPTED", "DECLINED", "TENTATIVE"})


@dataclass(frozen=True)
class Returned:
    """A message of ours that its reader did not get. `code` as in RFC 3463, `words` what the mail server said."""

    message_id: str
    code: str
    words: str


@dataclass(frozen=True)
class Answered:
    """What somebody pressed on the invitation in their calendar: `sequence` says of which version of it."""

    uid: str
    answer: str
    address: str
    sequence: int


def read_mail(content: bytes) -> Returned | Answered | None:
    """None for whatever is neither, and for what cannot be read."""
    try:
        mail = email.message_from_bytes(content, policy=policy.default)
        return _returned(mail) if mail.get_content_type() == "multipart/report" else _answered(mail)
    except (ValueError, LookupError, AttributeError, TypeError):  # a header or part that is not what it claims to be
        return None


def mail_id(content: bytes) -> str:
    """Its Message-ID, or nothing: by this a mail is taken once, however often it is read."""
    try:
        found = MESSAGE_ID.search(str(email.message_from_bytes(content, policy=policy.compat32)["Message-ID"] or ""))
    except (ValueError, LookupError):
        return ""
    return found[0] if found else ""


# --- Reports of mail servers (RFC 3464) -------------------------------------------------------------


def _returned(mail: EmailMessage) -> Returned | None:
    failed, original = None, ""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status" and failed is None:
            failed = _failure(part)
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"):
            original = original or _original_id(part)
    if failed is None or not original:
        return None
    return Returned(original, *failed)


def _failure(part: Message) -> tuple[str, str] | None:
    """The first recipient for whom it failed for good: the code and the words. A delay is none."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        code = str(block.get("Status", "")).split(" ")[0].strip()  # type: ignore[union-attr]
        if str(block.get("Action", "")).strip().lower() == "failed" and FOR_GOOD.match(code):  # type: ignore[union-attr]
            words = str(block.get("Diagnostic-Code", "")).rpartition(";")[2]  # type: ignore[union-attr]
            return code, " ".join(words.replace("\0", "").split())[:300]
    return None


def _original_id(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload:
        text = str(payload[0].get("Message-ID", ""))  # type: ignore[union-attr]
    else:
        headers = part.get_payload(decode=True)
        text = str(email.message_from_bytes(headers if isinstance(headers, bytes) else b"").get("Message-ID", ""))
    found = MESSAGE_ID.search(text)
    return found[0] if found else ""


# --- Answers of calendars (RFC 5546, section 3.2.3) ----------------------------------------------------


def _answered(mail: EmailMessage) -> Answered | None:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            found = _reply(content) if isinstance(content, bytes) else None
            if found is not None:
                return found
    return None


def _reply(content: bytes) -> Answered | None:
    calendar: Component = Calendar.from_ical(content)
    if str(calendar.get("METHOD", "")).upper() != "REPLY":
        return None
    for event in calendar.walk("VEVENT"):
        given = event.get("ATTENDEE")
        # A reply is of one person (RFC 5546, table of section 3.2.3): a list names nobody.
        if isinstance(given, vCalAddress) and (answer := str(given.params.get("PARTSTAT", "")).upper()) in ANSWERS:
            address = parseaddr(re.sub(r"^mailto:", "", str(given), flags=re.IGNORECASE))[1]
            return Answered(str(event.get("UID", "")).strip(), answer.lower(), address.lower(), _sequence(event))
    return None


def _sequence(event: Component) -> int:
    number = event.get("SEQUENCE", 0)
    return number if isinstance(number, int) and 0 <= number < 2**31 else 0
