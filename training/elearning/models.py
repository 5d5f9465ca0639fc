"""What was done in one's own time: on the licensed platform, or somewhere that is not ours."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import CourseVersion
from training.people.models import Person
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class Outcome(models.TextChoices):
    OPEN = "", "Waiting for an answer"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Not confirmed"


class ElsewhereClaimQuerySet(models.QuerySet["ElsewhereClaim"]):
    def open(self) -> Self:
        return self.filter(outcome=Outcome.OPEN)

    def to_settle_by(self, user: "User") -> Self:
        """A coordinator settles any, a lead those of their people; nobody their own."""
        from training.elearning.visibility import claims_settled_by

        return self.filter(claims_settled_by(user))

    def visible_to(self, user: "User") -> Self:
        own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        return self.filter(own) | self.to_settle_by(user)


@pghistory.track(model_name="ElsewhereClaimHistory", exclude=["proof", "submission"])
class ElsewhereClaim(models.Model):
    """ "I did it elsewhere": counts for nothing until a lead or a coordinator has confirmed it."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="elsewhere_claims")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    where = models.CharField(max_length=200)
    what_proves_it = models.TextField(max_length=1000, blank=True)
    proof = models.BinaryField(blank=True, default=b"")
    proof_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    # The id of the form: the same form sent twice is one claim.
    submission = models.UUIDField(unique=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    objects = ElsewhereClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what_proves_it="") | ~Q(proof_name=""), name="elsewhere_claim_is_proved_somehow"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="elsewhere_claim_settled_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["person", "version", "on"], condition=~Q(outcome="refused"), name="elsewhere_claim_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version} at {self.where}"


class CompletionQuerySet(models.QuerySet["Completion"]):
    def to_settle(self) -> Self:
        """Rows of which nobody knows yet whom they are about."""
        return self.filter(person__isnull=True, is_set_aside=False)


@pghistory.track(model_name="CompletionHistory")
class Completion(models.Model):
    """One row of the licensed platform's list, as it came. `person` is empty until it is known whose it is."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    agency_name = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="completions")
    is_set_aside = models.BooleanField(default=False)
    read_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CompletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "on", "name", "email", "external_id"], name="completion_read_once"
            ),
            models.CheckConstraint(
                condition=Q(is_set_aside=False) | Q(person__isnull=True), name="completion_set_aside_is_nobodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"


class PlatformAccount(models.Model):
    """Whom the platform's own number means: learnt when a row is settled, so that the next one needs no person."""

    external_id = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="platform_accounts")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(external_id=""), name="platform_account_has_a_number")]

    def __str__(self) -> str:
        return self.external_id
