"""Reading the mailbox: what is understood is taken once and marked as read, everything else stays as it was."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from pytest_django import Settings

from tests.outbox.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.outbox.making import NOW, make_message
from tests.outbox.returned import reply, returned
from training.outbox.models import IncomingMail, MailboxPlace, State
from training.outbox.resending import resend
from training.outbox.taking_in import read_mailbox, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Settings) -> Iterator[ImapServer]:
    with imap_server() as server:
        settings.MAILBOX_URL = f"imap://{quote(USER)}:{quote(PASSWORD)}@127.0.0.1:{server.port}/INBOX"
        settings.EMAIL_TIMEOUT = 2
        yield server


def sent(**fields: object) -> object:
    message = make_message(**fields)
    message.state, message.sent_at = State.SENT, NOW
    message.save()
    return message


def test_a_message_that_came_back_says_so_and_goes_again_as_a_copy(box: ImapServer) -> None:
    message = sent()
    persons = box.put(b"Subject: Can I come on Friday?\n\nAda")
    number = box.put(returned(message.message_id))  # type: ignore[attr-defined]

    assert read_mailbox(now=NOW) == 1

    message.refresh_from_db()  # type: ignore[attr-defined]
    again = resend(message, now=NOW, address="ada.obi@bankside.example")  # type: ignore[arg-type]
    assert message.state == State.RETURNED  # type: ignore[attr-defined]
    assert box.seen == {number}
    assert persons not in box.seen
    assert (again.state, again.to_address) == (State.PENDING, "ada.obi@bankside.example")


def test_what_was_read_is_not_read_again(box: ImapServer) -> None:
    message = sent()
    box.put(returned(message.message_id))  # type: ignore[attr-defined]
    read_mailbox(now=NOW)
    box.commands.clear()

    assert read_mailbox(now=NOW) == 0
    assert box.commands.count("UID") == 1  # the search alone


def test_a_folder_numbered_anew_is_read_from_its_start_and_nothing_counts_twice(box: ImapServer) -> None:
    message = sent()
    box.put(returned(message.message_id))  # type: ignore[attr-defined]
    read_mailbox(now=NOW)
    box.validity += 1
    box.put(reply("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a"))

    read_mailbox(now=NOW)

    assert IncomingMail.objects.count() == 2
    assert MailboxPlace.objects.get().last_uid == 2


def test_somebody_elses_report_is_left_alone(box: ImapServer) -> None:
    box.put(returned("<other@elsewhere.example>"))

    assert (read_mailbox(now=NOW), box.seen, IncomingMail.objects.count()) == (0, set(), 0)


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "UID"])
def test_a_mailbox_that_breaks_off_is_read_the_next_time(
    box: ImapServer, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    message = sent()
    box.put(returned(message.message_id))  # type: ignore[attr-defined]
    box.fail_at = command

    assert read_mailbox(now=NOW) == 0
    assert PASSWORD not in caplog.text
    box.fail_at = ""
    assert read_mailbox(now=NOW) == 1


@pytest.mark.parametrize("url", ["", "imap://127.0.0.1:9", "pop3://a:b@127.0.0.1", "imap://a:b@127.0.0.1:9/INBOX"])
def test_no_mailbox_or_none_that_answers(settings: Settings, url: str) -> None:
    settings.MAILBOX_URL, settings.EMAIL_TIMEOUT = url, 1

    assert read_mailbox(now=NOW) == 0


def test_a_huge_mail_is_passed_over(box: ImapServer) -> None:
    box.put(b"Subject: pictures\n\n" + b"x" * 1_000_001)
    box.put(reply("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a"))

    assert read_mailbox(now=NOW) == 1


def test_the_same_mail_is_taken_once() -> None:
    content = reply("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a")

    assert [take_in(content, now=NOW) for _ in range(2)] == [True, True]
    assert IncomingMail.objects.count() == 1
