"""Courses and dates as schema.org has them (Course, CourseInstance), for search engines and course directories."""

import datetime
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from training.catalogue.models import CourseVersion, DeliveryMode, Event, Session, Venue
from training.people.emails import absolute
from training.people.models import Partnership
from training.web.words import local

# What does not take place as it was announced, in the words of schema.org.
OFF: dict[str, str] = {Event.Standing.CANCELLED: "Cancelled", Event.Standing.SUSPENDED: "Postponed"}
COURSE_MODES = {
    DeliveryMode.FACE_TO_FACE: "onsite",
    DeliveryMode.VIRTUAL: "online",
    DeliveryMode.HYBRID: "blended",
    DeliveryMode.E_LEARNING: "online",
}
# Inside <script> these four could end the block or begin another; as JSON escapes they mean the same.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


def course_data(version: CourseVersion, dates: Iterable[Event], partnership: Partnership) -> dict[str, Any]:
    """A schema.org Course. `dates` come with their sessions and venues fetched."""
    course = version.course
    url = absolute("catalogue:course", course.code)
    outcomes = [outcome.text for outcome in version.outcomes.all()]
    return _told(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "@id": url,
            "url": url,
            "name": version.title,
            "description": version.aims or _as_sentence(outcomes) or version.title,
            "courseCode": course.code,
            "inLanguage": "en-GB",
            "teaches": outcomes,
            "educationalLevel": [f"{level.framework.name}: {level}" for level in version.levels.all()],
            "audience": _told({"@type": "Audience", "audienceType": version.audience}) if version.audience else None,
            "timeRequired": duration(version.hours),
            "provider": _provider(partnership),
            "hasCourseInstance": [instance_data(event, version.hours) for event in dates],
        }
    )


def instance_data(event: Event, hours: Decimal | None) -> dict[str, Any]:
    """A schema.org CourseInstance. A joining link is never in it."""
    sessions = list(event.sessions.all())
    is_off = event.standing in OFF
    url = absolute("catalogue:event", event.reference)
    return _told(
        {
            "@type": "CourseInstance",
            "@id": url,
            "url": url,
            "courseMode": COURSE_MODES[DeliveryMode(event.mode)],
            "courseWorkload": duration(hours),
            "eventStatus": f"https://schema.org/Event{OFF.get(event.standing, 'Scheduled')}",
            "startDate": _moment(event.starts_at),
            "endDate": _moment(event.ends_at),
            "location": _locations(event, sessions, url),
            "maximumAttendeeCapacity": event.places_offered,
            "remainingAttendeeCapacity": 0 if is_off else event.places_left,
            "subEvent": [_day(session) for session in sessions] if len(sessions) > 1 else None,
        }
    )


def as_script(data: dict[str, Any]) -> SafeString:
    """The element of the page: a block of data, which no browser executes and the content security policy allows."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - nothing in it can end it


def duration(hours: Decimal | None) -> str | None:
    """ISO 8601: 3.5 hours are PT3H30M."""
    if hours is None:
        return None
    whole, minutes = divmod(round(hours * 60), 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{minutes}M" if minutes else "")


def _provider(partnership: Partnership) -> dict[str, Any]:
    return _told(
        {
            "@type": "Organization",
            "name": partnership.name,
            "url": absolute("people:home"),
            "email": partnership.contact_email,
            "telephone": partnership.contact_phone,
        }
    )


def _as_sentence(outcomes: Sequence[str]) -> str:
    return f"You will be able to: {'; '.join(outcomes)}." if outcomes else ""


def _moment(moment: datetime.datetime | None) -> str | None:
    return local(moment).isoformat() if moment else None


def _day(session: Session) -> dict[str, Any]:
    place = _place(session.venue) if session.venue else None
    return _told(
        {
            "@type": "Event",
            "name": f"Day {session.position}",
            "startDate": _moment(session.starts_at),
            "endDate": _moment(session.ends_at),
            "location": place,
        }
    )


def _locations(event: Event, sessions: Sequence[Session], url: str) -> Any:
    venues = {session.venue.pk: session.venue for session in sessions if session.venue}
    places = [_place(venue) for venue in venues.values()] if event.mode != DeliveryMode.VIRTUAL else []
    if event.mode != DeliveryMode.FACE_TO_FACE:
        places.append({"@type": "VirtualLocation", "url": url})
    return places[0] if len(places) == 1 else places


def _place(venue: Venue) -> dict[str, Any]:
    return {"@type": "Place", "name": venue.name, "address": venue.address}


def _told(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}
