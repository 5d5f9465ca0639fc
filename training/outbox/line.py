"""The line to the mail server, kept from one message to the next."""

import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

ENOUGH_OF_THIS_LINE = 421


class Line:
    """One connection, opened for the first message and opened anew after any error.

    A server may close a line that it has kept long enough. If that shows before a message's text
    has gone, the message gets a second line at once and nobody need know.
    """

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        # The mail server could not even be reached: there is no use in trying the next message.
        self.is_down = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, email: EmailMessage) -> None:
        """Raises OSError (smtplib's errors, too), DeliveryUncertain, ValueError for what cannot be put into bytes."""
        if self._connection is not None:
            try:
                return self._send(email, self._connection)
            except OSError as error:  # DeliveryUncertain is none: what may have gone must not go twice in one try
                if not _is_about_the_line(error):
                    raise
        return self._send(email, self._open())

    def close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _open(self) -> BaseEmailBackend:
        connection = get_connection(fail_silently=False)
        self.is_down = True
        try:
            connection.open()
        except BaseException:
            connection.close()
            raise
        self.is_down = False
        self._connection = connection
        return connection

    def _send(self, email: EmailMessage, connection: BaseEmailBackend) -> None:
        email.connection = connection
        try:
            email.send(fail_silently=False)
        except BaseException:
            self.close()
            raise


def _is_about_the_line(error: OSError) -> bool:
    """Whether the same message may be taken on a fresh line: this one is closed, or the server has had enough of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == ENOUGH_OF_THIS_LINE for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused):  # "too many messages in one session" has several codes
        return error.smtp_code < 500
    return not isinstance(error, smtplib.SMTPResponseException) or error.smtp_code == ENOUGH_OF_THIS_LINE
