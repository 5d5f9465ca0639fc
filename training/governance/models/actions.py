"""What a meeting asked somebody to do by a day, and what came of it."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from training.governance.models.bodies import Decision, Meeting
from training.people.models import Person
from training.web.references import new_reference


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def open(self) -> Self:
        return self.filter(standing=ActionPoint.Standing.OPEN)

    def overdue(self, today: datetime.date) -> Self:
        return self.open().filter(due_on__lt=today)


@pghistory.track(model_name="ActionPointHistory")
class ActionPoint(models.Model):
    """One action of a meeting's minutes: an owner and a day, then an outcome for the next paper."""

    class Standing(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "No longer needed"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="action_points")
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="action_points"
    )
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="action_points")
    due_on = models.DateField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.OPEN)
    outcome = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The id of the form that wrote it down: the same form sent twice is one action.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="action_point_says_what"),
            models.CheckConstraint(
                condition=Q(standing="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(~Q(outcome=""), standing__in=("done", "dropped"), closed_at__isnull=False, closed_by__isnull=False),
                name="action_point_closes_with_who_when_and_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def is_overdue(self, today: datetime.date) -> bool:
        return self.standing == ActionPoint.Standing.OPEN and self.due_on < today
