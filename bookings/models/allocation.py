import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import Event
from training.people.models import Agency, Person, Sector


class AgencyAllocationQuerySet(models.QuerySet["AgencyAllocation"]):
    def in_force(self, day: datetime.date) -> Self:
        return self.filter(release_on__gt=day, released_at__isnull=True)

    def run_out(self, day: datetime.date) -> Self:
        """Those whose day has come, and that nothing has been written about yet."""
        return self.filter(release_on__lte=day, released_at__isnull=True)


@pghistory.track(model_name="AgencyAllocationHistory")
class AgencyAllocation(models.Model):
    """Places kept for one organisation or one sector until a day, with who asked for it and why."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="allocations")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations")
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    places = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # From this day on the places are everybody's, or from the moment at which somebody released them before.
    release_on = models.DateField()
    released_at = models.DateTimeField(null=True, blank=True)

    objects = AgencyAllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, sector="") | (Q(agency__isnull=True) & ~Q(sector="")),
                name="allocation_for_an_agency_or_a_sector",
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="allocation_keeps_something"),
            models.UniqueConstraint(
                fields=["event", "agency"], condition=Q(agency__isnull=False), name="allocation_once_an_agency"
            ),
            models.UniqueConstraint(
                fields=["event", "sector"], condition=~Q(sector=""), name="allocation_once_a_sector"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.places} kept for {self.agency or self.get_sector_display()}"
