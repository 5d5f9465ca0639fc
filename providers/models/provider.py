import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from training.people.models import Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class ProviderQuerySet(models.QuerySet["Provider"]):
    def visible_to(self, user: "User") -> Self:
        """All for coordinators, PDL and executives; their own for a provider's manager."""
        if user.may(Permission.SEE_PROVIDERS):
            return self
        if user.person is None or not user.may(Permission.SEE_OWN_PROVIDER):
            return self.none()
        managed = Engagement.objects.on(timezone.localdate()).filter(person=user.person, is_manager=True)
        return self.filter(pk__in=managed.values("provider_id"))


@pghistory.track(model_name="ProviderHistory")
class Provider(models.Model):
    """An organisation that bids for and delivers training."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=200)
    contact_email = models.EmailField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="provider_name_is_unique")]

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(period__contains=day)


@pghistory.track(model_name="EngagementHistory")
class Engagement(models.Model):
    """A person works for a provider for a time, as a trainer or as its manager."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="engagements")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="engagements")
    is_manager = models.BooleanField(default=False)
    period = DateRangeField()

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="engagement_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("provider", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False), name="engagement_period_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.provider}"
