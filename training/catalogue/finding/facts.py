"""What the facets need to know of every course that fits the words: two queries, however many courses."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db import connection

from training.catalogue.finding.open_dates import OPEN, open_values
from training.catalogue.finding.text import Asked
from training.catalogue.finding.wanted import Choices, Wanted, level_key
from training.catalogue.models import Course

# What a course is to the facets, as pairs such as ("mode", "virtual"): the same set for courses that are alike.
Values = frozenset[tuple[str, Hashable]]
# By mode: the first date that fits, in seconds since 1970, and the most places left on one; in one's own time, None.
FirstDates = dict[str, tuple[int | None, int | None]]
NOTHING: FirstDates = {}


@dataclass(frozen=True)
class CourseFacts:
    pk: int
    title: str
    rank: float
    values: Values
    first_dates: FirstDates

    def first_date(self, modes: frozenset[Hashable]) -> int | None:
        """The soonest date, among these modes if any are given."""
        dates = [at for mode, (at, _) in self.first_dates.items() if at and (not modes or mode in modes)]
        return min(dates, default=None)

    def most_places(self, modes: frozenset[Hashable]) -> int:
        """Left on one date, among these modes if any are given."""
        places = [left for mode, (_, left) in self.first_dates.items() if left and (not modes or mode in modes)]
        return max(places, default=0)


def load_facts(query: Asked | None, wanted: Wanted, choices: Choices, *, now: datetime.datetime) -> list[CourseFacts]:
    """The published courses that fit the words and, if dates are asked for, have one; facets are not applied."""
    rows = _courses(query)
    dates = _first_dates([row[0] for row in rows] if query else None, wanted, now)
    values_of = cache(partial(_values, {framework.pk: level_key(framework) for framework in choices.frameworks}))
    return [
        CourseFacts(
            pk,
            title,
            rank,
            values_of(tuple(dates.get(pk, (usual_mode,))), remit, tuple(priorities), tuple(map(tuple, levels))),
            dates.get(pk, NOTHING),
        )
        for pk, title, rank, remit, usual_mode, priorities, levels in rows
        if pk in dates or not wanted.asks_for_dates
    ]


def _values(
    keys: dict[int, str],
    modes: tuple[str, ...],
    remit: str,
    priorities: tuple[int, ...],
    levels: tuple[tuple[int, int, int], ...],
) -> Values:
    rungs = [(keys[on], rung) for on, low, high in levels if on in keys for rung in range(low, high + 1)]
    pairs = [("remit", remit), *(("mode", mode) for mode in modes), *(("priority", one) for one in priorities)]
    return frozenset([*pairs, *rungs])


# Statements spelt out, here, in `open_dates` and in `rows`: every new search runs each of them, and to put them
# together takes the ORM longer than it takes PostgreSQL to answer.
_COURSES = """
    SELECT course.id, version.title, {rank}, course.remit, course.usual_mode,
           ARRAY(SELECT priority_id FROM catalogue_course_priorities WHERE course_id = course.id),
           ARRAY(SELECT ARRAY[framework_id, lowest, highest] FROM catalogue_courselevel WHERE version_id = version.id)
    FROM catalogue_course course JOIN catalogue_courseversion version ON version.course_id = course.id, {asked}
    WHERE course.id IN ({in_catalogue}) AND version.is_current AND {fits}
"""


def _courses(query: Asked | None) -> list[tuple[Any, ...]]:
    shown, values = _in_catalogue()
    parts = {"in_catalogue": shown, "rank": "0.0::float4", "asked": "(SELECT) asked", "fits": "true"}
    if query is not None:
        parts |= {
            "rank": "ts_rank(course.search, asked.words)",
            "asked": f"(SELECT {query.sql} AS words) asked",
            "fits": "course.search @@ asked.words",
        }
    with connection.cursor() as cursor:
        cursor.execute(_COURSES.format(**parts), [*(query.words if query else ()), *values])
        return list(cursor.fetchall())


@cache
def _in_catalogue() -> tuple[str, tuple[Any, ...]]:
    """Which courses are shown, as the model says it."""
    sql, values = Course.objects.in_catalogue().order_by().values("pk").query.sql_with_params()
    return sql, tuple(values)


_FIRST_DATES = f"""
    SELECT version.course_id, event.mode, extract(epoch FROM min(event.starts_at))::bigint,
           max(event.places_offered - event.places_held)
    FROM catalogue_event event JOIN catalogue_courseversion version ON version.id = event.version_id
    WHERE (%(courses)s::bigint[] IS NULL OR version.course_id = ANY(%(courses)s)) AND {OPEN}
    GROUP BY version.course_id, event.mode
"""  # noqa: S608 - nothing in it comes from outside


def _first_dates(course_ids: list[int] | None, wanted: Wanted, now: datetime.datetime) -> dict[int, FirstDates]:
    """Of the courses that fit the words alone: a catalogue has tens of thousands of dates."""
    found: dict[int, FirstDates] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_DATES, {"courses": course_ids, **open_values(wanted, now=now)})
        for course_id, mode, first, left in cursor.fetchall():
            found.setdefault(course_id, {})[mode] = first, left
    return found
