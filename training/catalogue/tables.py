"""The coordinator's lists as tables."""

import datetime
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from training.catalogue.clashing import Clashes, clashes_of
from training.catalogue.models import Course, CourseVersion, Event, Synonym, Teaching, Venue
from training.catalogue.problems import reasons_not_publishable
from training.catalogue.words import place_words, span_words
from training.web.components import Cell, Column, Table
from training.web.words import of

COURSE_TAGS = {Course.Standing.PUBLISHED: "green", Course.Standing.DRAFT: "grey", Course.Standing.WITHDRAWN: "red"}
EVENT_TAGS = {
    Event.Standing.PUBLISHED: "green",
    Event.Standing.DRAFT: "grey",
    Event.Standing.SUSPENDED: "yellow",
    Event.Standing.CANCELLED: "red",
}


def courses_table(versions: Iterable[CourseVersion]) -> Table:
    """Current versions, annotated with `dates_to_come`."""
    columns = [
        Column("Course"),
        Column("How"),
        Column("Board"),
        Column("Dates to come", is_numeric=True),
        Column("State"),
    ]
    return Table("Courses", columns, [_course_row(version) for version in versions], is_caption_hidden=True)


def _course_row(version: CourseVersion) -> list[object]:
    course = version.course
    return [
        Cell(version.title, url=reverse("desk:course", args=[course.code]), hint=course.code),
        course.get_usual_mode_display(),
        course.get_remit_display(),
        version.dates_to_come,  # type: ignore[attr-defined]
        Cell(course.get_standing_display(), tag=COURSE_TAGS[Course.Standing(course.standing)]),
    ]


def venues_table(venues: Iterable[Venue]) -> Table:
    """Venues, annotated with `days_to_come`."""
    columns = [
        Column("Venue"),
        Column("Address"),
        Column("Holds", is_numeric=True),
        Column("Days to come", is_numeric=True),
    ]
    rows = [
        [
            Cell(venue.name, url=reverse("bookings:venue-change", args=[venue.reference]), hint=_unused(venue)),
            venue.address,
            venue.capacity,
            venue.days_to_come,  # type: ignore[attr-defined]
        ]
        for venue in venues
    ]
    return Table("Venues", columns, rows, is_caption_hidden=True)


def _unused(venue: Venue) -> str:
    return "" if venue.is_in_use else "no longer used"


def dates_table(
    events: Sequence[Event], now: datetime.datetime, caption: str = "Dates", *, has_course: bool = True
) -> Table:
    """Dates loaded by `with_details`; what should be seen to stands in the row, and the row is marked."""
    labels = ["When", *(["Course"] if has_course else []), "Where", "Trainers", "Booked", "State"]
    clashes = clashes_of(events)
    sentences = [_to_see_to(event, now, clashes) for event in events]
    rows = [_date_row(event, sentence, has_course) for event, sentence in zip(events, sentences, strict=True)]
    marked = frozenset(number for number, sentence in enumerate(sentences) if sentence)
    return Table(caption, [Column(label) for label in labels], rows, is_caption_hidden=True, marked=marked)


def _to_see_to(event: Event, now: datetime.datetime, clashes: Clashes) -> str:
    is_over = event.ends_at is not None and event.ends_at <= now
    if is_over or event.standing == Event.Standing.CANCELLED:
        return ""
    reasons = reasons_not_publishable(event, now, clashes)
    return " ".join(reason.sentence for reason in reasons if reason.code != "old_version")


def _date_row(event: Event, sentence: str, has_course: bool) -> list[object]:
    url = reverse("desk:date", args=[event.reference])
    offered = event.places_offered
    booked = str(event.places_held) if offered is None else of(event.places_held, offered)
    where = place_words(event)
    return [
        Cell(span_words(event), url=url, hint=event.reference),
        *([Cell(event.version.title, hint=sentence), where] if has_course else [Cell(where, hint=sentence)]),
        trainer_words(event) or "–",
        booked.replace(" ", "\u00a0"),
        Cell(event.get_standing_display(), tag=EVENT_TAGS[Event.Standing(event.standing)]),
    ]


def trainer_words(event: Event) -> str:
    """ "Dana Whitlock, Sam Okoro (asked)"."""
    teachings = [teaching for session in event.sessions.all() for teaching in session.teachings.all()]
    confirmed = dict.fromkeys(t.person.name for t in teachings if t.status == Teaching.Status.CONFIRMED)
    asked = dict.fromkeys(t.person.name for t in teachings if t.status == Teaching.Status.PROPOSED)
    return ", ".join([*confirmed, *(f"{name} (asked)" for name in asked if name not in confirmed)])


def synonyms_table(synonyms: Iterable[Synonym]) -> Table:
    """Each leads to the page that changes or removes it."""
    page = reverse("desk:synonym-change")
    rows: list[list[object]] = [
        [Cell(one.term, url=f"{page}?{urlencode({'term': one.term, 'meaning': one.meaning})}"), one.meaning]
        for one in synonyms
    ]
    columns = [Column("What people type"), Column("What they mean")]
    return Table("Search words", columns, rows, is_caption_hidden=True)
