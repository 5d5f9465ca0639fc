import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from training.web.references import new_reference


@pghistory.track(model_name="VenueHistory")
class Venue(models.Model):
    """A room. `capacity` is how many it may hold; what an assistant or interpreter takes counts too."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    capacity = models.PositiveSmallIntegerField()
    access = models.TextField(blank=True, help_text="Step-free, hearing loop, toilets, parking, quiet room.")
    travel = models.TextField(blank=True)
    door_code = models.CharField(max_length=40, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    assembly_point = models.CharField(max_length=200, blank=True)
    is_in_use = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="venue_name_is_unique"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="venue_holds_somebody"),
        ]

    def __str__(self) -> str:
        return self.name
