# ruff: noqa: N802, ARG002 - names and arguments of aiosmtpd
"""A real mail server on loopback that can be told to refuse, stall, break off, or die after accepting."""

import asyncio
import contextlib
import logging
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)

STALL = "stall"
DROP = "drop"
# Where a server can misbehave, in this order. `content`: it has the whole text and has not kept it; `accepted`: it has
# kept it and not yet said so.
STAGES = ("banner", "EHLO", "MAIL", "RCPT", "DATA", "content", "accepted", "QUIT")


@dataclass(frozen=True)
class Mail:
    """What the server has accepted; `line` numbers the connections from 1."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    line: int

    @property
    def parsed(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def message_id(self) -> str:
        return str(self.parsed["Message-ID"])


class MailServer:
    """`with MailServer() as mail:` accepts everything; `mail.at(stage, what)` says what else it does there.

    `what` is STALL, DROP, or a reply such as "550 No such person", which is given instead of the usual one.
    """

    def __init__(self) -> None:
        self.inbox: list[Mail] = []
        self.lines = 0
        self.port = 0
        self._scripts: dict[str, deque[str]] = defaultdict(deque)
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._after_first: tuple[str, str] | None = None
        self.transports: set[asyncio.Transport] = set()
        self._thread = threading.Thread(target=self._run, name="mail server")

    def __enter__(self) -> "MailServer":
        self._thread.start()
        assert self._started.wait(5)
        return self

    def __exit__(self, *exception: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def at(self, stage: str, what: str, *, times: int = 1000) -> None:
        assert stage in STAGES
        self._scripts[stage].extend([what] * times)

    def after_first(self, stage: str, what: str) -> None:
        """Once, for the message after the first that is accepted."""
        self._after_first = (stage, what)

    def keep(self, mail: Mail) -> None:
        self.inbox.append(mail)
        if self._after_first:
            self.at(*self._after_first, times=1)
            self._after_first = None

    def behave(self) -> None:
        """From now on accept everything; who is stalled stays so."""
        self._scripts.clear()

    def next_step(self, stage: str) -> str:
        script = self._scripts[stage]
        return script.popleft() if script else ""

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(self._loop.create_server(self._session, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        server.close()
        for transport in self.transports:
            transport.abort()
        pending = asyncio.all_tasks(self._loop)
        for task in pending:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    def _session(self) -> "_Conversation":
        self.lines += 1
        return _Conversation(self, self.lines, self._loop)


class _Conversation(SMTP):
    """One connection."""

    def __init__(self, server: MailServer, number: int, loop: asyncio.AbstractEventLoop) -> None:
        self.server = server
        self.number = number
        super().__init__(self, hostname="mail.test", loop=loop)

    def connection_made(self, transport: Any) -> None:
        self.server.transports.add(transport)
        super().connection_made(transport)

    async def _said(self, stage: str) -> bool:
        """Whether the script has dealt with this stage."""
        what = self.server.next_step(stage)
        if what == STALL:
            await asyncio.sleep(3600)
        elif what == DROP:
            self.transport.abort()
            raise asyncio.CancelledError
        elif what:
            await self.push(what)
        return bool(what)

    async def _handle_client(self) -> None:
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            if await self._said("banner"):
                self.transport.close()
            else:
                await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._said("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self._said("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if not await self._said("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._said("DATA"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        if not await self._said("QUIT"):
            await super().smtp_QUIT(arg)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        what = self.server.next_step("content")
        if what not in ("", STALL, DROP):
            return what
        await self._wait_or_drop(what)
        self.server.keep(
            Mail(str(envelope.mail_from), tuple(envelope.rcpt_tos), bytes(envelope.content or b""), self.number)
        )
        what = self.server.next_step("accepted")
        await self._wait_or_drop(what)
        return what or "250 OK"

    async def _wait_or_drop(self, what: str) -> None:
        if what == STALL:
            await asyncio.sleep(3600)
        elif what == DROP:
            self.transport.abort()
            raise asyncio.CancelledError


@contextlib.contextmanager
def mail_server(settings: Any, *, timeout: float = 0.4) -> Iterator[MailServer]:
    """A running server that Django's settings (pytest-django's fixture) point to."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "training.outbox.smtp.StagedEmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = timeout
        yield server
