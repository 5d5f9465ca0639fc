import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q


class BookingPolicy(models.Model):
    """A named set of booking rules; the default one is for every date that has no other."""

    name = models.CharField(max_length=80, unique=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "booking policies"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="booking_policy_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BookingPolicyVersionQuerySet(models.QuerySet["BookingPolicyVersion"]):
    def in_force(self, day: datetime.date) -> Self:
        """The default policy's versions in force on this day, the newest first."""
        return self.filter(policy__is_default=True, effective_from__lte=day).order_by("-effective_from", "-number")


@pghistory.track(model_name="BookingPolicyVersionHistory")
class BookingPolicyVersion(models.Model):
    """The rules from a day on. A booking keeps the version that it was made under."""

    class NoticeKind(models.TextChoices):
        CALENDAR_DAYS = "calendar_days", "calendar days"
        WORKING_DAYS = "working_days", "working days"
        WEEKS = "weeks", "weeks"

    policy = models.ForeignKey(BookingPolicy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    # Cancelling is free until this long before the start, at `notice_ends_at` o'clock.
    notice_kind = models.CharField(max_length=14, choices=NoticeKind, default=NoticeKind.WORKING_DAYS)
    notice_amount = models.PositiveSmallIntegerField(default=5)
    notice_ends_at = models.TimeField(default=datetime.time(17))
    closes_working_days_before = models.PositiveSmallIntegerField(default=0)
    # A place offered inside the notice period waits this many working hours; fewer in the last days.
    offer_working_hours = models.PositiveSmallIntegerField(default=16)
    late_offer_working_hours = models.PositiveSmallIntegerField(default=4)
    late_offer_within_days = models.PositiveSmallIntegerField(default=3)
    # "Are you still coming?" goes out this many working days before cancelling stops being free.
    asks_working_days_before = models.PositiveSmallIntegerField(default=2)
    joining_working_days_before = models.PositiveSmallIntegerField(default=5)
    joining_link_hours = models.PositiveSmallIntegerField(default=48)
    late_grace_minutes = models.PositiveSmallIntegerField(default=15)

    objects = BookingPolicyVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="booking_policy_version_number_once"),
            models.UniqueConstraint(fields=["policy", "effective_from"], name="booking_policy_version_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.policy} v{self.number}"
