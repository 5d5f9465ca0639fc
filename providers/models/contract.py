import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from providers.models.provider import Provider
from training.governance.models import Decision
from training.people.models import Person

if TYPE_CHECKING:
    from training.people.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    def running_on(self, day: datetime.date) -> Self:
        return self.filter(terms__period__contains=day)

    def visible_to(self, user: "User") -> Self:
        return self.filter(provider__in=Provider.objects.visible_to(user))


@pghistory.track(model_name="ContractHistory")
class Contract(models.Model):
    """What was agreed with a provider. Its time is the sum of its terms; the last possible end is derived."""

    reference = models.CharField(max_length=40, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="contracts")
    lot_number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    value_pence = models.BigIntegerField(null=True, blank=True)
    # What has to fit between the last safe decision and the end: telling the provider, and buying anew.
    notice_months = models.PositiveSmallIntegerField(default=0)
    rebuying_months = models.PositiveSmallIntegerField(default=10)
    # A date given back so many working days before costs nothing; later this part of the fee. Empty: not agreed.
    cancel_notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    cancel_percent = models.PositiveSmallIntegerField(default=100)
    revision = models.PositiveIntegerField(default=1)

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value_pence__isnull=True) | Q(value_pence__gte=0), name="contract_value_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Za-z0-9][A-Za-z0-9-]*$"), name="contract_reference_fits_an_address"
            ),
            models.CheckConstraint(condition=Q(cancel_percent__lte=100), name="contract_cancels_for_the_fee_at_most"),
        ]

    def __str__(self) -> str:
        return self.reference


@pghistory.track(model_name="ContractTermHistory")
class ContractTerm(models.Model):
    """A stretch of a contract's time: the first, one per option taken, one per variation. They never overlap."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "First term"
        EXTENSION = "extension", "Extension"
        VARIATION = "variation", "Variation"

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind)
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="contract_terms_do_not_overlap",
                expressions=[("contract", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False),
                name="contract_term_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.get_kind_display()}"


@pghistory.track(model_name="ExtensionOptionHistory")
class ExtensionOption(models.Model):
    """One of a contract's options, in their order: 3+2, 2+1+1, 3+1 all occur."""

    class Outcome(models.TextChoices):
        OPEN = "open", "Not decided"
        TAKEN = "taken", "Extended"
        REFUSED = "refused", "Not extended"

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()
    decide_by = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "position"], name="extension_option_position_once"),
            models.CheckConstraint(condition=Q(months__gt=0), name="extension_option_lasts"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="open") & ~Q(reason="")),
                name="extension_option_decided_who_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} option {self.position}"
