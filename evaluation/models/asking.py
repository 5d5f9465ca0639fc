import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from bookings.models import Booking
from evaluation.models.questionnaire import QuestionnaireVersion, Stage
from training.web.references import new_reference


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime.datetime) -> Self:
        """Asked or about to be, not answered, not closed."""
        return self.filter(is_spent=False, closes_at__gt=now)

    def due(self, now: datetime.datetime) -> Self:
        return self.open(now).filter(posted_at__isnull=True, due_at__lte=now)


class Invitation(models.Model):
    """One person is asked one stage's questions once, by a personal link.

    Nothing here points to a response, and nothing is written here when it is answered: a link works once because a
    pseudonym answers once. `is_spent` and `answered_on`, which pages show, are filled in once a day, so that neither
    the hour nor the transaction of an answer can be matched with a name.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="invitations")
    stage = models.CharField(max_length=10, choices=Stage)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    reminders_made = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    is_spent = models.BooleanField(default=False)
    answered_on = models.DateField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "stage"], name="invitation_once_a_stage"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("due_at")), name="invitation_is_open_for_a_while"
            ),
            models.CheckConstraint(
                condition=Q(is_spent=True) | Q(answered_on__isnull=True), name="invitation_answered_is_spent"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(is_spent=False, posted_at__isnull=True), name="invitation_due")
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.booking_id}"
