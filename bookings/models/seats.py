import uuid

from django.db import models

from training.catalogue.models import Event
from training.people.models import Agency, Person
from training.web.references import new_reference


class SeatMail(models.Model):
    """A mail about places left, sent to the training leads of organisations of which few are booked."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    # The id of the form that sent it: the same form sent twice is one mail.
    submission = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    events = models.ManyToManyField(Event, related_name="seat_mails")
    words = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Mail about places left ({self.reference})"


class SeatMailReader(models.Model):
    """Who got it, as the lead of which organisation."""

    mail = models.ForeignKey(SeatMail, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agency__name", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mail", "person", "agency"], name="seat_mail_once_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.mail}: {self.person}"
