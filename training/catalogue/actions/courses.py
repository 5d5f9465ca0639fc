"""A coordinator's verbs on courses. Words are corrected in place; a change of outcomes makes a new version."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.finding.indexing import index_courses
from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import Course, CourseLevel, CourseVersion, Event, LearningOutcome
from training.catalogue.plans import CourseText, Level
from training.catalogue.problems import reasons_course_not_publishable, reasons_course_not_withdrawable
from training.governance.models import Priority
from training.people.models import User
from training.web.reasons import as_sentence, blocking


@dataclass(frozen=True)
class CourseShape:
    """What a course is whatever its version says."""

    kind: str
    remit: str
    usual_mode: str
    lot_number: int | None = None
    priorities: Iterable[Priority] = field(default=())


@transaction.atomic
def add_course(
    *,
    code: str,
    shape: CourseShape,
    text: CourseText,
    outcomes: Sequence[str],
    levels: Iterable[Level] = (),
    by: User,
    now: datetime.datetime,
) -> CourseVersion:
    """A new course, as a draft, with its first version. Raises CatalogueError for a code that is taken."""
    require_coordinator(by)
    course = Course(code=code.strip().upper(), kind=shape.kind, remit=shape.remit, usual_mode=shape.usual_mode)
    course.lot_number = shape.lot_number
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError:
        raise CatalogueError(f"There is already a course with the code {course.code}.") from None
    course.priorities.set(shape.priorities)
    version = CourseVersion.objects.create(course=course, number=1, made_at=now, **vars(_tidy(text)))
    _write_outcomes(version, outcomes)
    _write_levels(version, levels)
    _index(course)
    return version


@transaction.atomic
def correct_course(
    *,
    course: Course,
    shape: CourseShape,
    text: CourseText,
    outcomes: Sequence[str],
    levels: Iterable[Level],
    revision: int,
    by: User,
) -> CourseVersion:
    """Put words right in the current version: every date that uses it shows them at once.

    An outcome may be reworded where it stands; one more or fewer is a new version (`revise_outcomes`).
    Raises StaleError when somebody else changed the course since `revision` was read.
    """
    require_coordinator(by)
    course, version = _lock(course, revision)
    if len(tidy_outcomes(outcomes)) != version.outcomes.count():
        raise CatalogueError("The number of outcomes has changed, which makes a new version. Save it as one.")
    _reshape(course, shape)
    for name, value in vars(_tidy(text)).items():
        setattr(version, name, value)
    version.save()
    for outcome, words in zip(version.outcomes.all(), tidy_outcomes(outcomes), strict=True):
        if outcome.text != words:
            outcome.text = words
            outcome.save(update_fields=["text"])
    _write_levels(version, levels)
    _index(course)
    return version


@transaction.atomic
def revise_outcomes(
    *,
    course: Course,
    shape: CourseShape,
    text: CourseText,
    outcomes: Sequence[str],
    levels: Iterable[Level],
    revision: int,
    moves_drafts: bool,
    by: User,
    now: datetime.datetime,
) -> CourseVersion:
    """A new version with these outcomes. Dates keep the version they were made with; with `moves_drafts`
    those that are still drafts go over to the new one."""
    require_coordinator(by)
    course, before = _lock(course, revision)
    _reshape(course, shape)
    before.is_current = False
    before.save(update_fields=["is_current"])
    version = CourseVersion.objects.create(course=course, number=before.number + 1, made_at=now, **vars(_tidy(text)))
    _write_outcomes(version, outcomes)
    _write_levels(version, levels)
    if moves_drafts:
        Event.objects.filter(version__course=course, standing=Event.Standing.DRAFT).update(version=version)
    _index(course)
    return version


@transaction.atomic
def publish_course(*, course: Course, by: User) -> Course:
    """Put a course into the catalogue, or back into it. A second click changes nothing."""
    require_coordinator(by)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.standing == Course.Standing.PUBLISHED:
        return locked
    if stops := blocking(reasons_course_not_publishable(locked)):
        raise CatalogueError(as_sentence(stops))
    locked.move_to(Course.Standing.PUBLISHED)
    forget_searches()
    return locked


@transaction.atomic
def withdraw_course(*, course: Course, by: User, now: datetime.datetime, running: Collection[int] = ()) -> Course:
    """Take a course out of the catalogue. Refused while dates to come are open, but for those that are let `running`.

    A second click changes nothing.
    """
    require_coordinator(by)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.standing == Course.Standing.WITHDRAWN:
        return locked
    if stops := blocking(reasons_course_not_withdrawable(locked, now, running)):
        raise CatalogueError(as_sentence(stops))
    locked.move_to(Course.Standing.WITHDRAWN)
    forget_searches()
    return locked


def tidy_outcomes(outcomes: Sequence[str]) -> list[str]:
    """One line each, single spaces, without empty ones."""
    tidy = [" ".join(text.split()) for text in outcomes]
    return [text for text in tidy if text]


def _lock(course: Course, revision: int) -> tuple[Course, CourseVersion]:
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.revision != revision:
        raise StaleError("course", revision=locked.revision)
    return locked, locked.versions.get(is_current=True)


def _reshape(course: Course, shape: CourseShape) -> None:
    course.kind, course.remit, course.usual_mode = shape.kind, shape.remit, shape.usual_mode
    course.lot_number = shape.lot_number
    course.revision += 1
    course.save(update_fields=["kind", "remit", "usual_mode", "lot_number", "revision"])
    course.priorities.set(shape.priorities)


def _tidy(text: CourseText) -> CourseText:
    title = " ".join(text.title.split())
    if not title:
        raise CatalogueError("Enter a title.")
    return replace(text, title=title)


def _write_outcomes(version: CourseVersion, outcomes: Sequence[str]) -> None:
    rows = [
        LearningOutcome(version=version, position=position, text=text)
        for position, text in enumerate(tidy_outcomes(outcomes), start=1)
    ]
    LearningOutcome.objects.bulk_create(rows)


def _write_levels(version: CourseVersion, levels: Iterable[Level]) -> None:
    version.levels.all().delete()
    CourseLevel.objects.bulk_create(CourseLevel(version=version, **vars(level)) for level in levels)


def _index(course: Course) -> None:
    index_courses([course.pk])
