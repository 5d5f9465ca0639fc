import datetime
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from training.catalogue.models import Session
from training.people.models import Person
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class Kind(models.TextChoices):
    """What a file is, told by its first bytes; the value is how its name ends."""

    JPEG = "jpg", "JPEG photo"
    PNG = "png", "PNG picture"
    PDF = "pdf", "PDF"


CONTENT_TYPES = {Kind.JPEG: "image/jpeg", Kind.PNG: "image/png", Kind.PDF: "application/pdf"}


def place_of(sheet: "SignedSheet", filename: str) -> str:  # noqa: ARG001 - Django's signature
    """A name that nobody can guess; what the file was called on the phone is not kept."""
    return f"signed-sheets/{uuid.uuid4().hex}.{sheet.kind}"


class SignedSheetQuerySet(models.QuerySet["SignedSheet"]):
    def visible_to(self, user: "User") -> Self:
        """For the trainers of the date and coordinators."""
        from bookings.registers.rights import registers_visible_to

        return self.filter(session__in=registers_visible_to(user).order_by().values("pk"))

    def outdated(self, on: datetime.date) -> Self:
        """Of days before this one."""
        return self.filter(session__ends_at__date__lt=on)


class SignedSheet(models.Model):
    """A photo or scan of the paper that people signed, beside the register that counts."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="signed_sheets")
    file = models.FileField(upload_to=place_of, max_length=100)
    kind = models.CharField(max_length=3, choices=Kind)
    size_bytes = models.PositiveIntegerField()
    # Of what was sent, so that the same file sent twice is one.
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SignedSheetQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "digest"], name="signed_sheet_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="signed_sheet_is_of_a_kind"),
            models.CheckConstraint(condition=~Q(file="") & Q(size_bytes__gt=0), name="signed_sheet_has_a_file"),
        ]

    def __str__(self) -> str:
        return f"Signed sheet of {self.session} ({self.reference})"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[Kind(self.kind)]
