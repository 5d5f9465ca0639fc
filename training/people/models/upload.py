import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from training.people.models.person import Person
from training.web.references import new_reference

KEPT = datetime.timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to_uploader(self, person: Person | None) -> Self:
        return self.filter(by=person) if person else self.none()

    def expired(self, now: datetime.datetime) -> Self:
        return self.filter(expires_at__lte=now)


class Upload(models.Model):
    """A file between its preview and the answer to it: the content goes once it has been read in, the row after a day.

    `said` are the counts once it is done.
    """

    class Kind(models.TextChoices):
        CATALOGUE = "catalogue", "Courses and dates"
        PEOPLE = "people", "People and organisations"
        BOOKINGS = "bookings", "Bookings and attendance"
        E_LEARNING = "e_learning", "Completions of e-learning"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    said = models.JSONField(default=list)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="upload_expires_later"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(content=b""), name="upload_done_holds_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.name
