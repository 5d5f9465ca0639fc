"""Courses, venues and dates as labels and words: for the conflict of two editors and for summary lists."""

import datetime

from training.catalogue.models import Course, CourseCare, CourseVersion, DeliveryMode, Event, Session, Venue
from training.web.words import clock, day, full_day, when

ABBREVIATED = {DeliveryMode.HYBRID: "Room or online"}


def course_words(course: Course, version: CourseVersion) -> dict[str, str]:
    """Five queries at most: outcomes, levels with their frameworks, priorities."""
    return {
        "Title": version.title,
        "Kind": course.get_kind_display(),
        "Board": course.get_remit_display(),
        "Usually": course.get_usual_mode_display(),
        "You will be able to": "; ".join(outcome.text for outcome in version.outcomes.all()),
        "Levels": ", ".join(str(level) for level in version.levels.select_related("framework")),
        "Who it’s for": version.audience,
        "About": version.aims,
        "Before you book": version.content_warning,
        "What to bring": version.what_to_bring,
        "Hours": "" if version.hours is None else f"{version.hours.normalize():f}",
        "Refresher after (months)": str(version.refresher_months or ""),
        "Priorities": ", ".join(str(priority) for priority in course.priorities.order_by("name")),
        "Lot": str(course.lot_number or ""),
        "In the catalogue": course.get_standing_display(),
    }


def care_words(care: CourseCare) -> dict[str, str]:
    cited = care.guidance.all() if care.pk else ()
    return {
        "Who answers for it": care.owner.name if care.owner else "",
        "Guidance": "; ".join(str(one) for one in cited),
        "Looked at next by": full_day(care.review_due_on) if care.review_due_on else "",
    }


def venue_words(venue: Venue) -> dict[str, str]:
    return {
        "Name": venue.name,
        "Address": venue.address,
        "Holds": str(venue.capacity),
        "Access": venue.access,
        "Travel": venue.travel,
        "Door code": venue.door_code,
        "Contact": f"{venue.contact_name} {venue.contact_phone}".strip(),
        "Assembly point": venue.assembly_point,
        "In use": "yes" if venue.is_in_use else "no",
    }


def event_words(event: Event) -> dict[str, str]:
    words = {
        "State": event.get_standing_display(),
        "How": event.get_mode_display(),
        "Room limit": str(event.room_limit or ""),
        "Places offered": str(event.places_offered or ""),
        "Fewest to run with": str(event.minimum or ""),
        "Booking opens": day(event.booking_opens_at) if event.booking_opens_at else "",
        "Booking closes": when_closed(event.booking_closes_at) if event.booking_closes_at else "",
        "Joining link": event.joining_link,
        "For those who come": event.notes_for_delegates,
        "For the trainers": event.notes_for_trainers,
    }
    return words | {f"Day {session.position}": session_words(session) for session in event.sessions.all()}


def when_closed(moment: datetime.datetime) -> str:
    return f"{day(moment)}, {clock(moment)}"


def session_words(session: Session) -> str:
    parts = [when(session), session.venue.name if session.venue else "", session.joining_link]
    return ", ".join(part for part in parts if part)


def span_words(event: Event) -> str:
    """ "Tue 14 May, 9:30–13:00", "Tue 14 May, 9:30–13:00 and 1 more day", "In your own time", "No day yet"."""
    sessions = list(event.sessions.all())
    if event.mode == DeliveryMode.E_LEARNING:
        return event.get_mode_display()
    if not sessions:
        return "No day yet"
    rest = len(sessions) - 1
    return when(sessions[0]) + (f" and {rest} more day{'s' if rest > 1 else ''}" if rest else "")


def place_words(event: Event) -> str:
    """Where or how, in a few words for a table."""
    venues = dict.fromkeys(session.venue.name for session in event.sessions.all() if session.venue)
    mode = ABBREVIATED.get(DeliveryMode(event.mode), event.get_mode_display())
    return ", ".join(venues) if venues and event.mode == DeliveryMode.FACE_TO_FACE else ", ".join([mode, *venues])


def closed_for_words(event: Event) -> dict[str, str]:
    """Which organisations a date is for; nothing when it is for everybody."""
    if event.version.course.kind != Course.Kind.CLOSED:
        return {}
    names = event.closed_for.order_by("agency__name").values_list("agency__name", flat=True)
    return {"Only for": ", ".join(names)}
