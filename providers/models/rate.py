import pghistory
from django.db import models
from django.db.models import Q

from providers.models.contract import Contract
from training.catalogue.models import DeliveryMode


@pghistory.track(model_name="ContractRateHistory")
class ContractRate(models.Model):
    """What a contract agrees to pay for one way of teaching: for a sitting of half a day, and for a longer one."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="rates")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    half_day_pence = models.PositiveIntegerField()
    day_pence = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "mode"], name="contract_rate_once_a_mode"),
            models.CheckConstraint(
                condition=Q(half_day_pence__lte=models.F("day_pence")), name="contract_rate_day_is_dearer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.get_mode_display()}"
