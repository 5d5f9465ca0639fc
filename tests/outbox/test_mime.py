import re

import pytest

from tests.outbox.mail_server import MailServer
from tests.outbox.making import NOW, make_message
from training.outbox.delivery import deliver
from training.outbox.mime import as_email
from training.outbox.models import State
from training.outbox.posting import Invitation

pytestmark = pytest.mark.django_db

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Zoë’s course\r\n .folded\r\nEND:VCALENDAR\r\n"


def test_as_email_parts_and_content_types(mail: MailServer) -> None:
    message = make_message(text="Zoë – 李\n", html="<p>Zoë – 李</p>", invitation=Invitation("REQUEST", CALENDAR))

    deliver(message.pk, now=NOW)

    content = mail.inbox[0].content
    types = re.findall(rb"^Content-Type: (.*?)\r\n(?=\S|\r\n)", content, re.MULTILINE | re.DOTALL)
    assert types[0].startswith(b"multipart/alternative;")
    assert types[1:] == [
        b'text/plain; charset="utf-8"',
        b'text/html; charset="utf-8"',
        b'text/calendar; method=REQUEST; charset="utf-8"',
    ]
    text, html, calendar = mail.inbox[0].parsed.iter_parts()
    assert text.get_payload(decode=True).decode() == "Zoë – 李\r\n"
    assert html.get_payload(decode=True).decode() == "<p>Zoë – 李</p>"
    assert calendar.get_payload(decode=True).decode() == CALENDAR


def test_as_email_cancellation() -> None:
    message = make_message(invitation=Invitation("CANCEL", "BEGIN:VCALENDAR\r\n"))

    assert b'\nContent-Type: text/calendar; method=CANCEL; charset="utf-8"\n' in as_email(message).message().as_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "Ada Obi",
        "Obi, Ada",
        "Zoë O’Brien-Łódź",
        "محمد علي",
        "李小龙",
        "Ada (nurse); <ada>",
        "ada@elsewhere.example",
        "A: B",
    ],
)
def test_as_email_names(mail: MailServer, name: str) -> None:
    message = make_message(name=name)

    deliver(message.pk, now=NOW)

    (address,) = mail.inbox[0].parsed["To"].addresses
    assert (address.display_name, address.addr_spec) == (name, "ada@bankside.example")
    assert mail.inbox[0].recipients == ("ada@bankside.example",)


def test_as_email_name_with_quotes_loses_them(mail: MailServer) -> None:
    deliver(make_message(name='Bo "Bob" \\Ek').pk, now=NOW)

    assert mail.inbox[0].parsed["To"].addresses[0].display_name == "Bo Bob Ek"


def test_as_email_header_cannot_be_smuggled_in(mail: MailServer) -> None:
    message = make_message(
        name="Ada\r\nBcc: evil@evil.example\r\n\r\nbody\x85x\u2028y", subject="Hi\r\nBcc: evil@evil.example"
    )

    deliver(message.pk, now=NOW)

    assert mail.inbox[0].recipients == ("ada@bankside.example",)
    assert mail.inbox[0].parsed["Bcc"] is None
    assert mail.inbox[0].parsed["Subject"] == "Hi Bcc: evil@evil.example"
    assert mail.inbox[0].parsed.get_content() == "You have a place.\r\n"


@pytest.mark.parametrize(
    "address",
    [
        "ada@bankside.example, evil@evil.example",
        "ada@bankside.example> <evil@evil.example",
        "ada@bankside.example\r\nRCPT TO:<evil@evil.example>",
        "nonsense",
        "zoë@bankside.example",
        "ada@bankside.example\nBcc: evil@evil.example",
    ],
)
@pytest.mark.parametrize("name", ["", "Ada"])
def test_as_email_address_that_is_none_reaches_no_server(mail: MailServer, address: str, name: str) -> None:
    message = make_message(address=address, name=name)

    state = deliver(message.pk, now=NOW)

    assert (state, mail.lines, mail.inbox) == (State.FAILED, 0, [])


def test_as_email_address_in_a_domain_of_other_letters(mail: MailServer) -> None:
    deliver(make_message(address="ada@bücher.example").pk, now=NOW)

    assert mail.inbox[0].recipients == ("ada@xn--bcher-kva.example",)


def test_as_email_long_lines_and_dots_arrive(mail: MailServer) -> None:
    text = ".\n..dots\nFrom here\n" + "ä" * 2000 + "\n"

    deliver(make_message(text=text).pk, now=NOW)

    assert mail.inbox[0].parsed.get_payload(decode=True).decode() == text.replace("\n", "\r\n")
