"""What a calendar is told about one session, and whether that has changed."""

import datetime
import hashlib
import json
import uuid
from dataclasses import dataclass

from bookings.models import Booking
from bookings.page_words import joining_link
from training.catalogue.models import DeliveryMode, Event, Session

# The UID of an entry follows from the booking and the session, so that it is the same in an invitation, in a feed
# and for bookings that came from another system and were never sent an invitation.
UIDS = uuid.UUID("5d2f9a52-4f0b-4d0c-9d0e-6f1f6f6b2b0a")


def uid_of(booking: Booking, session: Session) -> uuid.UUID:
    return uuid.uuid5(UIDS, f"{booking.reference}/{session.pk}")


def public_uid_of(session: Session) -> uuid.UUID:
    """In the file for everybody, which is nobody's booking."""
    return uuid.uuid5(UIDS, f"session/{session.pk}")


@dataclass(frozen=True)
class Facts:
    """`link` is empty until it may be shown. `position` is for reading: a new day 1 does not change day 2."""

    title: str
    position: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    mode: str
    place: str
    link: str = ""

    @property
    def summary(self) -> str:
        return self.title if self.position == 1 else f"{self.title}, day {self.position}"

    @property
    def fingerprint(self) -> str:
        moments = [moment.astimezone(datetime.UTC).isoformat() for moment in (self.starts_at, self.ends_at)]
        said = [self.title, *moments, self.mode, self.place, self.link]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def place_of(event: Event, session: Session) -> str:
    """Where to go. The session comes with its venue."""
    room = f"{session.venue.name}, {session.venue.address}" if session.venue else ""
    if event.mode == DeliveryMode.VIRTUAL:
        return "Live online"
    if event.mode == DeliveryMode.HYBRID:
        return f"{room}, or live online" if room else "Live online"
    return room


def facts_of(event: Event, session: Session, link: str = "") -> Facts:
    return Facts(
        title=event.version.title,
        position=session.position,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        mode=event.mode,
        place=place_of(event, session),
        link=link,
    )


def facts_for(booking: Booking, session: Session, now: datetime.datetime) -> Facts:
    """With the link, where this booking may see it by now. The booking comes with its event and rules."""
    link = "" if booking.event.mode == DeliveryMode.FACE_TO_FACE else joining_link(booking, session, now)
    return facts_of(booking.event, session, link)
