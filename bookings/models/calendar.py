import uuid

from django.db import models

from bookings.models.booking import Booking
from training.catalogue.models import Session


class CalendarEntry(models.Model):
    """What a delegate's calendar was last told about one session: its UID for life and how often it changed.

    `fingerprint` is of what matters in it (time, place, link, title, status): SEQUENCE rises when that changes
    and only then (RFC 5546).
    """

    class Answer(models.TextChoices):
        """What the calendar's owner pressed (RFC 5545, PARTSTAT). It is no cancelling: see `calendars/answers.py`."""

        NONE = "", "No answer"
        ACCEPTED = "accepted", "Said yes"
        TENTATIVE = "tentative", "Said perhaps"
        DECLINED = "declined", "Said no"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="calendar_entries")
    # Empty once the session is gone from the event: the entry is cancelled then.
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="calendar_entries")
    sequence = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    # To this version of the entry: a new one asks anew.
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "calendar entries"
        constraints = [
            models.UniqueConstraint(fields=["booking", "session"], name="calendar_entry_once_a_session"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="calendar_entry_answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}/{self.sequence}"
