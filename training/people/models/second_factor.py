import pgtrigger
from django.db import models

from training.people.models.person import Person
from training.people.models.user import User


class SecondFactorReset(models.Model):
    """Somebody lost their phone and their recovery codes: who took the second step away, when and why."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factor_resets")
    # Nobody: somebody at the server, for an administrator whom no other could help.
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="second_factor_reset_has_a_reason")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d}"
