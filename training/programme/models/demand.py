"""Who would come if a course had a date that suits them: the interest list."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from training.catalogue.models import Course, Event
from training.people.models import Agency, Person

if TYPE_CHECKING:
    from training.people.models import User


class DemandSignalQuerySet(models.QuerySet["DemandSignal"]):
    def waiting(self) -> Self:
        return self.filter(withdrawn_at=None, told_at=None)

    def visible_to(self, user: "User") -> Self:
        from training.people.visibility import persons_visible_to

        return self.filter(persons_visible_to(user, "person"))


class DemandSignal(models.Model):
    """Somebody asks to be told of a course's next date. Told once, by the first date that opens after."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="demand")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="demand")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_of = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DemandSignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(withdrawn_at__isnull=True, told_at__isnull=True),
                name="demand_waits_once_a_course",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_of__isnull=True)
                | Q(told_at__isnull=False, told_of__isnull=False),
                name="demand_is_told_of_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.course.code}"
