import datetime
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from training.catalogue.models import Event, Session
from training.people.models import Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class What(models.TextChoices):
    """What happened at a date, besides the course."""

    AT_RISK = "at_risk", "A child or adult is at risk now"
    COLLEAGUE = "colleague", "Something about a colleague"
    UPSET = "upset", "Somebody is upset"
    UNSAFE = "unsafe", "Somebody seems unsafe to practise"
    ACCIDENT = "accident", "An accident or a fire"


# What the safeguarding duty people hear of too.
FOR_DUTY = (What.AT_RISK, What.COLLEAGUE)


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def visible_to(self, user: "User") -> Self:
        """Coordinators; duty people for what is theirs, unless they teach that date; whoever reported it.

        Never the other trainers of the date, and never the provider's managers.
        """
        if user.may(Permission.MANAGE_BOOKINGS):
            return self
        seen = Q(by=user.person_id)
        if user.may(Permission.ANSWER_CONCERNS):
            taught = Event.objects.taught_by(user.person).values("pk")
            seen |= Q(what__in=FOR_DUTY) & ~Q(session__event__in=taught)
        return self.filter(seen)


class Incident(models.Model):
    """Something happened at a date: what, when, who was told, what was done. Never the name of a child.

    `uuid` is the phone's or the form's own, so that a report sent twice is one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="incidents")
    what = models.CharField(max_length=10, choices=What)
    happened_at = models.DateTimeField()
    told = models.CharField(max_length=300, blank=True)
    done = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    # The last working day on which the coordinators were reminded.
    chased_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=What.values), name="incident_is_of_a_kind"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="incident_closed_who_when_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.reference})"

    @property
    def is_for_duty(self) -> bool:
        return self.what in FOR_DUTY

    def is_quiet_on(self, day: datetime.date) -> bool:
        """Whether nobody need be reminded on this day: it came in today, or they were reminded already."""
        from training.web.when import london_day

        return london_day(self.received_at) >= day or self.chased_on == day
