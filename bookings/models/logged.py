from django.db import models

from training.catalogue.models import Event
from training.people.models import Person


class PlacesStep(models.Model):
    """What was done to the places of a date: kept, released, capped, more, fewer. The clock is nobody: no `by`."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="places_steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    sentence = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.sentence
