"""A coordinator's verbs on what is done before a course, and on what counts as it."""

import itertools
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Course, Equivalence, Prerequisite, PrerequisiteOption
from training.people.models import User

MOST_ACCEPTED = 12
MOST_ASKED = 6


@transaction.atomic
def ask_first(*, course: Course, accepted: Sequence[Course], strength: str, by: User) -> Prerequisite:
    """Before this course somebody must, or should, have done any one of these. The same said again changes nothing.

    Raises CatalogueError for the course itself, for none or too many, and for a circle, which it names.
    """
    require_coordinator(by)
    locked = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    wanted = {one.pk: one for one in accepted}
    _check(locked, wanted)
    asked = list(locked.prerequisites.prefetch_related("options"))
    same = [one for one in asked if {option.course_id for option in one.options.all()} == set(wanted)]
    if same:
        return _with_strength(same[0], strength)
    if len(asked) >= MOST_ASKED:
        raise CatalogueError(f"A course asks for {MOST_ASKED} things first at most. Take one away.", field="accepted")
    try:
        with transaction.atomic():
            made = Prerequisite.objects.create(course=locked, strength=strength)
            for pk in sorted(wanted):
                PrerequisiteOption.objects.create(prerequisite=made, course=wanted[pk])
    except IntegrityError:
        _refuse_circle(locked, wanted)  # closed by somebody else after our look
        raise
    return made


def _check(course: Course, wanted: dict[int, Course]) -> None:
    if not wanted:
        raise CatalogueError("Enter the code of at least one course.", field="accepted")
    if len(wanted) > MOST_ACCEPTED:
        raise CatalogueError(f"Enter {MOST_ACCEPTED} courses at most.", field="accepted")
    if course.pk in wanted:
        raise CatalogueError(f"{course} cannot be done before itself. Take it out of the list.", field="accepted")
    _refuse_circle(course, wanted)


def _refuse_circle(course: Course, wanted: dict[int, Course]) -> None:
    for pk in sorted(wanted):
        if way := _way(pk, course.pk):
            names = [code for _, code in way]
            chain = ", ".join(f"{later} asks for {first} first" for later, first in itertools.pairwise(names))
            raise CatalogueError(
                f"{course} cannot ask for {wanted[pk]} first: {chain}. Nobody could start anywhere. "
                "Take one of them away.",
                field="accepted",
            )


def _way(start: int, goal: int) -> list[tuple[int, str]]:
    """The courses on the way from one to another along what each asks for first; empty when there is none."""
    asks: dict[int, list[tuple[int, str]]] = {}
    edges = PrerequisiteOption.objects.order_by("pk").values_list(
        "prerequisite__course_id", "course_id", "course__code"
    )
    for later, first, code in edges:
        asks.setdefault(later, []).append((first, code))
    queue, seen = [[(start, Course.objects.values_list("code", flat=True).get(pk=start))]], {start}
    while queue:
        way = queue.pop(0)
        if way[-1][0] == goal:
            return way
        nexts = [step for step in asks.get(way[-1][0], []) if step[0] not in seen]
        seen.update(pk for pk, _ in nexts)
        queue.extend([*way, step] for step in nexts)
    return []


def _with_strength(prerequisite: Prerequisite, strength: str) -> Prerequisite:
    if prerequisite.strength != strength:
        prerequisite.strength = strength
        prerequisite.save(update_fields=["strength"])
    return prerequisite


@transaction.atomic
def ask_no_longer(*, course: Course, reference: str, by: User) -> bool:
    """Take one away. Who was booked without it stays booked. A second click changes nothing."""
    require_coordinator(by)
    found = course.prerequisites.filter(reference=reference)
    deleted, _ = found.delete()
    return bool(deleted)


@transaction.atomic
def set_equivalents(*, course: Course, equivalents: Sequence[Course], by: User) -> None:
    """Exactly these count as this course from now on. Raises CatalogueError for the course itself."""
    require_coordinator(by)
    locked = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    wanted = {one.pk for one in equivalents}
    if locked.pk in wanted:
        raise CatalogueError(f"{locked} is itself: it need not count as itself.", field="equivalents")
    locked.counted_by.exclude(course_id__in=wanted).delete()
    there = set(locked.counted_by.values_list("course_id", flat=True))
    Equivalence.objects.bulk_create(Equivalence(course_id=pk, counts_as=locked) for pk in sorted(wanted - there))
