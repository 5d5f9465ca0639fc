"""Django's SMTP backend, which also knows whether the server already had the text when it broke off."""

import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class DeliveryUncertain(Exception):  # noqa: N818 - the server made no error that we know of
    """The server had the whole text and did not answer: it may have been delivered or not."""


class _RemembersContent:
    """Mixed into smtplib's classes: whether a message's whole content has gone over the wire."""

    content_sent = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        # smtplib sends commands as str and, after the server's 354, the content with its last dot as one piece of
        # bytes. If that raises, the dot has not left and no server may take the message.
        if isinstance(s, bytes):
            self.content_sent = True


class RememberingSMTP(_RemembersContent, smtplib.SMTP):
    pass


class RememberingSMTPOverSSL(_RemembersContent, smtplib.SMTP_SSL):
    pass


class StagedEmailBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return RememberingSMTPOverSSL if self.use_ssl else RememberingSMTP

    def _send(self, email_message: EmailMessage) -> bool:
        if self.connection is not None:
            self.connection.content_sent = False  # type: ignore[attr-defined]
        try:
            return super()._send(email_message)  # type: ignore[misc,no-any-return]
        except OSError as error:  # smtplib's errors are all of this kind
            if not self._content_sent() or _is_plain_no(error):
                raise
            raise DeliveryUncertain(str(error) or type(error).__name__) from error

    def _content_sent(self) -> bool:
        return bool(getattr(self.connection, "content_sent", False))

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        # A server that stalls at QUIT has already said what became of the message.
        try:
            super()._close_connection(connection)  # type: ignore[misc]
        except OSError:
            connection.close()


def _is_plain_no(error: OSError) -> bool:
    """A proper refusal; smtplib also makes errors of replies that it cannot read, and of 2xx and 3xx."""
    return isinstance(error, smtplib.SMTPDataError) and 400 <= error.smtp_code < 600
