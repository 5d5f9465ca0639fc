"""What falls due for real people: their rows fetched in a fixed number of queries, the next date beside each."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from training.catalogue.models import Course, CourseLevel, CourseVersion, Event
from training.people.models import Employment, User
from training.record.due import Done, Due, Post, Rule, falls_due, rule_of
from training.record.models import Achievement, RefresherRule
from training.web.when import london_day

# The longest that a refresher has lain back, whatever the rule.
LONGEST_AGO = datetime.timedelta(days=365 * 12)
# Dates looked at for one to book; more are not open at a time.
DATES = 1000


@dataclass(frozen=True)
class DueRow:
    """One thing due for one person at work; `event` is the next date to book, if there is any."""

    employment: Employment
    due: Due
    event: Event | None


def due_of(employments: Sequence[Employment], *, user: User, now: datetime.datetime) -> list[DueRow]:
    """For each person once, by all the posts given of theirs; the rows in order of the day."""
    return _due_by(employments, Achievement.objects.visible_to(user), now)


def due_of_each(employments: Sequence[Employment], *, now: datetime.datetime) -> list[DueRow]:
    """The same for a message to each of them that tells them of themselves alone."""
    return _due_by(employments, Achievement.objects.all(), now)


def _due_by(
    employments: Sequence[Employment], achievements: "QuerySet[Achievement]", now: datetime.datetime
) -> list[DueRow]:
    rules, today = [rule_of(row) for row in RefresherRule.objects.in_force()], london_day(now)
    if not rules or not employments:
        return []
    posts: dict[int, list[Employment]] = defaultdict(list)
    for work in employments:
        posts[work.person_id].append(work)
    done = done_of(achievements.filter(person_id__in=list(posts)))
    rows = [
        (works[0], due)
        for person_id, works in posts.items()
        for due in falls_due(rules, done[person_id], [_post(work) for work in works], today)
    ]
    dates = _next_dates({due.rule for _, due in rows}, now)
    found = [DueRow(work, due, dates.get(due.rule.key)) for work, due in rows]
    return sorted(found, key=lambda row: (row.due.on, row.employment.person.name, row.due.rule.name))


def refreshers_due(user: User, today: datetime.date, *, until: datetime.date) -> Iterator[tuple[int, int, Due]]:
    """Course, person and what falls due again before `until`, of the people whom this user may list.

    The course is the first of those that the rule names; a rule that names none is answered by so many that it asks
    for no particular date. In a fixed number of queries, and without a row for each person.
    """
    rows = [row for row in RefresherRule.objects.in_force() if row.every_months and row.courses.all()]
    rules = [rule_of(row) for row in rows]
    named = {row.pk: min(row.courses.all(), key=lambda course: course.code).pk for row in rows}
    if not rules:
        return
    done = done_of(Achievement.objects.visible_to(user).filter(on__gte=today - LONGEST_AGO))
    posts: dict[int, list[Post]] = defaultdict(list)
    works = Employment.objects.visible_to(user).not_refused().on(today).filter(person__in=list(done))
    for person_id, sector, job_title, period in works.values_list("person", "agency__sector", "job_title", "period"):
        posts[person_id].append(Post(sector, job_title, period.lower))
    for person_id, held in posts.items():
        for due in falls_due(rules, done[person_id], held, today, until - today):
            if due.last_on is not None and due.on < until:
                yield named[due.rule.key], person_id, due


def days_overdue(version: CourseVersion, persons: Sequence[int], today: datetime.date) -> dict[int, int]:
    """For how many days a refresher that this course answers is overdue, of those persons of whom one is."""
    rungs = _rungs([version.pk])[version.pk]
    rules = [
        rule for row in RefresherRule.objects.in_force() if (rule := rule_of(row)).counts(version.course_id, rungs)
    ]
    if not rules or not persons:
        return {}
    done = done_of(Achievement.objects.filter(person_id__in=persons, on__gte=today - LONGEST_AGO))
    posts: dict[int, list[Post]] = defaultdict(list)
    works = Employment.objects.not_refused().on(today).filter(person__in=persons).select_related("agency")
    for work in works:
        posts[work.person_id].append(_post(work))
    found = {pk: falls_due(rules, done[pk], held, today) for pk, held in posts.items()}
    return {pk: (today - due[0].on).days for pk, due in found.items() if due and due[0].is_overdue(today)}


def _post(work: Employment) -> Post:
    return Post(work.agency.sector, work.job_title, work.first_day)


def done_of(rows: "QuerySet[Achievement]") -> dict[int, list[Done]]:
    """What each person did, by their id, in two queries."""
    found = list(rows.values_list("person_id", "version_id", "version__course_id", "on"))
    rungs = _rungs({version_id for _, version_id, _, _ in found})
    done: dict[int, list[Done]] = defaultdict(list)
    for person_id, version_id, course_id, on in found:
        done[person_id].append(Done(course_id, on, rungs[version_id]))
    return done


def _rungs(version_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """The highest rung of each version, by framework."""
    rungs: dict[int, dict[int, int]] = defaultdict(dict)
    for level in CourseLevel.objects.filter(version_id__in=list(version_ids)):
        rungs[level.version_id][level.framework_id] = level.highest
    return rungs


def _next_dates(rules: Iterable[Rule], now: datetime.datetime) -> dict[int, Event]:
    """For each rule the next thing to book: its own courses before others that count, places left before full ones.

    What is done in one's own time can begin today, so it comes first.
    """
    wanted = list(rules)
    if not wanted:
        return {}
    rows = Event.objects.open_for_booking(now).filter(version__course__in=Course.objects.in_catalogue())
    rows = rows.exclude(version__course__kind=Course.Kind.CLOSED).select_related("version__course")
    events = list(rows.order_by(F("starts_at").asc(nulls_first=True), "pk")[:DATES])
    events.sort(key=lambda event: event.places_left == 0)  # stable: the order of days stays within each
    rungs = _rungs({event.version_id for event in events})
    found: dict[int, Event] = {}
    for rule in wanted:
        fits = [one for one in events if rule.counts(one.version.course_id, rungs[one.version_id])]
        named = [one for one in fits if one.version.course_id in rule.course_ids]
        if fits:
            found[rule.key] = (named or fits)[0]
    return found
