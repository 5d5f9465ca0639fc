"""What the facets need to know of every course that fits the words: two queries, however many courses."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, IntegerField, Min, OuterRef, Q, QuerySet, Value

from training.catalogue.finding.wanted import Choices, Wanted, level_key
from training.catalogue.models import Course, CourseLevel, DeliveryMode, Event
from training.web.when import LONDON

# By mode, the first date that fits; a date in one's own time is None.
FirstDates = dict[str, datetime.datetime | None]


@dataclass(frozen=True)
class CourseFacts:
    pk: int
    title: str
    rank: float
    values: dict[str, frozenset[Hashable]]
    first_dates: FirstDates

    def first_date(self, modes: frozenset[Hashable]) -> datetime.datetime | None:
        """The soonest date, among these modes if any are given."""
        dates = [at for mode, at in self.first_dates.items() if at and (not modes or mode in modes)]
        return min(dates, default=None)


def load_facts(
    query: SearchQuery | None, wanted: Wanted, choices: Choices, *, now: datetime.datetime
) -> list[CourseFacts]:
    """The published courses that fit the words and, if dates are asked for, have one; facets are not applied."""
    dates = _first_dates(query, wanted, now)
    keys = {framework.pk: level_key(framework) for framework in choices.frameworks}
    facts = []
    for pk, title, rank, remit, usual_mode, priorities, levels in _rows(query):
        first_dates = dates.get(pk, {})
        if wanted.asks_for_dates and not first_dates:
            continue
        values = {
            "mode": frozenset(first_dates or [usual_mode]),
            "remit": frozenset([remit]),
            "priority": frozenset(priorities),
            **{keys[on]: frozenset(range(lowest, highest + 1)) for on, lowest, highest in levels if on in keys},
        }
        facts.append(CourseFacts(pk, title, rank, values, first_dates))
    return facts


def dates_to_come(wanted: Wanted, *, now: datetime.datetime) -> "QuerySet[Event]":
    """Published dates not begun yet, within the days and with the places asked for, in any mode."""
    dates = Event.objects.published().to_come(now)
    if wanted.first_day:
        dates = dates.filter(starts_at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        dates = dates.filter(starts_at__lt=_midnight(wanted.last_day + datetime.timedelta(days=1)))
    if wanted.only_with_places:
        dates = dates.filter(Q(mode=DeliveryMode.E_LEARNING) | Q(places_offered__gt=F("places_held")))
    return dates


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)


def _first_dates(query: SearchQuery | None, wanted: Wanted, now: datetime.datetime) -> dict[int, FirstDates]:
    """Of the courses that fit the words alone: a catalogue has tens of thousands of dates."""
    found: dict[int, FirstDates] = {}
    dates = dates_to_come(wanted, now=now)
    if query is not None:
        dates = dates.filter(version__course__in=Course.objects.in_catalogue().filter(search=query).values("pk"))
    rows = dates.values_list("version__course_id", "mode").annotate(first=Min("starts_at"))
    for course_id, mode, first in rows.order_by():
        found.setdefault(course_id, {})[mode] = first
    return found


def _rows(
    query: SearchQuery | None,
) -> "QuerySet[Course, tuple[int, str, float, str, str, list[int], list[list[int]]]]":
    courses = Course.objects.in_catalogue().filter(versions__is_current=True)
    if query is not None:
        courses = courses.filter(search=query)
    level = Func(
        "framework_id", "lowest", "highest", template="ARRAY[%(expressions)s]", output_field=ArrayField(IntegerField())
    )
    levels = CourseLevel.objects.filter(version=OuterRef("versions__pk")).order_by().values_list(level)
    priorities = Course.priorities.through.objects.filter(course=OuterRef("pk")).values("priority_id")
    return courses.annotate(
        title=F("versions__title"),
        rank=Value(0.0) if query is None else SearchRank(F("search"), query),
        priority_ids=ArraySubquery(priorities),
        levels=ArraySubquery(levels),
    ).values_list("pk", "title", "rank", "remit", "usual_mode", "priority_ids", "levels")
