"""What a person has done and what it counts for: theirs for good, whoever employs them."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class AchievementQuerySet(models.QuerySet["Achievement"]):
    def visible_to(self, user: "User") -> Self:
        from training.people.visibility import persons_visible_to

        return self.filter(persons_visible_to(user, "person"))


@pghistory.track(model_name="AchievementHistory")
class Achievement(models.Model):
    """A person has done a version of a course: written by `record.actions.achieve` alone."""

    class Source(models.TextChoices):
        ATTENDED = "attended", "Attended"
        E_LEARNING = "e_learning", "Finished in their own time"
        ELSEWHERE = "elsewhere", "Done elsewhere"
        IMPORTED = "imported", "From the old system"

    serial = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="achievements")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="achievements")
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    # The event or import that it comes from, so that the same thing said twice is one row.
    origin = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    objects = AchievementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "origin"], name="achievement_once_an_origin"),
            models.CheckConstraint(condition=~Q(origin=""), name="achievement_has_an_origin"),
        ]
        indexes = [models.Index(fields=["person", "-on"], name="achievement_latest")]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
