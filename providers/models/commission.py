import datetime
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from providers.models.contract import Contract
from providers.models.provider import Provider
from training.catalogue.models import Event
from training.people.models import Person
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class CommissionQuerySet(models.QuerySet["Commission"]):
    def live(self) -> Self:
        return self.exclude(status=Commission.Status.CANCELLED)

    def visible_to(self, user: "User") -> Self:
        return self.filter(contract__provider__in=Provider.objects.visible_to(user))


@pghistory.track(model_name="CommissionHistory")
class Commission(models.Model):
    """A trainer order: one event under one contract for a fee. One live commission an event.

    Proposed (named in an import, no fee yet) → ordered → delivered; paused while its date is suspended; or cancelled.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ORDERED = "ordered", "Ordered"
        PAUSED = "paused", "Paused"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        "proposed": frozenset({"ordered", "cancelled"}),
        "ordered": frozenset({"delivered", "paused", "cancelled"}),
        "paused": frozenset({"ordered", "cancelled"}),
        "delivered": frozenset(),
        "cancelled": frozenset(),
    }

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="commissions")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="commissions")
    status = models.CharField(max_length=10, choices=Status)
    fee_pence = models.PositiveIntegerField(null=True, blank=True)

    objects = CommissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=~Q(status="cancelled"), name="commission_one_live_an_event"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "cancelled")) | Q(fee_pence__isnull=False),
                name="commission_ordered_has_a_fee",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_contract_terms",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("event_id", "contract_id", "status"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("NEW.status <> 'cancelled'"),
                declare=[("begins", "date"), ("ends", "date")],
                func="""
                    SELECT (starts_at AT TIME ZONE 'Europe/London')::date, (ends_at AT TIME ZONE 'Europe/London')::date
                        INTO begins, ends FROM catalogue_event WHERE id = NEW.event_id;
                    IF begins IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM (
                            SELECT range_agg(period) AS covered FROM providers_contractterm WHERE contract_id = NEW.contract_id
                        ) AS terms WHERE covered @> daterange(begins, ends, '[]')
                    ) THEN
                        RAISE EXCEPTION 'commission outside its contract''s terms'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'commission_within_contract_terms';
                    END IF;
                    RETURN NEW;
                """,  # noqa: E501
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} for {self.event}"

    def move_to(self, status: str, *, by: Person, now: datetime.datetime, reason: str = "") -> "CommissionStep":
        """Change the status and write the step. A step that `TRANSITIONS` lacks is a fault of the program."""
        if status not in self.TRANSITIONS[self.status]:
            raise ValueError(f"a commission that is {self.status} cannot become {status}")
        step = CommissionStep(commission=self, was=self.status, became=status, at=now, by=by, reason=reason)
        self.status = status
        self.save(update_fields=["status", "fee_pence"])
        step.save()
        return step


class CommissionStep(models.Model):
    """Who ordered or cancelled, when and why."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Commission.Status)
    became = models.CharField(max_length=10, choices=Commission.Status)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.commission}: {self.became}"
