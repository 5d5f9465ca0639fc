"""What a course is taught from and hands out: files and links, each with its versions."""

import datetime
import uuid
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q

from training.catalogue.models.course import Course
from training.catalogue.models.teaching import Teaching
from training.people.models import Person
from training.web.references import new_reference


def place_of(version: "MaterialVersion", filename: str) -> str:  # noqa: ARG001 - Django's signature
    """A name that nobody can guess; what the file was called is not kept."""
    return f"materials/{uuid.uuid4().hex}.{version.extension}"


class MaterialQuerySet(models.QuerySet["Material"]):
    def in_use(self) -> Self:
        return self.filter(is_retired=False)


@pghistory.track(model_name="MaterialHistory")
class Material(models.Model):
    """One thing of a course, such as its slides. What is downloaded are its versions; one is the current one."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "Slides"
        WORKBOOK = "workbook", "Workbook"
        HANDOUT = "handout", "Handout"
        NOTES = "notes", "Trainer’s notes"
        LINK = "link", "Link"

    class Audience(models.TextChoices):
        TRAINERS = "trainers", "Trainers only"
        BOOKED = "booked", "Trainers and those booked"
        CAME = "came", "Trainers and those who came"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    audience = models.CharField(max_length=10, choices=Audience)
    is_retired = models.BooleanField(default=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "title"], name="material_title_once_a_course"),
            models.CheckConstraint(condition=~Q(title=""), name="material_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=("slides", "workbook", "handout", "notes", "link")), name="material_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(audience="trainers") | (Q(audience__in=("booked", "came")) & ~Q(kind="notes")),
                name="material_notes_are_for_trainers",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MaterialVersionQuerySet(models.QuerySet["MaterialVersion"]):
    def current(self) -> Self:
        """Of materials that are still used."""
        return self.filter(is_current=True, material__is_retired=False)

    def for_teachers(self, person: Person, now: datetime.datetime) -> Self:
        """Of courses that this person is asked for or teaches, until four weeks after the date."""
        since = now - datetime.timedelta(days=28)
        taught = Teaching.objects.live().of_dates_that_run().filter(person=person, session__ends_at__gt=since)
        return self.filter(Exists(taught.filter(session__event__version__course=OuterRef("material__course"))))


@pghistory.track(model_name="MaterialVersionHistory", exclude=["file"])
class MaterialVersion(models.Model):
    """A file or an address, as it was from a moment on. `confirm_by` is the day by which trainers say they use it."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    file = models.FileField(upload_to=place_of, max_length=100, blank=True)
    # How its name ends, told by its bytes; empty for a link.
    extension = models.CharField(max_length=4, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    link = models.URLField(max_length=500, blank=True)
    # Of the file or the link, so that the same one sent twice is one version.
    digest = models.CharField(max_length=64)
    what_changed = models.CharField(max_length=300, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = MaterialVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_version_number_once"),
            models.UniqueConstraint(
                fields=["material"], condition=Q(is_current=True), name="material_has_one_current_version"
            ),
            models.CheckConstraint(
                condition=(Q(link="", size_bytes__gt=0) & ~Q(file="") & ~Q(extension=""))
                | (Q(file="", extension="", size_bytes=0) & ~Q(link="")),
                name="material_version_is_a_file_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material}, version {self.number}"


@pghistory.track(model_name="MaterialConfirmationHistory")
class MaterialConfirmation(models.Model):
    """A trainer has said that they teach from this version; `by` is who wrote it down."""

    version = models.ForeignKey(MaterialVersion, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="material_confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="material_confirmed_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
