"""The guidance that courses go by, and the reviews that keep their content right."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from training.catalogue.models.course import Course, CourseVersion
from training.people.models import Person
from training.web.references import new_reference


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    def in_force(self) -> Self:
        return self.filter(superseded_by=None)


@pghistory.track(model_name="GuidanceHistory")
class Guidance(models.Model):
    """One edition of a document that courses cite. A newer edition is a row of its own, which this one points to."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=60)
    issued_on = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    superseded_on = models.DateField(null=True, blank=True)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-issued_on", "pk"]
        verbose_name_plural = "guidance"
        constraints = [
            models.UniqueConstraint(fields=["title", "edition"], name="guidance_edition_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(edition=""), name="guidance_has_title_and_edition"),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True, superseded_on__isnull=True)
                | (Q(superseded_by__isnull=False, superseded_on__isnull=False) & ~Q(superseded_by=F("id"))),
                name="guidance_superseded_by_another_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"


class CourseCareQuerySet(models.QuerySet["CourseCare"]):
    def due(self, until: datetime.date) -> Self:
        """Of courses that are not withdrawn, the longest due first."""
        rows = self.filter(review_due_on__lte=until).exclude(course__standing=Course.Standing.WITHDRAWN)
        return rows.order_by("review_due_on", "course__code")


@pghistory.track(model_name="CourseCareHistory")
class CourseCare(models.Model):
    """Who answers for a course's content, what it goes by, and when it is looked at next and why."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="care")
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="courses_looked_after"
    )
    guidance = models.ManyToManyField(Guidance, blank=True, related_name="cited_by")
    review_due_on = models.DateField(null=True, blank=True)
    why_due = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = CourseCareQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Care of {self.course}"


@pghistory.track(model_name="CourseReviewHistory", exclude=["submission"])
class CourseReview(models.Model):
    """Somebody has looked at what a course teaches: who, when, and whether anything had to change."""

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", "Right as it is"
        CHANGED = "changed", "Changed"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    who = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.TextField(blank=True)
    next_due_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # The id of the form that wrote it down: the same form sent twice is one review.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(who=""), name="course_review_says_who"),
            models.CheckConstraint(
                condition=Q(outcome="unchanged") | (Q(outcome="changed") & ~Q(note="")),
                name="course_review_says_what_changed",
            ),
            models.CheckConstraint(condition=Q(next_due_on__gt=F("on")), name="course_review_next_is_later"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.get_outcome_display()} ({self.on:%-d %B %Y})"
