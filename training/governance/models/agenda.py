"""What somebody puts before a body by hand. What waits in the product's other parts comes by itself."""

from typing import Self

from django.db import models
from django.db.models import Q

from training.governance.models.bodies import Body, Decision
from training.people.models import Person
from training.web.references import new_reference


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def waiting(self) -> Self:
        return self.filter(decision=None, withdrawn_at=None)


class AgendaItem(models.Model):
    """A question for the body's next meeting: on its agenda until it is decided or taken off."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agenda_items")
    subject = models.CharField(max_length=200)
    asked = models.CharField(max_length=300, help_text="What the meeting is asked to decide.")
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["put_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(asked=""), name="agenda_item_asks_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, decision__isnull=True),
                name="agenda_item_is_decided_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
