"""What pages say should be done before a course."""

from dataclasses import dataclass

from training.catalogue.models import Course, CourseVersion, Prerequisite


@dataclass(frozen=True)
class Known:
    """A course by its code and title; `is_public` where its page can be opened."""

    code: str
    title: str
    is_public: bool


@dataclass(frozen=True)
class AskedFirst:
    """One prerequisite: any one of `courses` is enough."""

    reference: str
    is_must: bool
    courses: list[Known]


def asked_first(course: Course) -> list[AskedFirst]:
    """What must be done before what should."""
    rows = Prerequisite.objects.filter(course=course).with_titles()
    found = [
        AskedFirst(row.reference, row.is_must, [known(option.course, option.title) for option in row.options.all()])
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_must)


def known(course: Course, title: str) -> Known:
    return Known(course.code, title, course.standing != Course.Standing.DRAFT)


def counts_as_this(course: Course) -> list[Known]:
    """Courses whose achievement counts as this one, by code."""
    rows = CourseVersion.objects.filter(is_current=True, course__equivalences__counts_as=course)
    return [known(row.course, row.title) for row in rows.select_related("course").order_by("course__code")]
