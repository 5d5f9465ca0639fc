"""The register as data, for a phone that draws it without a signal."""

import datetime
from typing import Any

from bookings.models import Mark
from bookings.registers.roster import COLOURS, HERE, REST, Roster, RosterRow, roster
from training.catalogue.models import Session
from training.people.models import User


def register_state(session: Session, user: User, now: datetime.datetime) -> dict[str, Any]:
    """The register as it stands, for somebody who may open it (`registers_visible_to`)."""
    return as_data(roster(session, user), now)


def as_data(shown: Roster, now: datetime.datetime) -> dict[str, Any]:
    """`as_of` says which of two states is the newer; times are ISO 8601."""
    return {"as_of": now.isoformat(), "rows": [_row(row) for row in shown.rows], "words": _words_of_marks()}


def _row(row: RosterRow) -> dict[str, str]:
    return {
        "booking": row.booking.reference,
        "name": row.booking.person.name,
        "agency": row.agency,
        "origin": row.origin.lower(),
        "need": row.need,
        "mark": row.mark.value,
        "words": row.words,
        "note": row.note,
    }


def _words_of_marks() -> dict[str, Any]:
    """What each mark is called and coloured, which are in the room, and how the others are counted."""
    return {
        "labels": {mark.value: mark.label for mark in Mark},
        "colours": {mark.value: colour for mark, colour in COLOURS.items()},
        "here": [mark.value for mark in HERE],
        "rest": [[mark.value, one, more] for mark, one, more in REST],
    }
