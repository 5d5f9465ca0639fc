"""What falls due: a pure function of what was done, the rules, where somebody works and today."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from training.record.models import RefresherRule

# Shown this long before it falls due: time enough to find a date.
AHEAD = datetime.timedelta(days=183)


@dataclass(frozen=True)
class Rule:
    """A refresher rule without its row: see `RefresherRule` for what each field means."""

    key: int
    name: str
    course_ids: frozenset[int] = frozenset()
    # Courses that count as one of them; they are not what is offered.
    equal_ids: frozenset[int] = frozenset()
    framework_id: int | None = None
    lowest: int = 0
    sectors: frozenset[str] = frozenset()
    job_words: tuple[str, ...] = ()
    first_within_days: int | None = None
    every_months: int | None = None
    effective_from: datetime.date = datetime.date.min
    source: str = ""

    def counts(self, course_id: int, rungs: dict[int, int]) -> bool:
        """Whether a course, with its highest rung by framework, is what this rule asks for."""
        if course_id in self.course_ids or course_id in self.equal_ids:
            return True
        return self.framework_id is not None and rungs.get(self.framework_id, 0) >= self.lowest

    def concerns(self, post: "Post") -> bool:
        if self.sectors and post.sector not in self.sectors:
            return False
        job = post.job_title.casefold()
        return not self.job_words or any(word.casefold() in job for word in self.job_words)


@dataclass(frozen=True)
class Post:
    """Where somebody works, and since when."""

    sector: str
    job_title: str
    since: datetime.date


@dataclass(frozen=True)
class Done:
    """One thing that somebody did; `rungs` is the highest by framework."""

    course_id: int
    on: datetime.date
    rungs: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Due:
    rule: Rule
    on: datetime.date
    last_on: datetime.date | None

    def is_overdue(self, today: datetime.date) -> bool:
        return self.on < today


def falls_due(
    rules: Iterable[Rule],
    done: Sequence[Done],
    posts: Sequence[Post],
    today: datetime.date,
    ahead: datetime.timedelta = AHEAD,
) -> list[Due]:
    """Overdue, or due within half a year; the earliest first. A rule that no post is concerned by asks nothing."""
    found = [due for rule in rules if (due := _due(rule, done, posts)) and due.on <= today + ahead]
    return sorted(found, key=lambda due: (due.on, due.rule.name))


def _due(rule: Rule, done: Sequence[Done], posts: Sequence[Post]) -> Due | None:
    concerned = [post for post in posts if rule.concerns(post)]
    if not concerned:
        return None
    days = [one.on for one in done if rule.counts(one.course_id, one.rungs)]
    if not days:
        if rule.first_within_days is None:
            return None
        since = min(max(post.since, rule.effective_from) for post in concerned)
        return Due(rule, since + datetime.timedelta(days=rule.first_within_days), None)
    last = max(days)
    return Due(rule, months_after(last, rule.every_months), last) if rule.every_months else None


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def rule_of(row: RefresherRule) -> Rule:
    """The row must come out of `in_force`."""
    courses = list(row.courses.all())
    return Rule(
        key=row.pk,
        name=row.name,
        course_ids=frozenset(course.pk for course in courses),
        equal_ids=frozenset(other.course_id for course in courses for other in course.counted_by.all()),
        framework_id=row.framework_id,
        lowest=row.lowest or 0,
        sectors=frozenset(row.sectors),
        job_words=tuple(row.job_words),
        first_within_days=row.first_within_days,
        every_months=row.every_months,
        effective_from=row.effective_from,
        source=row.source,
    )
