"""From what is known of an appointment to the text of RFC 5545 that every calendar reads. Pure: no clock, no rows."""

import datetime
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vDuration, vText

from training.web.when import LONDON

PRODUCT = "-//Muster//Multi-agency training//EN"
REFRESH = datetime.timedelta(hours=4)
# The rules since 1996, as recurrences. A generated zone lists its changes as RDATEs, of which the parser in
# Thunderbird reads the first only: then every course in winter is an hour wrong.
LONDON_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
# Control characters, lone surrogates, and what turns round the writing of whatever comes after it.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Mailbox:
    address: str
    name: str = ""

    @classmethod
    def parse(cls, header: str) -> "Mailbox":
        """From `Bankside training <training@bankside.example>`."""
        name, address = parseaddr(header)
        return cls(address, name)


@dataclass(frozen=True)
class Appointment:
    """One VEVENT. `attendee` is the one person invited; none where nobody is (a feed, a file for everybody)."""

    uid: str
    sequence: int
    stamped_at: datetime.datetime
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    title: str
    place: str
    description: str
    page: str
    organiser: Mailbox
    attendee: Mailbox | None = None
    is_cancelled: bool = False


def one_object(method: str, appointment: Appointment) -> str:
    """An invitation (REQUEST) or its end (CANCEL): one event a message, or Outlook makes several entries of it."""
    return _text(_calendar([appointment], method=method))


def published(appointments: Iterable[Appointment]) -> bytes:
    """A file for everybody (PUBLISH): no attendee."""
    return _text(_calendar(appointments, method="PUBLISH")).encode()


def subscription(name: str, appointments: Iterable[Appointment]) -> bytes:
    """A calendar to subscribe to, which tells its name and how often to look again in both dialects (RFC 7986)."""
    calendar = _calendar(appointments)
    calendar.add("name", vText(one_line(name)))
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add("color", "teal")
    return _text(calendar).encode()


def one_line(text: str) -> str:
    return " ".join(_UNWANTED.sub("", text).split())


def _calendar(appointments: Iterable[Appointment], *, method: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    calendar.add_component(_london_zone())
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    return calendar


@functools.cache
def _london_zone() -> Component:
    """Read once: nothing ever writes to it."""
    return Timezone.from_ical(LONDON_ZONE)


def _event(one: Appointment) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.stamped_at.astimezone(datetime.UTC))
    event.add("sequence", one.sequence)
    event.add("dtstart", _moment(one.starts_at))
    event.add("dtend", _moment(one.ends_at))
    event.add("summary", one_line(one.title))
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.is_cancelled else "OPAQUE")
    if one.place:
        event.add("location", one_line(one.place))
    if one.description:
        event.add("description", _UNWANTED.sub("", one.description))
    event.add("url", one.page)
    event.add("organizer", _address(one.organiser), encode=False)
    if one.attendee is not None:
        invited = _address(one.attendee)
        invited.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"})
        event.add("attendee", invited, encode=False)
    return event


def _moment(moment: datetime.datetime) -> datetime.datetime:
    """On a London clock; in UTC within the hour that comes twice, which programs read either way."""
    local = moment.astimezone(LONDON)
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return moment.astimezone(datetime.UTC) if comes_twice else local


def _address(mailbox: Mailbox) -> vCalAddress:
    """A quote in a name is written as an apostrophe: RFC 6868's way of writing it is shown raw by some programs."""
    address = vCalAddress(f"mailto:{mailbox.address}")
    name = one_line(mailbox.name).replace('"', "’").replace("^", " ")
    if name:
        address.params["CN"] = name
    return address


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
