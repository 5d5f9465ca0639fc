import pgtrigger
from django.db import models
from django.db.models import Q

from providers.models.contract import Contract
from training.governance.models import Decision
from training.people.models import Person


class ContractVariation(models.Model):
    """A change of what was agreed, beside the options: its end, its value, what it covers. Never changed or removed."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="variations")
    agreed_on = models.DateField()
    old_end = models.DateField(null=True, blank=True, help_text="The last day until then.")
    new_end = models.DateField(null=True, blank=True, help_text="The last day from then on.")
    old_value_pence = models.BigIntegerField(null=True, blank=True)
    new_value_pence = models.BigIntegerField(null=True, blank=True)
    scope = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["agreed_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_end__isnull=False) | Q(new_value_pence__isnull=False) | ~Q(scope=""),
                name="contract_variation_changes_something",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="contract_variation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(new_value_pence__isnull=True) | Q(new_value_pence__gte=0),
                name="contract_variation_value_is_not_negative",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.contract}, {self.agreed_on}"
