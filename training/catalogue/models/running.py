from typing import Self

from django.db import models
from django.db.models import Q

from training.catalogue.models.event import Event
from training.people.models import Person


class RunDecisionQuerySet(models.QuerySet["RunDecision"]):
    def of(self, event: Event) -> Self:
        """The latest first."""
        return self.filter(event=event).order_by("-at", "-pk")

    def is_to_run(self) -> bool:
        """Of one date: whether the last word was that it runs."""
        return self.values_list("outcome", flat=True).first() == RunDecision.Outcome.RUN


class RunDecision(models.Model):
    """ "Run or pull?" answered: by whom, when, why, and how many were booked and needed then."""

    class Outcome(models.TextChoices):
        RUN = "run", "It runs"
        PULL = "pull", "Pulled"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="run_decisions")
    outcome = models.CharField(max_length=4, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    booked = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()

    objects = RunDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=("run", "pull")), name="run_decision_is_known"),
            models.CheckConstraint(condition=Q(outcome="run") | ~Q(reason=""), name="run_decision_to_pull_says_why"),
            models.UniqueConstraint(fields=["event"], condition=Q(outcome="pull"), name="run_decision_pulled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_outcome_display()}"
