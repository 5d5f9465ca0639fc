from django.db import models
from django.db.models import Q

from training.catalogue.models import Session
from training.people.models import Person


class AlsoThere(models.Model):
    """In the room and not booked: counted on the roll call, never in a rate. By role and number, without names."""

    class Role(models.TextChoices):
        INTERPRETER = "interpreter", "Interpreters"
        ASSISTANT = "assistant", "Personal assistants"
        OBSERVER = "observer", "Observers"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="also_there")
    role = models.CharField(max_length=12, choices=Role)
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "role"], name="also_there_once_a_role"),
            models.CheckConstraint(
                condition=Q(role__in=["interpreter", "assistant", "observer"]), name="also_there_role_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="also_there_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.number}"
