"""What should be done before a course, and which courses count as others."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from training.catalogue.models.course import Course, CourseVersion
from training.web.references import new_reference

NO_CIRCLE = "prerequisite_goes_in_no_circle"


class PrerequisiteQuerySet(models.QuerySet["Prerequisite"]):
    def with_titles(self) -> Self:
        """What each accepts, with the titles of today: three queries, or one where nothing is asked for."""
        current = models.Prefetch("course__versions", CourseVersion.objects.filter(is_current=True), to_attr="current")
        options = PrerequisiteOption.objects.select_related("course").prefetch_related(current).order_by("course__code")
        return self.prefetch_related(models.Prefetch("options", options))


@pghistory.track(model_name="PrerequisiteHistory")
class Prerequisite(models.Model):
    """Before `course` somebody must or should have done any one of its options, or what counts as one."""

    class Strength(models.TextChoices):
        MUST = "must", "Must be done first"
        SHOULD = "should", "Should be done first"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="prerequisites")
    strength = models.CharField(max_length=6, choices=Strength)

    objects = PrerequisiteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(strength__in=("must", "should")), name="prerequisite_strength_is_known")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="prerequisite_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__course_id__df=pgtrigger.F("new__course_id")),
                func="RAISE EXCEPTION 'a prerequisite stays with its course';",
            )
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.reference}"

    @property
    def is_must(self) -> bool:
        return self.strength == Prerequisite.Strength.MUST


@pghistory.track(model_name="PrerequisiteOptionHistory")
class PrerequisiteOption(models.Model):
    """One of the courses that a prerequisite accepts."""

    prerequisite = models.ForeignKey(Prerequisite, on_delete=models.CASCADE, related_name="options")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="asked_first_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prerequisite", "course"], name="prerequisite_accepts_a_course_once")
        ]
        triggers = [
            pgtrigger.Trigger(
                name=NO_CIRCLE,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("asking", "bigint")],
                # One lock for all: of two that would close a circle between them, the second sees what the first did.
                func=f"""
                    PERFORM pg_advisory_xact_lock(hashtext('{NO_CIRCLE}'));
                    SELECT course_id INTO asking FROM catalogue_prerequisite WHERE id = NEW.prerequisite_id;
                    IF EXISTS (
                        WITH RECURSIVE earlier (course_id) AS (
                            SELECT NEW.course_id
                            UNION
                            SELECT accepted.course_id FROM earlier
                            JOIN catalogue_prerequisite AS asks ON asks.course_id = earlier.course_id
                            JOIN catalogue_prerequisiteoption AS accepted ON accepted.prerequisite_id = asks.id
                        )
                        SELECT 1 FROM earlier WHERE course_id = asking
                    ) THEN
                        RAISE EXCEPTION 'courses ask for each other in a circle'
                            USING ERRCODE = 'check_violation', CONSTRAINT = '{NO_CIRCLE}';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - nothing in it comes from outside
            )
        ]

    def __str__(self) -> str:
        return f"{self.prerequisite}: {self.course}"

    @property
    def title(self) -> str:
        """The course's title of today; of options loaded by `with_titles`."""
        return next((version.title for version in vars(self.course)["current"]), self.course.code)


@pghistory.track(model_name="EquivalenceHistory")
class Equivalence(models.Model):
    """Whoever has done `course` counts as having done `counts_as`: one step, one way."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="equivalences")
    counts_as = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="counted_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "counts_as"], name="equivalence_once"),
            models.CheckConstraint(condition=~Q(course=F("counts_as")), name="equivalence_is_of_another_course"),
        ]

    def __str__(self) -> str:
        return f"{self.course} counts as {self.counts_as}"
