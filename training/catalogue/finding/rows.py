"""What the pages print of courses and events, fetched with a fixed number of queries."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from training.catalogue.finding.dates import (
    DateLine,
    NextDates,
    date_line,
    next_dates,
    open_places_in_words,
    with_days,
)
from training.catalogue.finding.facts import dates_to_come
from training.catalogue.finding.wanted import Wanted
from training.catalogue.finding.wording import hours_in_words, modes_in_words, who_for
from training.catalogue.models import Course, CourseLevel, CourseVersion, Event, Session, Teaching


@dataclass(frozen=True)
class ListedDate:
    """A date in a list of courses. `places` and `is_full` are of the moment at which they were read."""

    pk: int
    url: str
    when: str
    mode: str
    places: str
    is_full: bool


@dataclass(frozen=True)
class CourseRow:
    """A course in a list of results, in words: nothing in it has to be looked up again but the places left."""

    url: str
    title: str
    who_for: str
    hours: str
    usual_mode: str
    dates: Sequence[ListedDate] = ()
    further: int = 0

    @property
    def modes(self) -> str:
        """How the dates shown are taught; without any, how the course usually is."""
        return modes_in_words({date.mode for date in self.dates} or {self.usual_mode})


def course_url(course: Course) -> str:
    return reverse("catalogue:course", args=[course.code])


def course_rows(course_ids: Sequence[int], wanted: Wanted, *, now: datetime.datetime) -> list[CourseRow]:
    """The rows of these courses in this order, with their next dates of the kind wanted: two queries."""
    if not course_ids:
        return []
    versions = CourseVersion.objects.filter(course__in=course_ids, is_current=True).select_related("course")
    by_course = {version.course_id: version for version in versions}
    dates = next_dates(dates_wanted(wanted, now=now), course_ids, now=now)
    shown = [by_course[course_id] for course_id in course_ids if course_id in by_course]
    return [_row(version, dates.get(version.course_id, NextDates())) for version in shown]


def _row(version: CourseVersion, dates: NextDates) -> CourseRow:
    course = version.course
    return CourseRow(
        url=course_url(course),
        title=version.title,
        who_for=who_for(course, version),
        hours=hours_in_words(version.hours),
        usual_mode=course.usual_mode,
        dates=[
            ListedDate(line.event.pk, line.url, line.when, line.event.mode, line.places, line.is_full)
            for line in dates.lines
        ],
        further=dates.further,
    )


# `Event.objects.published().to_come(now)` of these ids, spelt out: it is asked with every page of the catalogue, and to
# put it together anew takes the ORM twice as long as PostgreSQL to answer.
_AS_OF_NOW = """
    SELECT id, booking_opens_at, places_offered, places_held FROM catalogue_event
    WHERE id = ANY(%s) AND standing = 'published' AND (starts_at > %s OR mode = 'e_learning')
"""


def as_of_now(rows: Sequence[CourseRow], *, now: datetime.datetime) -> list[CourseRow]:
    """Rows read a while ago with their dates' places as they are now; a date no longer open is left out. One query."""
    ids = [date.pk for row in rows for date in row.dates]
    if not ids:
        return list(rows)
    with connection.cursor() as cursor:
        cursor.execute(_AS_OF_NOW, [ids, now])
        columns = cursor.fetchall()
    left = {pk: (opens, None if offered is None else max(0, offered - held)) for pk, opens, offered, held in columns}
    return [
        replace(row, dates=[_fresh(date, *left[date.pk], now) for date in row.dates if date.pk in left]) for row in rows
    ]


def _fresh(
    date: ListedDate, opens_at: datetime.datetime | None, left: int | None, now: datetime.datetime
) -> ListedDate:
    return replace(date, places=open_places_in_words(opens_at, left, now=now), is_full=left == 0)


def dates_wanted(wanted: Wanted, *, now: datetime.datetime) -> "QuerySet[Event]":
    dates = dates_to_come(wanted, now=now)
    modes = wanted.chosen.get("mode")
    return dates.filter(mode__in=[str(mode) for mode in modes]) if modes else dates


def current_version(code: str) -> CourseVersion | None:
    """What a published or withdrawn course says today, with its outcomes, levels and priorities."""
    return (
        CourseVersion.objects.filter(is_current=True, course__code__iexact=code)
        .exclude(course__standing=Course.Standing.DRAFT)
        .select_related("course")
        .prefetch_related("outcomes", _levels("levels"), "course__priorities")
        .first()
    )


def _levels(lookup: str) -> "Prefetch[str, QuerySet[CourseLevel], str]":
    return Prefetch(lookup, CourseLevel.objects.select_related("framework").order_by("framework_id"))


def date_lines(course: Course, *, now: datetime.datetime, besides: Event | None = None) -> list[DateLine]:
    """Every date of a course that is to come, soonest first, with its sessions and their venues."""
    dates = dates_to_come(Wanted(), now=now).filter(version__course=course)
    if besides is not None:
        dates = dates.exclude(pk=besides.pk)
    return [date_line(event, now=now) for event in with_days(with_sessions(dates)).order_by("starts_at", "pk")]


def with_sessions(events: "QuerySet[Event]") -> "QuerySet[Event]":
    return events.prefetch_related(Prefetch("sessions", Session.objects.select_related("venue")))


def trainer_names(event: Event) -> list[str]:
    """Who stands in the room, as far as they have agreed to it and to being named."""
    rows = Teaching.objects.filter(
        session__event=event, status=Teaching.Status.CONFIRMED, person__is_name_private=False
    ).order_by("session__position", "person__name")
    return list(dict.fromkeys(rows.values_list("person__name", flat=True)))
