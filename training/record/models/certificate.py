from django.db import models

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.record.serials import LENGTH


class WithdrawnCertificate(models.Model):
    """A serial whose achievement was taken back, so that the public check can say so.

    Given back with the same serial when the correction is itself corrected.
    """

    serial = models.CharField(max_length=LENGTH, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    origin = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "origin"], name="withdrawn_once_an_origin")]

    def __str__(self) -> str:
        return self.serial


class CertificateWait(models.Model):
    """The certificate of this origin waits for the person's form, at most until a day; the record itself does not.

    Written by the upper app that asks; gone the morning after the answer.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=60)
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "origin"], name="certificate_waits_once")]

    def __str__(self) -> str:
        return f"{self.origin} until {self.until}"
