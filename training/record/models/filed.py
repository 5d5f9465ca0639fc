"""What an organisation says itself of the training that it gives its own people."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from training.people.models import Agency, Person
from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.people.models import User


class AgencyReturnQuerySet(models.QuerySet["AgencyReturn"]):
    def visible_to(self, user: "User") -> Self:
        """A lead's own organisations'; everybody's for the training team."""
        if user.may(Permission.MANAGE_PEOPLE):
            return self
        return self.filter(agency__in=user.led_agency_ids) if user.may(Permission.SEE_AGENCY_PEOPLE) else self.none()


@pghistory.track(model_name="AgencyReturnHistory")
class AgencyReturn(models.Model):
    """One organisation's single-agency training in one quarter, as its training lead filed it: none is an answer too.

    Nobody checks it: the source says what it rests on. Filed again, it is corrected; published reports stay.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="training_returns")
    quarter_starts_on = models.DateField()
    source = models.CharField(max_length=200)
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    objects = AgencyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter_starts_on", "agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "quarter_starts_on"], name="agency_return_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter_starts_on__day=1), name="agency_return_quarter_starts_a_month"),
            models.CheckConstraint(condition=~Q(source=""), name="agency_return_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}, quarter from {self.quarter_starts_on:%-d %B %Y}"


class AgencyReturnLine(models.Model):
    """So many times and people on one theme."""

    filed = models.ForeignKey(AgencyReturn, on_delete=models.CASCADE, related_name="lines")
    theme = models.CharField(max_length=80)
    courses = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["filed", "theme"], name="agency_return_theme_once"),
            models.CheckConstraint(condition=~Q(theme=""), name="agency_return_line_has_a_theme"),
            models.CheckConstraint(condition=Q(courses__gt=0, people__gt=0), name="agency_return_line_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.people}"
