import pghistory
from django.db import models
from django.db.models import Q

from training.people.models.agency import Agency
from training.people.models.person import Person


@pghistory.track(model_name="AgencyHeadcountHistory")
class AgencyHeadcount(models.Model):
    """How many work at an organisation, in three bands, as it said itself once a year; who came is held against it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="headcounts")
    # The financial year that begins in it.
    year = models.PositiveSmallIntegerField()
    daily = models.PositiveIntegerField()
    sometimes = models.PositiveIntegerField()
    rarely = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="agency_headcount_once_a_year"),
            models.CheckConstraint(
                condition=Q(daily__gt=0) | Q(sometimes__gt=0) | Q(rarely__gt=0), name="agency_headcount_counts_somebody"
            ),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="agency_headcount_year_is_near"),
            models.CheckConstraint(condition=~Q(source=""), name="agency_headcount_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.year}"

    @property
    def total(self) -> int:
        return self.daily + self.sometimes + self.rarely
