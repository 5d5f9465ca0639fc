"""Who decides, when they met and what they decided; what they want to get better at."""

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from training.people.models import Person
from training.web.references import new_reference


class Body(models.Model):
    """A group that takes decisions: the PDL subgroup, the Safeguarding Executive."""

    class Kind(models.TextChoices):
        PDL = "pdl", "Practice Development and Learning subgroup"
        EXECUTIVE = "executive", "Safeguarding Executive"
        OTHER = "other", "Another group"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def to_come(self, today: datetime.date) -> Self:
        """Today's too, the next one first."""
        return self.filter(held_on__gte=today).order_by("held_on", "pk")

    def before(self, day: datetime.date) -> Self:
        """The latest first."""
        return self.filter(held_on__lt=day).order_by("-held_on", "-pk")


class Meeting(models.Model):
    """A body's meeting on a day, planned or held. Its agenda is worked out from what waits; see `agenda.py`."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    where = models.CharField(max_length=120, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}"


@pghistory.track(model_name="DecisionHistory")
class Decision(models.Model):
    """What a meeting decided, recorded once and shown wherever it matters by its reference."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    subject = models.CharField(max_length=200)
    outcome = models.CharField(max_length=300)
    minute = models.CharField(max_length=60, blank=True, help_text="The number or place in the minutes.")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


@pghistory.track(model_name="PriorityHistory")
class Priority(models.Model):
    """What a board wants to get better at; courses and evidence answer it."""

    class Board(models.TextChoices):
        CHILDREN = "children", "Children’s board"
        ADULTS = "adults", "Adults’ board"
        JOINT = "joint", "Both boards"

    name = models.CharField(max_length=120)
    board = models.CharField(max_length=10, choices=Board, default=Board.JOINT)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="priority_name_is_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="priority_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name
