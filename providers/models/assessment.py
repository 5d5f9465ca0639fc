from typing import Self

from django.db import models
from django.db.models import Q

from providers.models.provider import Provider


class KpiAssessmentQuerySet(models.QuerySet["KpiAssessment"]):
    def newest_first(self) -> Self:
        """Newest period first."""
        return self.order_by("-period_ends_on", "measure")


class KpiAssessment(models.Model):
    """A figure about a provider, written down here by `evaluation`: what was measured, from how many, how sure.

    A withheld figure has no value here either: nobody can read it round the page.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assessments")
    measure = models.CharField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    numerator = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    lower = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    is_withheld = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects = KpiAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "measure", "definition_version", "period_starts_on", "period_ends_on"],
                name="kpi_assessment_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False)
                | Q(value__isnull=True, numerator__isnull=True, lower__isnull=True, upper__isnull=True, n__isnull=True),
                name="kpi_assessment_withheld_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=models.F("period_starts_on")), name="kpi_assessment_period_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.provider}"
