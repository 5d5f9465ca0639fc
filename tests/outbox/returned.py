"""Mail that comes back, in the forms that mail servers and calendars write it."""

POSTFIX = """From: MAILER-DAEMON@mx.bankside.example (Mail Delivery System)
To: training@muster.example
Subject: Undelivered Mail Returned to Sender
Message-Id: <20261124.1@mx.bankside.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.bankside.example

Final-Recipient: rfc822; ada@bankside.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ada@bankside.example>: User unknown

--B
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: Your place

You have a place.
--B--
"""
# Exchange gives the headers alone, and folds the Message-ID.
EXCHANGE = """From: postmaster@nhs.example
To: training@muster.example
Subject: Undeliverable: Your place
Message-ID: <exchange-1@nhs.example>
Content-Type: multipart/report; boundary="X"; report-type=delivery-status

--X
Content-Type: multipart/alternative; boundary="Y"

--Y
Content-Type: text/html

<p>ada wasn't found at bankside.example.</p>
--Y--
--X
Content-Type: message/delivery-status

Reporting-MTA: dns;nhs.example
Arrival-Date: Tue, 24 Nov 2026 09:00:00 +0000

Original-Recipient: rfc822;ada@bankside.example
Final-Recipient: rfc822;ada@bankside.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--X
Content-Type: text/rfc822-headers

From: Bankside <training@muster.example>
Message-ID:
 {message_id}
Subject: Your place

--X--
"""
REPLY = """From: {sender}
To: training@muster.example
Subject: {subject}
Message-ID: <{mail_id}>
Content-Type: multipart/alternative; boundary="R"

--R
Content-Type: text/plain; charset=utf-8

Ada has declined.
--R
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:{method}
BEGIN:VEVENT
DTSTART:20261203T093000Z
DTEND:20261203T130000Z
DTSTAMP:20261124T101500Z
ORGANIZER;CN=Training:mailto:training@muster.example
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN=Ada
  Obi;X-NUM-GUESTS=0:{attendee}
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Neglect
END:VEVENT
END:VCALENDAR
--R--
"""


def returned(message_id: str, *, form: str = POSTFIX, action: str = "failed", status: str = "5.1.1") -> bytes:
    return form.format(message_id=message_id, action=action, status=status).encode()


def reply(
    uid: object,
    *,
    answer: str = "DECLINED",
    attendee: str = "mailto:ada@bankside.example",
    sequence: object = 0,
    mail_id: str = "reply-1@bankside.example",
    method: str = "REPLY",
) -> bytes:
    return REPLY.format(
        uid=uid,
        answer=answer,
        attendee=attendee,
        sequence=sequence,
        mail_id=mail_id,
        method=method,
        sender="Ada Obi <ada@bankside.example>",
        subject="Declined: Neglect",
    ).encode()
