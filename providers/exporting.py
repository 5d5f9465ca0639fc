"""Courses and dates as the import reads them: a file taken out and put in again changes nothing."""

from collections.abc import Iterator
from itertools import islice

from providers.imports import courses as course_list
from providers.imports.courses import decimal_words, with_words
from providers.imports.days import days_words, spans_of
from providers.imports.events import CHUNK, held_events, live_order, venue_words
from providers.imports.events import COLUMNS as EVENT_COLUMNS
from providers.imports.words import MODE_WORDS
from training.catalogue.models import CourseVersion, Event
from training.web.downloads import Sheet


def courses_sheet() -> Sheet:
    versions = with_words(CourseVersion.objects.filter(is_current=True).select_related("course"))
    return Sheet("Courses", course_list.COLUMNS, (_course_row(one) for one in versions.order_by("course__code")))


def _course_row(version: CourseVersion) -> list[object]:
    course = version.course
    levels = {level.framework.code: str(level).replace("–", "-") for level in version.levels.all()}
    groups = levels.get("groups") or levels.get("adult-groups") or ""
    return [
        course.code,
        version.title,
        levels.get("local", ""),
        groups.removeprefix("Group "),
        MODE_WORDS[course.usual_mode],
        course.remit,
        decimal_words(version.hours),
        version.refresher_months,
        " | ".join(priority.name for priority in course.priorities.all()),
        course.lot_number,
        " | ".join(outcome.text for outcome in version.outcomes.all()),
    ]


def dates_sheet() -> Sheet:
    return Sheet("Events", EVENT_COLUMNS, _date_rows())


def _date_rows() -> Iterator[list[object]]:
    """By day, a thousand at a time."""
    references = iter(list(Event.objects.order_by("starts_at", "reference").values_list("reference", flat=True)))
    while chunk := list(islice(references, CHUNK)):
        held = held_events(iter(chunk))
        yield from (_date_row(held[reference]) for reference in chunk if reference in held)


def _date_row(event: Event) -> list[object]:
    sessions = list(event.sessions.all())
    order = live_order(event)
    live = [
        t.person.name for session in sessions for t in session.teachings.all() if t.status in ("proposed", "confirmed")
    ]
    return [
        event.reference,
        event.version.course.code,
        MODE_WORDS[event.mode],
        days_words(spans_of(sessions)),
        venue_words([session.venue.name for session in sessions if session.venue]),
        event.room_limit,
        event.minimum,
        order.contract.provider.name if order else "",
        "; ".join(dict.fromkeys(live)),
    ]
