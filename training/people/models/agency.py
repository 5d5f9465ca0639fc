from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from training.web.references import new_reference


class Sector(models.TextChoices):
    """The sectors of a partnership; a mixed room is counted in these."""

    COUNCIL = "council", "Council"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    EDUCATION = "education", "Education"
    EARLY_YEARS = "early_years", "Early years"
    PROBATION = "probation", "Probation"
    VOLUNTARY = "voluntary", "Voluntary"
    FAITH = "faith", "Faith"
    FIRE = "fire", "Fire"
    HOUSING = "housing", "Housing"
    OTHER = "other", "Other"


class AgencyGroup(models.Model):
    """A trust, federation or service that several organisations belong to."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def settled(self) -> Self:
        """Organisations that a coordinator knows; the others were typed by somebody signing up."""
        return self.filter(standing=Agency.Standing.SETTLED)

    def to_settle(self) -> Self:
        return self.filter(standing=Agency.Standing.PROVISIONAL)

    def with_domain_of(self, address: str) -> Self:
        """Organisations whose people may have this e-mail address: the family that it proves, no more."""
        _, _, domain = address.rpartition("@")
        return self.filter(email_domains__contains=[domain.lower()])


@pghistory.track(model_name="AgencyHistory")
class Agency(models.Model):
    """An organisation whose people are trained: a service of the council, a school, a practice, a charity.

    A partnership has hundreds of them, each with its own lead and its own bill.
    """

    class Kind(models.TextChoices):
        """What it pays as, where its sector does not say: who pays how much is data of the booking rules."""

        PARTNER = "partner", "Partner that pays into the partnership"
        MAINTAINED = "maintained", "Maintained school"
        ACADEMY = "academy", "Academy or free school"
        INDEPENDENT = "independent", "Independent school or private company"
        CHARITY = "charity", "Charity or faith group"
        SMALL = "small", "Turnover under £100,000"
        OUTSIDE = "outside", "From outside our area"

    class Standing(models.TextChoices):
        SETTLED = "settled", "Known"
        PROVISIONAL = "provisional", "To settle"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=20, blank=True)
    sector = models.CharField(max_length=20, choices=Sector)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    group = models.ForeignKey(AgencyGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="agencies")
    # May be empty (a faith group with a shared mailbox) or the same for several (a council's services).
    email_domains = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    is_charge_exempt = models.BooleanField(default=False)
    address = models.CharField(max_length=300, blank=True)
    # Which took over when it closed, if one did.
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.SETTLED)
    revision = models.PositiveIntegerField(default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="agency_name_is_unique"),
            models.UniqueConstraint(
                Lower("short_name"), name="agency_short_name_is_unique", condition=~models.Q(short_name="")
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | models.Q(standing="closed"),
                name="agency_with_a_successor_is_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("pk")),
                name="agency_does_not_follow_itself",
            ),
        ]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="agency_name_trigrams")]

    def __str__(self) -> str:
        return self.name
