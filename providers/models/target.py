import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from training.governance.models import Decision
from training.people.models import Person


class KpiTargetQuerySet(models.QuerySet["KpiTarget"]):
    def in_force(self, day: datetime.date) -> Self:
        """The latest of each measure that had begun by this day; one without a value expects nothing."""
        begun = self.filter(in_force_from__lte=day)
        return begun.order_by("measure", "-in_force_from").distinct("measure")


@pghistory.track(model_name="KpiTargetHistory")
class KpiTarget(models.Model):
    """What is expected of every provider from a day on, and which meeting set it.

    A report of a time takes what was in force on its last day, so a new target moves no figure of before.
    """

    class Measure(models.TextChoices):
        DELIVERED = "delivered", "Delivered as ordered"
        CANCELLED = "provider_cancelled", "Cancelled by the provider"
        MATERIALS = "materials_in_time", "Materials five working days before"
        REGISTERS = "register_in_time", "Registers in time"
        CONTENT = "content_updated", "Content updated after a review"
        RELEVANCE = "relevance", "Fits my work"
        OBSERVED = "observed_well", "Teaching seen to be up to standard"
        COMPLAINTS = "complaints_upheld", "Upheld complaints"

    measure = models.CharField(max_length=20, choices=Measure)
    # A share from 0 to 1, or a mean out of 5; None where nothing is expected any more.
    value = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    in_force_from = models.DateField()
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    # None for those that Muster starts with.
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = KpiTargetQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "in_force_from"], name="kpi_target_once_a_day"),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(value__gte=0, value__lte=1)
                | Q(measure="relevance", value__gte=1, value__lte=5),
                name="kpi_target_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(
                    measure__in=(
                        "delivered",
                        "provider_cancelled",
                        "materials_in_time",
                        "register_in_time",
                        "content_updated",
                        "relevance",
                        "observed_well",
                        "complaints_upheld",
                    )
                ),
                name="kpi_target_measure_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="kpi_target_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} from {self.in_force_from:%-d %B %Y}"
