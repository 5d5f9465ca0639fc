"""Reviews of what went wrong, and what they recommend."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from training.governance.models.bodies import Decision
from training.people.models import Agency, Person
from training.web.references import new_reference


class Review(models.Model):
    """A learning review. No child's or adult's name stands in a title: partnerships call them by a letter."""

    class Kind(models.TextChoices):
        CHILD = "child", "Local child safeguarding practice review"
        RAPID = "rapid", "Rapid review"
        ADULT = "adult", "Safeguarding adults review"
        DOMESTIC = "domestic", "Domestic abuse related death review"
        AUDIT = "audit", "Multi-agency audit"
        NATIONAL = "national", "National review"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    title = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    published_on = models.DateField()

    class Meta:
        ordering = ["-published_on", "title"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="review_has_a_title")]

    def __str__(self) -> str:
        return self.title


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def open(self) -> Self:
        return self.filter(closed_on=None)

    def overdue(self, today: datetime.date) -> Self:
        return self.open().filter(due_on__lt=today)


@pghistory.track(model_name="RecommendationHistory")
class Recommendation(models.Model):
    """One recommendation of a review. "Training delivered" closes none: closing needs a decision and what was seen."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what_was_seen = models.TextField(blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="recommendation_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_something"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, decision__isnull=True)
                | Q(~Q(what_was_seen=""), closed_on__isnull=False, closed_by__isnull=False, decision__isnull=False),
                name="recommendation_closes_with_a_decision_and_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}, recommendation {self.number}"
