"""The mailbox that answers and returned mail arrive in, read over IMAP (RFC 9051's older commands, all servers know).

It is people's mailbox too: what Muster understands is marked as read; everything else stays as it was found.
"""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

# A mail with pictures is a person's; reports and answers are small.
MOST_BYTES = 1_000_000
AT_A_TIME = 200


class MailboxError(Exception):
    """It cannot be read now. The words hold no password."""


@dataclass(frozen=True)
class Address:
    """Of `imaps://name:password@host/INBOX`; `imap://` is for a server on the same machine."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    is_encrypted: bool

    @classmethod
    def parse(cls, url: str) -> "Address":
        parts = urlsplit(url)
        if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
            raise MailboxError("MUSTER_MAILBOX_URL is not like imaps://name:password@mail.example/INBOX")
        is_encrypted = parts.scheme == "imaps"
        folder = unquote(parts.path.strip("/")) or "INBOX"
        port = parts.port or (993 if is_encrypted else 143)
        return cls(parts.hostname, port, unquote(parts.username), unquote(parts.password or ""), folder, is_encrypted)


@dataclass(frozen=True)
class Fetched:
    """`content` is empty for what is too big to be a report."""

    uid: int
    content: bytes


class Mailbox:
    """One folder. `validity` changes when the server has numbered its mails anew (RFC 9051, UIDVALIDITY)."""

    def __init__(self, connection: imaplib.IMAP4, validity: int) -> None:
        self._connection, self.validity = connection, validity

    def after(self, uid: int) -> Iterator[Fetched]:
        """The mails with a higher number, the lowest first, some at a time; nothing is marked by looking."""
        found = _words(self._connection.uid("SEARCH", f"UID {uid + 1}:*"))
        uids = sorted(int(number) for number in re.findall(rb"\d+", found))
        # "*" is the last mail, even if its number is lower than the first of the range.
        for one in [number for number in uids if number > uid][:AT_A_TIME]:
            yield Fetched(one, self._content(one))

    def mark_read(self, uid: int) -> None:
        self._connection.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _content(self, uid: int) -> bytes:
        size = re.search(rb"RFC822\.SIZE (\d+)", _words(self._connection.uid("FETCH", str(uid), "(RFC822.SIZE)")))
        if size is None or int(size[1]) > MOST_BYTES:
            return b""
        _, parts = self._connection.uid("FETCH", str(uid), "(BODY.PEEK[])")
        return next((part[1] for part in parts or [] if isinstance(part, tuple)), b"")


@contextlib.contextmanager
def open_mailbox(url: str, *, seconds: float) -> Iterator[Mailbox]:
    """Raises MailboxError for a server that is away, refuses the password, or breaks off; `seconds` for each answer."""
    address = Address.parse(url)
    try:
        with _connected(address, seconds) as connection:
            connection.login(address.user, address.password)
            quoted = '"' + address.folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
            if connection.select(quoted)[0] != "OK":
                raise MailboxError(f"{address.host} has no folder {address.folder}")
            validity = connection.response("UIDVALIDITY")[1]
            yield Mailbox(connection, int(validity[0]) if validity and validity[0] else 0)
    except (imaplib.IMAP4.error, OSError, UnicodeError) as error:  # a password of other letters than ASCII's
        raise MailboxError(f"{address.host}: {error}".replace(address.password or "\0", "…")) from error


@contextlib.contextmanager
def _connected(address: Address, seconds: float) -> Iterator[imaplib.IMAP4]:
    """The library's own way out leaves the socket open when the server has gone."""
    connection = _connect(address, seconds)
    try:
        yield connection
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            connection.logout()
        with contextlib.suppress(OSError):
            connection.shutdown()


def _connect(address: Address, seconds: float) -> imaplib.IMAP4:
    if address.is_encrypted:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=seconds)
    return imaplib.IMAP4(address.host, address.port, timeout=seconds)


def _words(answer: tuple[Any, Any]) -> bytes:
    """The untagged lines of an answer, one after the other."""
    return b" ".join(part if isinstance(part, bytes) else part[0] for part in answer[1] or [] if part)
