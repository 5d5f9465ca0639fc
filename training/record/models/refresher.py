from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course, Framework
from training.people.models import Sector
from training.web.references import new_reference


class RefresherRuleQuerySet(models.QuerySet["RefresherRule"]):
    def in_force(self) -> Self:
        """With the courses that count and what counts as one of them, in the order in which they are told."""
        return self.filter(is_retired=False).prefetch_related("courses__counted_by").order_by("name", "pk")


@pghistory.track(model_name="RefresherRuleHistory")
class RefresherRule(models.Model):
    """Who must have done what, how soon after starting and how often again. Whose rule it is says `source`.

    What counts: any of `courses` or what counts as one of them (`Equivalence`), or any course at least as high as
    `lowest` on `framework`; `courses` are what is offered. For whom: people in one of `sectors` (none: all) whose job
    title has one of `job_words` in it (none: all).
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=120, unique=True, help_text="What falls due, as people read it.")
    courses = models.ManyToManyField(Course, blank=True, related_name="refresher_rules")
    framework = models.ForeignKey(Framework, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector), default=list, blank=True)
    job_words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # From the first day at work, or from the day the rule began for those who were there already.
    first_within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    effective_from = models.DateField()
    source = models.CharField(max_length=200)
    is_retired = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    objects = RefresherRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # The two `isnull` are needed: a condition that comes out as NULL lets a row pass.
                condition=Q(first_within_days__isnull=False, first_within_days__gt=0)
                | Q(every_months__isnull=False, every_months__gt=0),
                name="refresher_rule_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(framework__isnull=True, lowest__isnull=True)
                | Q(framework__isnull=False, lowest__isnull=False),
                name="refresher_rule_rung_of_a_framework",
            ),
        ]

    def __str__(self) -> str:
        return self.name
