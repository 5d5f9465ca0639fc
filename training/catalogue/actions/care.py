"""Keeping what courses teach right: who answers for it, the guidance it goes by, and its reviews."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Course, CourseCare, CourseReview, Guidance
from training.people.models import Person, User
from training.web.when import london_day
from training.web.words import full_day


@dataclass(frozen=True)
class Edition:
    """A document as its title page has it."""

    title: str
    edition: str
    issued_on: datetime.date
    link: str = ""


def care_of(course: Course) -> CourseCare:
    """Not written yet for a course that nobody has looked after."""
    return CourseCare.objects.filter(course=course).first() or CourseCare(course=course)


@transaction.atomic
def look_after(
    *,
    course: Course,
    owner: Person | None,
    guidance: Iterable[Guidance],
    review_due_on: datetime.date | None,
    revision: int,
    by: User,
) -> CourseCare:
    """Say who answers for a course, what it cites and when it is looked at next.

    Raises StaleError when somebody else did so since `revision` was read.
    """
    require_coordinator(by)
    care = _locked(course)
    if care.revision != revision:
        raise StaleError("course", revision=care.revision)
    if review_due_on != care.review_due_on:
        care.why_due = ""
    care.owner, care.review_due_on = owner, review_due_on
    care.revision += 1
    care.save()
    care.guidance.set(guidance)
    return care


def _locked(course: Course) -> CourseCare:
    """One row a course, made when it is needed; its course's lock keeps two from making it."""
    Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    return CourseCare.objects.get_or_create(course=course)[0]


@transaction.atomic
def record_review(
    *,
    course: Course,
    on: datetime.date,
    who: str,
    outcome: str,
    note: str,
    next_due_on: datetime.date,
    submission: uuid.UUID | None,
    by: User,
    now: datetime.datetime,
) -> CourseReview:
    """Somebody has looked at it; the next review's date is set. The same form again gives the first. CatalogueError."""
    recorder, care = require_coordinator(by), _locked(course)
    if submission and (earlier := CourseReview.objects.filter(submission=submission).first()):
        return earlier
    who, note = " ".join(who.split()), note.strip()
    if not who:
        raise CatalogueError("Enter who looked at it.", field="who")
    if on > london_day(now):
        raise CatalogueError("Enter a day that is not in the future.", field="on")
    if next_due_on <= max(on, london_day(now)):
        raise CatalogueError("Enter a day to come: then it is looked at again.", field="next_due_on")
    if outcome == CourseReview.Outcome.CHANGED and not note:
        raise CatalogueError("Enter what was changed.", field="note")
    care.review_due_on, care.why_due = next_due_on, ""
    care.revision += 1
    care.save()
    return CourseReview.objects.create(
        course=course,
        version=course.versions.get(is_current=True),
        on=on,
        who=who,
        outcome=outcome,
        note=note,
        next_due_on=next_due_on,
        recorded_by=recorder,
        recorded_at=now,
        submission=submission,
    )


@transaction.atomic
def add_guidance(
    *,
    edition: Edition,
    instead_of: Guidance | None = None,
    review_by: datetime.date | None = None,
    by: User,
    now: datetime.datetime,
) -> tuple[Guidance, list[Course]]:
    """A new edition. Every course that cites the one it takes the place of cites it too and is due for review by a day.

    Gives the courses concerned. The same edition again changes nothing. Raises CatalogueError.
    """
    require_coordinator(by)
    title, number = " ".join(edition.title.split()), " ".join(edition.edition.split())
    if held := Guidance.objects.filter(title=title, edition=number).first():
        if instead_of is None or instead_of.superseded_by_id == held.pk:
            return held, []
        raise CatalogueError(f"There is {held} already.", field="edition")
    old = Guidance.objects.select_for_update().get(pk=instead_of.pk) if instead_of else None
    if old and old.superseded_by_id:
        raise CatalogueError(f"{old} has been replaced already. Choose the edition in force.", field="instead_of")
    if old and (review_by is None or review_by <= london_day(now)):
        raise CatalogueError("Enter a day to come by which each course is looked at.", field="review_by")
    try:
        with transaction.atomic():
            new = Guidance.objects.create(title=title, edition=number, issued_on=edition.issued_on, link=edition.link)
    except IntegrityError:
        raise CatalogueError(f"There is {title} ({number}) already.", field="edition") from None
    return new, _replace(old, new, review_by, now) if old and review_by else []


def _replace(old: Guidance, new: Guidance, review_by: datetime.date, now: datetime.datetime) -> list[Course]:
    old.superseded_by, old.superseded_on = new, london_day(now)
    old.save(update_fields=["superseded_by", "superseded_on"])
    concerned = CourseCare.objects.select_for_update(of=("self",)).filter(guidance=old).order_by("pk")
    cares = list(concerned.exclude(course__standing=Course.Standing.WITHDRAWN).select_related("course"))
    for care in cares:
        care.guidance.add(new)
        care.revision += 1
        if care.review_due_on is None or care.review_due_on > review_by:
            care.review_due_on = review_by
            care.why_due = f"{new} took the place of {old} on {full_day(london_day(now))}."[:300]
        care.save()
    return [care.course for care in cares]
