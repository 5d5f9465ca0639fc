"""One page about a course or about one date, to be put up: what stands on it.

Places left are never printed: paper cannot follow them. Texts are shortened so that it is always one page.
"""

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import segno

from training.catalogue.finding.dates import when_in_words
from training.catalogue.finding.rows import date_lines
from training.catalogue.finding.wording import hours_in_words, modes_in_words, who_for
from training.catalogue.models import CourseVersion, Event
from training.people.emails import absolute
from training.people.models import Partnership

Form = Literal["flyer", "poster"]
FLYER, POSTER = (Path(__file__).parent / f"{name}.typ" for name in ("flyer", "poster"))
MOST_OUTCOMES, MOST_DATES = 5, 6
LONGEST_TITLE, LONGEST_AIMS, LONGEST_OUTCOME, LONGEST_AUDIENCE, LONGEST_PLACE = 120, 420, 130, 150, 70


def course_flyer(version: CourseVersion, partnership: Partnership, *, now: datetime.datetime) -> dict[str, Any]:
    """`version` comes with its course and outcomes."""
    events = [line.event for line in date_lines(version.course, now=now)]
    address = absolute("catalogue:course", version.course.code)
    return _page(version, partnership, events, {version.course.usual_mode}, address, "Dates and booking")


def event_flyer(event: Event, partnership: Partnership) -> dict[str, Any]:
    """`event` comes out of `find_event`."""
    address = absolute("catalogue:event", event.reference)
    return _page(event.version, partnership, [event], {event.mode}, address, "Book your place")


def _page(
    version: CourseVersion,
    partnership: Partnership,
    events: Sequence[Event],
    modes: set[str],
    address: str,
    call: str,
) -> dict[str, Any]:
    title = shortened(version.title, LONGEST_TITLE)
    outcomes = [outcome.text for outcome in version.outcomes.all()]
    return {
        "title": title,
        "partnership": partnership.name,
        "boards": partnership.boards,
        "contact": " · ".join(one for one in (partnership.contact_email, partnership.contact_phone) if one),
        "facts": " · ".join(one for one in (modes_in_words(modes), hours_in_words(version.hours)) if one),
        "aims": shortened(version.aims, LONGEST_AIMS),
        "audience": shortened(who_for(version.course, version), LONGEST_AUDIENCE),
        "outcomes": [shortened(one, LONGEST_OUTCOME) for one in outcomes[:MOST_OUTCOMES]],
        "warning": shortened(version.content_warning, LONGEST_AUDIENCE),
        "dates": [
            {"when": when_in_words(one), "where": shortened(place_in_words(one), LONGEST_PLACE)}
            for one in events[:MOST_DATES]
        ],
        "further": max(0, len(events) - MOST_DATES),
        "call": call,
        "address": address,
        "shown": address.partition("://")[2].rstrip("/"),
        "qr": qr(address),
    }


def place_in_words(event: Event) -> str:
    """ "Live online", or the rooms by name. The event has its sessions fetched."""
    rooms = list(dict.fromkeys(one.venue.name for one in event.sessions.all() if one.venue))
    return ", ".join(rooms) or str(event.get_mode_display())


def shortened(text: str, most: int) -> str:
    """On one line, cut after a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def qr(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=4, border=2, light="#fff")
    return picture.getvalue().decode()
