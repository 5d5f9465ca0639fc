"""Who teaches from what, and who has not said yet that they use the current version."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from training.catalogue.models import Course, Event, MaterialConfirmation, MaterialVersion, Teaching
from training.people.models import Person
from training.web.reasons import Reason
from training.web.when import london_day
from training.web.words import day

# How long before a date an unconfirmed deck is a problem of that date, whatever the day it was asked by.
SOON = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Unconfirmed:
    """A trainer who has not confirmed the current materials of a course that they teach next on `next_at`."""

    person: Person
    course: Course
    title: str
    versions: list[MaterialVersion]
    next_at: datetime.datetime

    @property
    def due_on(self) -> datetime.date:
        """The first day by which an answer was asked for."""
        return min(version.confirm_by for version in self.versions if version.confirm_by)

    def is_pressing(self, now: datetime.datetime) -> bool:
        return self.due_on < london_day(now) or self.next_at - now < SOON


def teachers_of(course: Course, now: datetime.datetime) -> list[Person]:
    """Asked or confirmed for a date of this course that is not over and not cancelled, by name."""
    rows = _teaching(now).filter(session__event__version__course=course)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("name", "pk"))


def _teaching(now: datetime.datetime) -> "models.QuerySet[Teaching]":
    return Teaching.objects.live().of_dates_that_run().to_come(now)


def unconfirmed_by(person: Person, now: datetime.datetime) -> list[MaterialVersion]:
    """What this trainer is asked to confirm, by course and title."""
    return [version for one in unconfirmed(now, person=person) for version in one.versions]


def unconfirmed(
    now: datetime.datetime, *, course: Course | None = None, person: Person | None = None
) -> list[Unconfirmed]:
    """By trainer and course, whoever teaches next first: of all courses, of one, or of one trainer. Three queries."""
    asked = _asked(course)
    if not asked:
        return []
    rows = _teaching(now).filter(session__event__version__course__in=asked)
    if person is not None:
        rows = rows.filter(person=person)
    rows = rows.select_related("person", "session__event__version__course").order_by("session__starts_at", "pk")
    done = set(
        MaterialConfirmation.objects.filter(
            version__in=[version for versions in asked.values() for version in versions]
        ).values_list("version_id", "person_id")
    )
    found: dict[tuple[int, int], Unconfirmed] = {}
    for teaching in rows:
        held = teaching.session.event.version
        lacking = [one for one in asked[held.course_id] if (one.pk, teaching.person_id) not in done]
        key = (teaching.person_id, held.course_id)
        if lacking and key not in found:
            found[key] = Unconfirmed(teaching.person, held.course, held.title, lacking, teaching.session.starts_at)
    return list(found.values())


def _asked(course: Course | None) -> dict[int, list[MaterialVersion]]:
    """Current versions that trainers are asked to confirm, by course."""
    rows = MaterialVersion.objects.current().filter(confirm_by__isnull=False).select_related("material__course")
    if course is not None:
        rows = rows.filter(material__course=course)
    found: dict[int, list[MaterialVersion]] = defaultdict(list)
    for version in rows.order_by("material__title", "pk"):
        found[version.material.course_id].append(version)
    return found


def reasons_of_materials(event: Event, now: datetime.datetime) -> list[Reason]:
    """Warnings for the page of a date: who of its trainers has not confirmed the current materials."""
    theirs = {teaching.person_id for session in event.sessions.all() for teaching in session.teachings.all()}
    rows = [one for one in unconfirmed(now, course=event.version.course) if one.person.pk in theirs]
    return [
        Reason(
            "materials_unconfirmed",
            f"{one.person.name} has not confirmed the current materials ({_titles(one.versions)}).",
            f"They are asked to by {day(one.due_on)}. Ring them, and confirm for them.",
            blocking=False,
        )
        for one in rows
    ]


def _titles(versions: Iterable[MaterialVersion]) -> str:
    return ", ".join(f"{version.material.title}, version {version.number}" for version in versions)
