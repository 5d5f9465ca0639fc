import uuid
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bookings.models.booking import Booking
from training.catalogue.models import Session
from training.people.models import Person


class Mark(models.TextChoices):
    EXPECTED = "expected", "Not marked"  # takes an earlier mark back
    PRESENT = "present", "Here"
    LATE = "late", "Came late"
    LEFT_EARLY = "left_early", "Left early"
    TURNED_AWAY = "turned_away", "Turned away, too late"
    APOLOGIES = "apologies", "Sent apologies"
    DID_NOT_ATTEND = "did_not_attend", "Didn’t come"


IN_THE_ROOM = (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY)


class Register(models.Model):
    """One session's register as a whole: sent when the trainer says it is complete; corrected by sending again.

    `first_sent_at` is what "returned in two working days" is measured by; `sent_at` is the latest sending.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="register")
    first_sent_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="register_sent_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, first_sent_at__isnull=True)
                | Q(first_sent_at__isnull=False, first_sent_at__lte=F("sent_at")),
                name="register_first_sent_before_last",
            ),
        ]

    def __str__(self) -> str:
        return f"Register of {self.session}"


class RegisterMarkQuerySet(models.QuerySet["RegisterMark"]):
    def that_count(self) -> Self:
        """The mark that counts for each booking and session: the one made last, by the clock of the phone."""
        return self.order_by("session_id", "booking_id", "-made_at", "-received_at", "-pk").distinct(
            "session_id", "booking_id"
        )


class RegisterMark(models.Model):
    """One tap at the door. Marks are only ever added; the last one made counts.

    `uuid` is the phone's own, so that a mark sent twice is one; `made_at` is its clock, `received_at` ours.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=14, choices=Mark)
    # When they came (late) or went (left early), by the clock in the room.
    at_time = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = RegisterMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(mark__in=Mark.values), name="register_mark_is_known")]
        indexes = [models.Index(fields=["session", "booking", "-made_at"], name="register_mark_latest")]
        triggers = [pgtrigger.Protect(name="marks_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.get_mark_display()}"
