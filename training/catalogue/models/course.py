from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from training.governance.models import Priority


class DeliveryMode(models.TextChoices):
    FACE_TO_FACE = "face_to_face", "Face to face"
    VIRTUAL = "virtual", "Live online"
    HYBRID = "hybrid", "In the room or live online"
    E_LEARNING = "e_learning", "In your own time"


class Remit(models.TextChoices):
    """Which board's work a course belongs to."""

    CHILDREN = "children", "Children"
    ADULTS = "adults", "Adults"
    JOINT = "joint", "Children and adults"


class CourseQuerySet(models.QuerySet["Course"]):
    def in_catalogue(self) -> Self:
        """What everybody finds: a session for one organisation is not theirs to find."""
        return self.filter(standing=Course.Standing.PUBLISHED).exclude(kind=Course.Kind.CLOSED)


@pghistory.track(model_name="CourseHistory", exclude=["search", "search_words"])
class Course(models.Model):
    """The template of a training. What it says and should change is its versions'.

    `code` is the partnership's own and stands in the address of the page.
    """

    class Kind(models.TextChoices):
        COURSE = "course", "Course"
        BRIEFING = "briefing", "Briefing"
        FORUM = "forum", "Forum"
        CONFERENCE = "conference", "Conference"
        CLOSED = "closed", "Session for one organisation"

    class Standing(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "In the catalogue"
        WITHDRAWN = "withdrawn", "Withdrawn"

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COURSE)
    remit = models.CharField(max_length=10, choices=Remit)
    usual_mode = models.CharField(max_length=12, choices=DeliveryMode)
    priorities = models.ManyToManyField(Priority, blank=True, related_name="courses")
    lot_number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The contract lot it is bought in.")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.DRAFT)
    # What the search looks in: kept by `catalogue.finding.indexing.index_courses`, from the current version.
    search = SearchVectorField(null=True, editable=False)
    search_words = models.TextField(blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=("draft", "published", "withdrawn")), name="course_standing_is_known"
            ),
            models.UniqueConstraint(Upper("code"), name="course_code_is_unique"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9-]*$"), name="course_code_fits_an_address"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="course_search"),
            GinIndex(fields=["search_words"], opclasses=["gin_trgm_ops"], name="course_search_trigrams"),
        ]

    def __str__(self) -> str:
        return self.code

    def move_to(self, standing: str) -> None:
        """Change the standing; the audit says who and when. A step that `TRANSITIONS` lacks is a fault."""
        if standing not in TRANSITIONS[Course.Standing(self.standing)]:
            raise ValueError(f"a course that is {self.standing} cannot become {standing}")
        self.standing = standing
        self.revision += 1
        self.save(update_fields=["standing", "revision"])


TRANSITIONS: dict[Course.Standing, frozenset[Course.Standing]] = {
    Course.Standing.DRAFT: frozenset({Course.Standing.PUBLISHED, Course.Standing.WITHDRAWN}),
    Course.Standing.PUBLISHED: frozenset({Course.Standing.WITHDRAWN}),
    Course.Standing.WITHDRAWN: frozenset({Course.Standing.PUBLISHED}),
}


@pghistory.track(model_name="CourseVersionHistory")
class CourseVersion(models.Model):
    """What a course says from a day on. Events, evaluations and records keep the version they were made with.

    A change of outcomes makes a new version; a corrected word does not.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # Exactly one version of a course is the current one.
    is_current = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    aims = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    content_warning = models.TextField(blank=True)
    what_to_bring = models.TextField(blank=True)
    hours = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="Hours of learning (CPD)."
    )
    refresher_months = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_number_once"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(is_current=True), name="course_has_one_current_version"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="course_version_has_a_title"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="course_version_takes_time"),
            models.CheckConstraint(
                condition=Q(refresher_months__isnull=True) | Q(refresher_months__gt=0),
                name="course_version_refresher_is_later",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        return f"Version {self.number}"


class LearningOutcome(models.Model):
    """What comes after “you will be able to”: what people rate before, after and two months on."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="outcome_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="outcome_says_something"),
        ]

    def __str__(self) -> str:
        return self.text
