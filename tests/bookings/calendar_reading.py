"""Calendar texts as two parsers that know nothing of each other read them: Python's icalendar and ical.js."""

import datetime
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import playwright
from icalendar import Calendar

SCRIPT = Path(__file__).parent / "read_calendars.mjs"
NODE = Path(playwright.__file__).parent / "driver" / "node"


@dataclass(frozen=True)
class Read:
    """One VEVENT as a parser sees it; the times in UTC."""

    uid: str
    sequence: int
    status: str
    summary: str
    location: str
    description: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    organiser: str
    attendees: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReadCalendar:
    method: str | None
    events: tuple[Read, ...]

    @property
    def only(self) -> Read:
        (event,) = self.events
        return event


def read(text: str | bytes) -> ReadCalendar:
    """What both parsers agree on; fails where they differ."""
    text = text.decode() if isinstance(text, bytes) else text
    by_python, (by_script,) = read_by_icalendar(text), read_by_ical_js([text])
    assert by_python == by_script
    return by_python


def read_by_icalendar(text: str) -> ReadCalendar:
    calendar = Calendar.from_ical(text)
    method = calendar.get("method")
    return ReadCalendar(str(method) if method else None, tuple(_event(one) for one in calendar.walk("VEVENT")))


def _event(one: Any) -> Read:
    attendees = one.get("attendee", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    return Read(
        uid=str(one["uid"]),
        sequence=int(one["sequence"]),
        status=str(one["status"]),
        summary=str(one["summary"]),
        location=str(one.get("location", "")),
        description=str(one.get("description", "")),
        starts_at=one["dtstart"].dt.astimezone(datetime.UTC),
        ends_at=one["dtend"].dt.astimezone(datetime.UTC),
        organiser=str(one["organizer"]),
        attendees=tuple((str(at), str(at.params.get("CN", ""))) for at in attendees),
    )


def read_by_ical_js(texts: list[str]) -> list[ReadCalendar]:
    done = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(texts), capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 0, done.stderr
    return [
        ReadCalendar(one["method"], tuple(_from_script(event) for event in one["events"]))
        for one in json.loads(done.stdout)
    ]


def _from_script(event: dict[str, Any]) -> Read:
    return Read(
        uid=event["uid"],
        sequence=event["sequence"],
        status=event["status"],
        summary=event["summary"],
        location=event["location"] or "",
        description=event["description"] or "",
        starts_at=datetime.datetime.fromisoformat(event["starts"]),
        ends_at=datetime.datetime.fromisoformat(event["ends"]),
        organiser=event["organiser"],
        attendees=tuple((address, name) for address, name in event["attendees"]),
    )
