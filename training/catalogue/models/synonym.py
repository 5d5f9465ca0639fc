import pghistory
from django.db import models
from django.db.models.functions import Lower


@pghistory.track(model_name="SynonymHistory")
class Synonym(models.Model):
    """What people type and what they mean: "DV" finds domestic abuse. Kept by coordinators."""

    term = models.CharField(max_length=60)
    meaning = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("term"), Lower("meaning"), name="synonym_once")]

    def __str__(self) -> str:
        return f"{self.term} → {self.meaning}"
