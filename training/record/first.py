"""What somebody has not done yet of what a course asks for first."""

from collections.abc import Collection
from dataclasses import dataclass

from training.catalogue.finding.first import Known, known
from training.catalogue.models import Course, Equivalence, Prerequisite
from training.people.models import Person
from training.record.models import Achievement


@dataclass(frozen=True)
class NotDone:
    """One prerequisite that no achievement meets. Any of `course_ids` would; `courses` are those it names."""

    is_must: bool
    courses: list[Known]
    course_ids: frozenset[int]


def not_done_first(course: Course, person: Person) -> list[NotDone]:
    """One query for a course that asks for nothing; what must be done before what should."""
    asked = list(Prerequisite.objects.filter(course=course).with_titles())
    if not asked:
        return []
    accepted = {one.pk: {option.course_id for option in one.options.all()} for one in asked}
    counting = _counting(set().union(*accepted.values()))
    enough = {pk: frozenset().union(ids, *(counting.get(one, ()) for one in ids)) for pk, ids in accepted.items()}
    wanted = set().union(*enough.values())
    done = set(
        Achievement.objects.filter(person=person, version__course__in=wanted).values_list("version__course", flat=True)
    )
    missing = [
        NotDone(one.is_must, [known(option.course, option.title) for option in one.options.all()], enough[one.pk])
        for one in asked
        if not done & enough[one.pk]
    ]
    return sorted(missing, key=lambda one: not one.is_must)


def _counting(course_ids: Collection[int]) -> dict[int, set[int]]:
    """By course: those that count as it."""
    found: dict[int, set[int]] = {}
    for counts_as, course in Equivalence.objects.filter(counts_as__in=course_ids).values_list("counts_as", "course"):
        found.setdefault(counts_as, set()).add(course)
    return found
