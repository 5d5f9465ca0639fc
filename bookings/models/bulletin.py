import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from training.catalogue.models import Remit
from training.people.models import Person
from training.web.references import new_reference


class MailKind(models.TextChoices):
    """What somebody may ask for or stop. What a booking brings with it is neither."""

    BULLETIN = "bulletin", "The monthly bulletin"
    PLACES_LEFT = "places_left", "Places left, to training leads"


class MailChoice(models.Model):
    """What somebody said last about one kind of mail. Who has said nothing gets mails about places left, no bulletin.

    `remit` and `levels` (such as `local:3`) are what the bulletin is to be about; empty: everything.
    """

    class Way(models.TextChoices):
        OWN_PAGE = "own_page", "On their own page"
        LINK = "link", "On the page behind a mail’s link"
        MAIL_PROGRAM = "mail_program", "In their mail program"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=12, choices=MailKind)
    is_wanted = models.BooleanField()
    remit = models.CharField(max_length=10, choices=Remit, blank=True)
    levels = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="mail_choice_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=MailKind.values), name="mail_choice_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def being_written(self) -> Self:
        """Released, and somebody's has not been written yet."""
        return self.released().filter(readers__outcome="").distinct()


class Bulletin(models.Model):
    """One month's. A coordinator writes the introduction and releases it; the rest is drawn from data."""

    # The first day of its month.
    month = models.DateField(unique=True)
    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    introduction = models.TextField(blank=True)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="bulletin_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="bulletin_released_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulletin of {self.month:%B %Y}"

    @property
    def paragraphs(self) -> list[str]:
        return [text for text in self.introduction.splitlines() if text.strip()]

    def is_late_at(self, day: datetime.date) -> bool:
        """Its month is over: what it would say is of another month."""
        return (day.year, day.month) > (self.month.year, self.month.month)


class BulletinReader(models.Model):
    """Whom a bulletin goes to, as fixed when it was released; each is written once, whatever stops in between."""

    class Outcome(models.TextChoices):
        WAITING = "", "Not written yet"
        WRITTEN = "written", "Written"
        NOT_WANTED = "not_wanted", "Stopped it before it was written"

    bulletin = models.ForeignKey(Bulletin, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.WAITING)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "person"], name="bulletin_once_a_reader"),
            models.CheckConstraint(
                condition=Q(outcome="", at__isnull=True) | (~Q(outcome="") & Q(at__isnull=False)),
                name="bulletin_reader_outcome_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["bulletin"], condition=Q(outcome=""), name="bulletin_reader_waiting")]

    def __str__(self) -> str:
        return f"{self.bulletin}: {self.person}"
