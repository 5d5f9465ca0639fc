"""What the pages print of courses and events, fetched with a fixed number of queries."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from training.catalogue.finding.dates import DateLine, date_line, days_in_words, open_places_in_words, with_days
from training.catalogue.finding.open_dates import OPEN, dates_to_come, open_values
from training.catalogue.finding.wanted import Wanted
from training.catalogue.finding.wording import WORKS_WITH, hours_in_words, modes_in_words
from training.catalogue.models import (
    Course,
    CourseLevel,
    CourseVersion,
    Equivalence,
    Event,
    Prerequisite,
    Remit,
    Session,
    Teaching,
)
from training.people.models import User

NEXT_DATES = 3


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


# A row a date, or one for a course without any.
_ROWS = f"""
    SELECT course.id, course.code, version.title, version.audience, course.remit, version.hours, course.usual_mode,
           next.id, next.reference, next.mode, next.starts_at, next.ends_at, days.number, days.first_ends_at,
           next.booking_opens_at, next.places_offered, next.places_held, next.in_all
    FROM catalogue_course course JOIN catalogue_courseversion version ON version.course_id = course.id
    LEFT JOIN LATERAL (
        SELECT event.id, event.reference, event.mode, event.starts_at, event.ends_at, event.booking_opens_at,
               event.places_offered, event.places_held, count(*) OVER () AS in_all
        FROM catalogue_event event JOIN catalogue_courseversion taught ON taught.id = event.version_id
        WHERE taught.course_id = course.id AND {OPEN} AND (%(modes)s::text[] IS NULL OR event.mode = ANY(%(modes)s))
        ORDER BY event.starts_at NULLS LAST, event.id LIMIT {NEXT_DATES}
    ) next ON true
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT (starts_at AT TIME ZONE 'Europe/London')::date) AS number,
               (array_agg(ends_at ORDER BY starts_at))[1] AS first_ends_at
        FROM catalogue_session WHERE event_id = next.id
    ) days ON true
    WHERE course.id = ANY(%(courses)s) AND version.is_current
    ORDER BY course.id, next.starts_at NULLS LAST, next.id
"""  # noqa: S608 - nothing in it comes from outside


def course_rows(course_ids: Sequence[int], wanted: Wanted, *, now: datetime.datetime) -> list[CourseRow]:
    """The rows of these courses in this order, with their next dates of the kind wanted: one query."""
    if not course_ids:
        return []
    modes = [str(mode) for mode in wanted.chosen.get("mode", ())] or None
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"courses": list(course_ids), "modes": modes, **open_values(wanted, now=now)})
        columns = cursor.fetchall()
    by_course = {pk: _row(list(rows), now) for pk, rows in groupby(columns, key=itemgetter(0))}
    return [by_course[course_id] for course_id in course_ids if course_id in by_course]


def _row(rows: list[tuple[Any, ...]], now: datetime.datetime) -> CourseRow:
    _, code, title, audience, remit, hours, usual_mode, *_, in_all = rows[0]
    dates = [_listed(*row[7:17], now=now) for row in rows if row[7]]
    return CourseRow(
        url=reverse("catalogue:course", args=[code]),
        title=title,
        who_for=audience or WORKS_WITH[Remit(remit)],
        hours=hours_in_words(hours),
        usual_mode=usual_mode,
        dates=dates,
        further=(in_all or 0) - len(dates),
    )


def _listed(
    pk: int,
    reference: str,
    mode: str,
    starts_at: datetime.datetime | None,
    ends_at: datetime.datetime | None,
    days: int,
    first_ends_at: datetime.datetime,
    opens_at: datetime.datetime | None,
    offered: int | None,
    held: int,
    *,
    now: datetime.datetime,
) -> ListedDate:
    left = None if offered is None else max(0, offered - held)
    return ListedDate(
        pk=pk,
        url=reverse("catalogue:event", args=[reference]),
        when=days_in_words(starts_at, ends_at, days, first_ends_at),
        mode=mode,
        places=open_places_in_words(opens_at, left, now=now),
        is_full=left == 0,
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


def current_version(code: str) -> CourseVersion | None:
    """What a published or withdrawn course says today, with its outcomes, levels and priorities.

    `asks_first` and `is_counted` say whether there are prerequisites and equivalents to fetch.
    """
    return (
        CourseVersion.objects.filter(is_current=True, course__code__iexact=code)
        .exclude(course__standing=Course.Standing.DRAFT)
        .select_related("course")
        .prefetch_related("outcomes", _levels("levels"), "course__priorities")
        .annotate(
            asks_first=Exists(Prerequisite.objects.filter(course=OuterRef("course"))),
            is_counted=Exists(Equivalence.objects.filter(counts_as=OuterRef("course"))),
        )
        .first()
    )


def _levels(lookup: str) -> "Prefetch[str, QuerySet[CourseLevel], str]":
    return Prefetch(lookup, CourseLevel.objects.select_related("framework").order_by("framework_id"))


def date_lines(
    course: Course, *, now: datetime.datetime, besides: Event | None = None, user: User | None = None
) -> list[DateLine]:
    """Every date of a course that is to come and that `user` may see, soonest first, with sessions and venues."""
    dates = dates_to_come(Wanted(), now=now).filter(version__course=course)
    if course.kind == Course.Kind.CLOSED:
        dates = dates.filter(pk__in=Event.objects.visible_to(user).values("pk"))
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
