import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from bookings.models import Booking
from evaluation.models.manager import ManagerConfirmation
from evaluation.models.questionnaire import Stage
from training.catalogue.models import Event
from training.people.models import Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def overdue(self, now: datetime.datetime) -> Self:
        return self.open().filter(taken_at__isnull=True, due_at__lte=now)

    def visible_to(self, user: "User") -> Self:
        """The named duty people; never a trainer of that date, the provider or a coordinator without that duty."""
        if not user.may(Permission.ANSWER_CONCERNS):
            return self.none()
        return self.exclude(event__in=Event.objects.taught_by(user.person).values("pk"))


class Concern(models.Model):
    """Somebody ticked "this is about someone's safety", or their words looked like it.

    It goes to the duty people at once, with a one-working-day clock. Who wrote it is sealed: `booking` is
    shown only after two duty people have agreed, with their reason on record (`Unsealing`).
    """

    class Found(models.TextChoices):
        TICKED = "ticked", "The writer said so"
        MATCHED = "matched", "The words looked like it"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="concerns")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    # Set when a manager wrote it about this booking's person: then that manager is the writer.
    confirmation = models.ForeignKey(
        ManagerConfirmation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    text = models.TextField()
    found = models.CharField(max_length=8, choices=Found)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="concern_taken_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(taken_at__isnull=False), name="concern_closed_was_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"Concern {self.reference}"


class ConcernStep(models.Model):
    """What was done about a concern: taken, told to whom, closed with which outcome."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.concern}: {self.code}"


class Unsealing(models.Model):
    """Two duty people together open who wrote a concern: one asks with a reason, another agrees."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="unsealing")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="unsealing_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="unsealing_agreed_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="unsealing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Unsealing of {self.concern}"
