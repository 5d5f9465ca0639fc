from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from training.catalogue.models.course import Course
from training.people.models import Agency, Employment
from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.people.models import User


@pghistory.track(model_name="ClosedForHistory")
class ClosedFor(models.Model):
    """An organisation that a date of a “Session for one organisation” is for. Nobody else sees it or books it."""

    event = models.ForeignKey("catalogue.Event", on_delete=models.CASCADE, related_name="closed_for")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "agency"], name="closed_for_an_organisation_once")]

    def __str__(self) -> str:
        return f"{self.event} for {self.agency}"


def open_to(user: "User | None") -> Q:
    """Of events: what is for everybody, and sessions for an organisation where this user works or that they lead."""
    for_everybody = ~Q(version__course__kind=Course.Kind.CLOSED)
    if user is None or not user.is_authenticated:
        return for_everybody
    if user.may(Permission.MANAGE_CATALOGUE):
        return Q()
    works = Employment.objects.not_refused().not_over(timezone.localdate()).filter(person=user.person_id)
    theirs = Q(agency__in=works.values("agency")) | Q(agency__in=user.led_agency_ids)
    return for_everybody | Q(Exists(ClosedFor.objects.filter(theirs, event=OuterRef("pk"))))
