import datetime
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from training.people.models.agency import Agency
from training.people.models.person import Person
from training.people.permissions import Role


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(period__contains=day)

    def not_over(self, today: datetime.date) -> Self:
        """Held today or to be held from a later day."""
        return self.filter(period__overlap=DateRange(today, None))


@pghistory.track(model_name="RoleGrantHistory")
class RoleGrant(models.Model):
    """A person holds a role for a time; an agency lead holds it for one organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="role_grants")
    period = DateRangeField()
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="agency_lead", agency__isnull=False)
                | (~Q(role="agency_lead") & Q(agency__isnull=True)),
                name="role_grant_lead_has_an_agency",
            ),
            ExclusionConstraint(
                name="role_grant_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("agency", Value(0)), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False), name="role_grant_period_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"

    @property
    def first_day(self) -> datetime.date:
        first: datetime.date = self.period.lower
        return first

    @property
    def last_day(self) -> datetime.date | None:
        return self.period.upper - datetime.timedelta(days=1) if self.period.upper else None
