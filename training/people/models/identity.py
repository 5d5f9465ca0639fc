from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from training.people.models.person import Person
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models.user import User


class IdentityClaimQuerySet(models.QuerySet["IdentityClaim"]):
    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)

    def visible_to(self, user: "User") -> Self:
        from training.people.visibility import identity_claims_visible_to

        return self.filter(identity_claims_visible_to(user))


class IdentityClaim(models.Model):
    """Somebody who signed up may be a person we know already; the address alone does not prove it.

    The agency's lead or a coordinator says whether `newcomer` is `known`. Until then the newcomer
    uses Muster under a record of their own and sees nothing of the known one.
    """

    class Outcome(models.TextChoices):
        SAME = "same", "The same person"
        OTHER = "other", "Somebody else"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    newcomer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims_made")
    known = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims_on")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newcomer", "known"], name="identity_claim_once_a_pair"),
            models.CheckConstraint(condition=~Q(newcomer=models.F("known")), name="identity_claim_of_two_records"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="identity_claim_settled_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.newcomer} may be {self.known}"
