import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.record.models.certificate import CertificateWait
from training.record.serials import LENGTH, PATTERN, new_serial, printed

if TYPE_CHECKING:
    from training.people.models import User


class AchievementQuerySet(models.QuerySet["Achievement"]):
    def visible_to(self, user: "User") -> Self:
        """One's own and, for a lead, what their people did up to the day they left; everything for the coordinator."""
        from training.people.visibility import records_visible_to

        return self.filter(records_visible_to(user, "on"))

    def certified(self) -> Self:
        """What this partnership can vouch for; what was done elsewhere has its own paper."""
        return self.exclude(source=Achievement.Source.ELSEWHERE)

    def with_waiting(self, today: datetime.date) -> Self:
        """Each with `is_waiting`: its certificate comes once the form has been answered or is closed."""
        waits = CertificateWait.objects.filter(person=OuterRef("person"), origin=OuterRef("origin"), until__gte=today)
        return self.annotate(is_waiting=Exists(waits))


@pghistory.track(model_name="AchievementHistory")
class Achievement(models.Model):
    """A person has done a version of a course: written by `record.actions.achieve` alone.

    `serial` is the number of its certificate.
    """

    class Source(models.TextChoices):
        ATTENDED = "attended", "Attended"
        E_LEARNING = "e_learning", "Finished in their own time"
        ELSEWHERE = "elsewhere", "Done elsewhere"
        IMPORTED = "imported", "From the old system"

    serial = models.CharField(max_length=LENGTH, unique=True, default=new_serial, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="achievements")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="achievements")
    on = models.DateField()
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    # The event or import that it comes from, so that the same thing said twice is one row.
    origin = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    # Given by `with_waiting` alone.
    is_waiting: bool

    objects = AchievementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "origin"], name="achievement_once_an_origin"),
            models.CheckConstraint(condition=~Q(origin=""), name="achievement_has_an_origin"),
            models.CheckConstraint(condition=Q(serial__regex=PATTERN), name="achievement_serial_is_long"),
        ]
        indexes = [models.Index(fields=["person", "-on"], name="achievement_latest")]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"

    @property
    def printed_serial(self) -> str:
        return printed(self.serial)
