"""What a mail that came back says. What is neither a report nor an answer is left for a person."""

import pytest

from tests.outbox.returned import EXCHANGE, POSTFIX, reply, returned
from training.outbox.incoming import Answered, Returned, mail_id, read_mail

OURS = "<1732.5@muster.invalid>"


@pytest.mark.parametrize(
    ("form", "code", "words"),
    [
        (POSTFIX, "5.1.1", "550 5.1.1 <ada@bankside.example>: User unknown"),
        (EXCHANGE, "5.1.10", "Recipient not found by SMTP address lookup"),
    ],
)
def test_a_report_says_whose_message_came_back_and_why(form: str, code: str, words: str) -> None:
    said = read_mail(returned(OURS, form=form))

    assert isinstance(said, Returned)
    assert (said.message_id, said.code) == (OURS, code)
    assert said.words.endswith(words)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_a_mail_server_that_still_tries_says_nothing(action: str, status: str) -> None:
    assert read_mail(returned(OURS, action=action, status=status)) is None


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_a_calendar_answers(answer: str) -> None:
    said = read_mail(
        reply("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a", answer=answer, attendee="MAILTO:Ada@Bankside.example")
    )

    assert said == Answered("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a", answer.lower(), "ada@bankside.example", 0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: I am on leave\nAuto-Submitted: auto-replied\n\nUntil Monday.",
        b"Content-Type: multipart/report; boundary=B\n\nnothing of the kind",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nEND",
        b"Content-Type: text/calendar; charset=no-such-charset\nContent-Transfer-Encoding: base64\n\n%%%",
        bytes(range(256)) * 4,
        reply("uid", method="REQUEST"),
        reply("uid", answer="NEEDS-ACTION"),
        reply("uid").replace(b"END:VEVENT", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@bankside.example\nEND:VEVENT"),
        returned("no message id"),
    ],
)
def test_what_is_neither_is_nothing(content: bytes) -> None:
    assert read_mail(content) is None


@pytest.mark.parametrize("sequence", ["-1", "many", "99999999999"])
def test_a_version_that_is_none_counts_as_the_first(sequence: str) -> None:
    said = read_mail(reply("uid", sequence=sequence))

    assert said is None or (isinstance(said, Answered) and said.sequence == 0)


def test_a_mail_is_known_by_its_message_id() -> None:
    assert mail_id(returned(OURS)) == "<20261124.1@mx.bankside.example>"
    assert mail_id(b"Message-ID: none\n\n") == ""
