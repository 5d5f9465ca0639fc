import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course


class Stage(models.TextChoices):
    BASELINE = "baseline", "Before the course"
    END = "end", "At the end"
    FOLLOW_UP = "follow_up", "Two months on"


class Questionnaire(models.Model):
    """The form of one stage: the partnership's own, or one course's instead of it."""

    stage = models.CharField(max_length=10, choices=Stage)
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="questionnaires")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=Q(course__isnull=True), name="questionnaire_one_default_a_stage"
            ),
            models.UniqueConstraint(
                fields=["stage", "course"], condition=Q(course__isnull=False), name="questionnaire_one_a_course"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(model_name="QuestionnaireVersionHistory")
class QuestionnaireVersion(models.Model):
    """The questions as they stood; answers keep the version they were given to."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    introduction = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(is_current=True), name="questionnaire_has_one_current_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} v{self.number}"


class Question(models.Model):
    """One question. `kirkpatrick` says what it can tell: 1 reaction, 2 learning, 3 behaviour, 4 results."""

    class Kind(models.TextChoices):
        OUTCOME_NOW = "outcome_now", "How confident now, for each outcome"
        OUTCOME_BEFORE = "outcome_before", "How confident before today, for each outcome"
        RATING = "rating", "Agreement, 1 to 5"
        CHOICE = "choice", "One of several"
        TEXT = "text", "In their own words"

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    # Stable across versions and stages, so that the same thing can be compared: relevance, used_it, did_differently.
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.CharField(max_length=300)
    help_text = models.CharField(max_length=300, blank=True)
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    kirkpatrick = models.PositiveSmallIntegerField()
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="question_position_once"),
            models.UniqueConstraint(fields=["version", "code"], name="question_code_once"),
            models.CheckConstraint(condition=Q(kirkpatrick__range=(1, 4)), name="question_level_is_kirkpatricks"),
        ]

    def __str__(self) -> str:
        return self.text
