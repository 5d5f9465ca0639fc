"""What people need to learn, who says so, and which course answers it since when."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course, CourseVersion
from training.governance.models import Priority, Recommendation
from training.people.models import Agency, Person
from training.web.references import new_reference


class TrainingNeedQuerySet(models.QuerySet["TrainingNeed"]):
    def open(self) -> Self:
        return self.filter(standing=TrainingNeed.Standing.OPEN)

    def unanswered(self) -> Self:
        return self.open().filter(answers=None)


@pghistory.track(model_name="TrainingNeedHistory", exclude=["submission"])
class TrainingNeed(models.Model):
    """One need with its source. A priority's and a recommendation's need name theirs, an agency's the agency."""

    class Source(models.TextChoices):
        PRIORITY = "priority", "A board’s priority"
        REVIEW = "review", "A review’s recommendation"
        AUDIT = "audit", "An audit’s finding"
        AGENCY = "agency", "An organisation’s request"
        DEMAND = "demand", "Demand: people asked or waited"

    class Standing(models.TextChoices):
        OPEN = "open", "Open"
        MET = "met", "Met"
        SET_ASIDE = "set_aside", "Set aside"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    source = models.CharField(max_length=10, choices=Source)
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=200, blank=True, help_text="Who needs it: roles, settings, how many.")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.CharField(max_length=300, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = TrainingNeedQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="need_says_something"),
            models.CheckConstraint(
                condition=Q(source__in=("audit", "demand"))
                | Q(source="priority", priority__isnull=False)
                | Q(source="review", recommendation__isnull=False)
                | Q(source="agency", agency__isnull=False),
                name="need_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(standing="open", closed_on__isnull=True, closed_by__isnull=True)
                | Q(
                    ~Q(closed_reason=""),
                    standing__in=("met", "set_aside"),
                    closed_on__isnull=False,
                    closed_by__isnull=False,
                ),
                name="need_closes_with_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NeedAnswer(models.Model):
    """A course answers a need, since a version of it on a day: "the date each review's learning went in"."""

    need = models.ForeignKey(TrainingNeed, on_delete=models.CASCADE, related_name="answers")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="need_answers")
    since_version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["need", "course"], name="need_answer_once_a_course")]

    def __str__(self) -> str:
        return f"{self.course.code} answers {self.need}"
