import uuid

from django.db import models

from bookings.models.booking import Booking
from training.catalogue.models import Session


class CalendarEntry(models.Model):
    """What a delegate's calendar was last told about one session: its UID for life and how often it changed.

    `fingerprint` is of what matters in it (time, place, link, title, status): SEQUENCE rises when that changes
    and only then (RFC 5546).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="calendar_entries")
    # Empty once the session is gone from the event: the entry is cancelled then.
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="calendar_entries")
    sequence = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "calendar entries"
        constraints = [models.UniqueConstraint(fields=["booking", "session"], name="calendar_entry_once_a_session")]

    def __str__(self) -> str:
        return f"{self.uid}/{self.sequence}"
