"""Does the programme meet the need? Asked for and not planned, planned and not asked for, planned and not put on."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from training.catalogue.models import Course, Event
from training.governance.models import Priority, Recommendation
from training.programme.actions.planning import quarters_of
from training.programme.models import NeedAnswer, Programme, TrainingNeed
from training.web.periods import Period

Key = tuple[int, datetime.date]


@dataclass(frozen=True)
class PriorityRow:
    """A priority of a year, and the planned courses that answer it with how many dates they have that year."""

    priority: Priority
    year: int
    courses: list[Course]
    events: int

    @property
    def is_met(self) -> bool:
        return self.events > 0


@dataclass(frozen=True)
class Gap:
    """A course in a quarter: so many planned, so many scheduled."""

    course: Course
    quarter: Period
    planned: int
    scheduled: int

    @property
    def missing(self) -> int:
        return max(0, self.planned - self.scheduled)


@dataclass(frozen=True)
class Coverage:
    priorities: list[PriorityRow]
    recommendations: list[Recommendation]  # open, and no course answers them
    needs: list[TrainingNeed]  # open, and no course answers them
    answering_none: list[Course]  # planned, and for no priority of the programme nor any need
    gaps: list[Gap]  # planned and not scheduled, in quarters that are near
    unplanned: list[Gap]  # scheduled, and not in the plan of that quarter


def coverage_of(programme: Programme, today: datetime.date) -> Coverage:
    """In eight queries, however long the plan is. Gaps are those of the current quarter and the next."""
    planned: dict[Key, int] = {}
    courses: dict[int, Course] = {}
    for row in programme.planned.select_related("course").prefetch_related("course__priorities", "course__versions"):
        courses[row.course_id] = row.course
        planned[(row.course_id, row.quarter_starts_on)] = row.events
    scheduled = scheduled_of(programme)
    courses |= _others(scheduled, courses)
    quarters = quarters_of(programme)
    return Coverage(
        priorities=_priorities(programme, planned, courses, quarters),
        recommendations=list(_unanswered_recommendations()),
        needs=list(TrainingNeed.objects.unanswered().select_related("priority", "agency", "recommendation__review")),
        answering_none=_answering_none(programme, planned, courses),
        gaps=_gaps(planned, scheduled, courses, _near(quarters, today)),
        unplanned=[
            Gap(courses[key[0]], quarter, 0, number)
            for quarter in _near(quarters, today)
            for key, number in sorted(scheduled.items())
            if key[1] == quarter.starts_on and not planned.get(key)
        ],
    )


def scheduled_of(programme: Programme) -> dict[Key, int]:
    """Dates that are drafts or open, by course and quarter's first day. E-learning has no date, so no quarter."""
    counts: dict[Key, int] = defaultdict(int)
    quarters = quarters_of(programme)
    rows = Event.objects.not_cancelled().filter(
        starts_at__date__gte=programme.period.lower, starts_at__date__lt=programme.period.upper
    )
    grouped = rows.values_list("version__course", "starts_at__date").annotate(Count("pk")).order_by()
    for course, day, number in grouped:
        quarter = next(one for one in quarters if one.starts_on <= day < one.ends_on)
        counts[(course, quarter.starts_on)] += number
    return dict(counts)


def _others(scheduled: dict[Key, int], known: dict[int, Course]) -> dict[int, Course]:
    missing = {course for course, _ in scheduled} - known.keys()
    return Course.objects.prefetch_related("priorities", "versions").in_bulk(missing)


def _priorities(
    programme: Programme, planned: dict[Key, int], courses: dict[int, Course], quarters: list[Period]
) -> list[PriorityRow]:
    by_need = _courses_by_priority_of_needs()
    rows = []
    for one in programme.year_priorities.select_related("priority").order_by("year", "priority__name"):
        days = {period.starts_on for period in quarters if period.year == one.year}
        events: dict[int, int] = defaultdict(int)
        for (course_id, day), number in planned.items():
            answers = one.priority_id in {
                p.pk for p in courses[course_id].priorities.all()
            } or course_id in by_need.get(one.priority_id, set())
            if day in days and number and answers:
                events[course_id] += number
        found = sorted((courses[pk] for pk in events), key=lambda course: course.code)
        rows.append(PriorityRow(one.priority, one.year, found, sum(events.values())))
    return rows


def _courses_by_priority_of_needs() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = NeedAnswer.objects.filter(need__priority__isnull=False).values_list("need__priority", "course")
    for priority, course in rows:
        found[priority].add(course)
    return found


def _unanswered_recommendations() -> Iterable[Recommendation]:
    rows = Recommendation.objects.open().exclude(needs__answers__isnull=False)
    return rows.select_related("review", "owner").order_by("due_on", "review", "number")


def _answering_none(programme: Programme, planned: dict[Key, int], courses: dict[int, Course]) -> list[Course]:
    wanted = set(programme.year_priorities.values_list("priority", flat=True))
    answering = set(NeedAnswer.objects.values_list("course", flat=True))
    ids = {course for (course, _), number in planned.items() if number}
    found = [
        courses[pk]
        for pk in ids
        if pk not in answering and not wanted & {priority.pk for priority in courses[pk].priorities.all()}
    ]
    return sorted(found, key=lambda course: course.code)


def _near(quarters: list[Period], today: datetime.date) -> list[Period]:
    """The one that runs and the next: what is over can no longer be put on."""
    return [period for period in quarters if period.ends_on > today][:2]


def _gaps(
    planned: dict[Key, int], scheduled: dict[Key, int], courses: dict[int, Course], quarters: list[Period]
) -> list[Gap]:
    return [
        Gap(courses[course], quarter, number, scheduled.get((course, day), 0))
        for quarter in quarters
        for (course, day), number in sorted(planned.items(), key=lambda item: courses[item[0][0]].code)
        if day == quarter.starts_on and scheduled.get((course, day), 0) < number
    ]


def courses_asked_for() -> dict[int, int]:
    """How many people wait to be told of a course's next date, by course."""
    rows = Course.objects.annotate(
        asked=Count("demand", filter=Q(demand__withdrawn_at=None, demand__told_at=None))
    ).filter(asked__gt=0)
    return dict(rows.values_list("pk", "asked"))
