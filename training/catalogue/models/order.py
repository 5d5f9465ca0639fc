import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from training.catalogue.models.event import Event
from training.people.models import Person
from training.web.references import new_reference


class OrderQuerySet(models.QuerySet["Order"]):
    def live(self) -> Self:
        return self.exclude(status=Order.Status.CANCELLED)

    def at_a_supplier(self) -> Self:
        """Whoever delivers knows of it: they have to be told what changes."""
        return self.filter(status__in=(Order.Status.ORDERED, Order.Status.CONFIRMED))

    def in_order(self) -> Self:
        return self.order_by("event__starts_at", "kind", "pk")


@pghistory.track(model_name="OrderHistory", exclude=["submission"])
class Order(models.Model):
    """Something to order for a date besides its trainers: a room, food, an interpreter, kit.

    `attention` is what the supplier has to be told and has not been yet. Money is what the supplier has said.
    """

    class Kind(models.TextChoices):
        ROOM = "room", "Room"
        CATERER = "caterer", "Food and drink"
        INTERPRETER = "interpreter", "Interpreter"
        KIT = "kit", "Kit"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        NEEDED = "needed", "To order"
        ORDERED = "ordered", "Ordered"
        CONFIRMED = "confirmed", "Numbers confirmed"
        CANCELLED = "cancelled", "Cancelled"

    class Attention(models.TextChoices):
        NONE = "", "Nothing"
        CHANGE = "change", "Tell the supplier what changed"
        CANCEL = "cancel", "Cancel it with the supplier"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=12, choices=Kind)
    what = models.CharField(max_length=300, blank=True)
    supplier = models.CharField(max_length=200, blank=True)
    supplier_email = models.EmailField(blank=True)
    supplier_phone = models.CharField(max_length=40, blank=True)
    numbers = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_pence = models.PositiveIntegerField(null=True, blank=True)
    # The last days on which to order, to say how many, and to cancel for nothing.
    order_by = models.DateField(null=True, blank=True)
    numbers_by = models.DateField(null=True, blank=True)
    cancel_free_until = models.DateField(null=True, blank=True)
    # What cancelling costs after that day; empty: the whole.
    late_cancel_pence = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEEDED)
    attention = models.CharField(max_length=6, choices=Attention, blank=True, default="")
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("room", "caterer", "interpreter", "kit", "other")), name="order_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("needed", "ordered", "confirmed", "cancelled")), name="order_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(attention="") | Q(attention__in=("change", "cancel"), status__in=("ordered", "confirmed")),
                name="order_to_be_told_was_ordered",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("needed", "cancelled")) | ~Q(supplier=""), name="order_ordered_has_a_supplier"
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(numbers__isnull=False), name="order_confirmed_says_how_many"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.event}"

    def move_to(self, status: str, *, by: Person | None, now: datetime.datetime, reason: str = "") -> "OrderStep":
        """Change the status and write the step; the supplier is as up to date as the step says.

        `by` is None when Muster itself does it. A step that `TRANSITIONS` lacks is a fault of the program.
        """
        if status not in TRANSITIONS[Order.Status(self.status)]:
            raise ValueError(f"an order that is {self.status} cannot become {status}")
        step = OrderStep(order=self, was=self.status, became=status, at=now, by=by, reason=reason)
        self.status, self.attention = status, ""
        self.revision += 1
        self.save(update_fields=["status", "attention", "numbers", "revision"])
        step.save()
        return step


TRANSITIONS: dict[Order.Status, frozenset[Order.Status]] = {
    Order.Status.NEEDED: frozenset({Order.Status.ORDERED, Order.Status.CANCELLED}),
    Order.Status.ORDERED: frozenset({Order.Status.CONFIRMED, Order.Status.CANCELLED}),
    Order.Status.CONFIRMED: frozenset({Order.Status.CANCELLED}),
    Order.Status.CANCELLED: frozenset(),
}


class OrderStep(models.Model):
    """Who ordered, confirmed, told or cancelled, when and why. The same state twice: the supplier was told of a change,
    or has to be. `was` is empty for the first."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Order.Status, blank=True)
    became = models.CharField(max_length=10, choices=Order.Status)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(was=F("became")) | ~Q(reason=""), name="order_step_changes_something_or_says_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.became}"
