"""A way of teaching stopped for a time, the dates it stopped, and who is still to be told of what became of them."""

import datetime
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from bookings.models.booking import Booking
from providers.models import Provider
from training.catalogue.models import DeliveryMode, Event, Order, Venue
from training.governance.models import Decision
from training.people.models import Person
from training.web.references import new_reference


@pghistory.track(model_name="SuspensionHistory", exclude=["submission"])
class Suspension(models.Model):
    """One way of teaching stopped from a day on, everywhere or at some venues, until a day or until it is lifted."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True, help_text="Empty: until further notice.")
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # From this day on dates take place again; before it what was stopped stays stopped.
    lifted_from = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=("face_to_face", "virtual", "hybrid")), name="suspension_is_of_a_mode_with_dates"
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="suspension_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_from__isnull=True, lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_from__isnull=False, lifted_by__isnull=False, lifted_at__isnull=False),
                name="suspension_lifted_who_when_and_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} from {self.first_on:%-d %B %Y}"

    @property
    def is_lifted(self) -> bool:
        return self.lifted_from is not None


class SuspensionPlace(models.Model):
    """Where a suspension holds, and for which days: one venue, or everywhere when there is none.

    No day and place of one mode is suspended twice: PostgreSQL refuses a second one, everywhere included.
    """

    suspension = models.ForeignKey(Suspension, on_delete=models.CASCADE, related_name="places")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="suspension_once_a_mode_day_and_place",
                expressions=[
                    ("mode", RangeOperators.EQUAL),
                    # Without a venue a range without ends, which overlaps every venue's.
                    (
                        Func(
                            F("venue"),
                            F("venue"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(mode="face_to_face") | Q(mode="hybrid") | Q(venue__isnull=True),
                name="suspension_at_a_venue_is_of_rooms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suspension}: {self.venue or 'everywhere'}"


class DisruptedDateQuerySet(models.QuerySet["DisruptedDate"]):
    def suspended(self) -> Self:
        return self.filter(status=DisruptedDate.Status.SUSPENDED)

    def changed_under(self, booking: Booking) -> Self:
        """What befell the date of this booking since it was made."""
        return self.filter(event=booking.event_id, ended_at__gte=booking.made_at, status__in=CHANGED)


@pghistory.track(model_name="DisruptedDateHistory")
class DisruptedDate(models.Model):
    """What befell one date, by a suspension or on its own: who decided, when, and what giving it back would cost then.

    A date is suspended once at a time. From suspended on its row says what became of it; the next thing that befalls
    the date has a row of its own.
    """

    class Status(models.TextChoices):
        SUSPENDED = "suspended", "Suspended"
        CONVERTED = "converted", "Moved online"
        RESUMED = "resumed", "Takes place after all"
        POSTPONED = "postponed", "Postponed"
        CANCELLED = "cancelled", "Cancelled"
        LOST = "lost", "Its day passed"
        COVERED = "covered", "Another trainer, or one fewer"

    suspension = models.ForeignKey(Suspension, null=True, blank=True, on_delete=models.PROTECT, related_name="dates")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="disruptions")
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=300)
    learners = models.PositiveSmallIntegerField()
    waiting = models.PositiveSmallIntegerField(default=0)
    cost_pence = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DisruptedDateQuerySet.as_manager()

    class Meta:
        ordering = ["event__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=("suspended", "converted", "resumed", "postponed", "cancelled", "lost", "covered")
                ),
                name="disrupted_date_status_is_known",
            ),
            models.UniqueConstraint(
                fields=["event"], condition=Q(status="suspended"), name="disrupted_date_suspended_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status="suspended", suspension__isnull=False, ended_at__isnull=True)
                | (~Q(status="suspended") & Q(ended_at__isnull=False)),
                name="disrupted_date_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_status_display()}"

    def move_to(self, status: str, *, by: Person | None, now: datetime.datetime) -> None:
        """In memory. A step that the table lacks is a fault of the program; `by` is None when a day has passed."""
        if status not in DISRUPTED_TRANSITIONS[DisruptedDate.Status(self.status)]:
            raise ValueError(f"a date that is {self.status} cannot become {status}")
        self.status, self.ended_by, self.ended_at = status, by, now


_S = DisruptedDate.Status
CHANGED = (_S.CONVERTED, _S.RESUMED, _S.POSTPONED)
DISRUPTED_TRANSITIONS: dict[DisruptedDate.Status, frozenset[DisruptedDate.Status]] = {
    _S.SUSPENDED: frozenset({_S.CONVERTED, _S.RESUMED, _S.POSTPONED, _S.CANCELLED, _S.LOST}),
    **{status: frozenset() for status in _S if status != _S.SUSPENDED},
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to_tell(self) -> Self:
        return self.filter(told_at__isnull=True)


class Notice(models.Model):
    """Somebody to be told of one change: written with it, told by a worker, once, whatever dies in between.

    For one booking; or for a trainer, a provider or a supplier, then `data` names the dates.
    """

    class What(models.TextChoices):
        SUSPENDED = "suspended", "Suspended"
        CONVERTED = "converted", "Moved online"
        RESUMED = "resumed", "Takes place after all"
        POSTPONED = "postponed", "Postponed"
        LOST = "lost", "Did not take place"

    class Outcome(models.TextChoices):
        WRITTEN = "written", "Written to"
        NO_ADDRESS = "no_address", "Has no address"
        NOT_NEEDED = "not_needed", "Had left by then"

    what = models.CharField(max_length=10, choices=What)
    suspension = models.ForeignKey(Suspension, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    disrupted = models.ForeignKey(
        DisruptedDate, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(booking__isnull=False, disrupted__isnull=False, person=None, provider=None, order=None)
                | Q(booking=None, person__isnull=False, provider=None, order=None)
                | Q(booking=None, person=None, provider__isnull=False, order=None)
                | Q(booking=None, person=None, provider=None, order__isnull=False),
                name="notice_is_for_one",
            ),
            models.UniqueConstraint(
                fields=["disrupted", "what", "booking"],
                condition=Q(booking__isnull=False),
                name="notice_once_a_change_and_booking",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, outcome="") | (Q(told_at__isnull=False) & ~Q(outcome="")),
                name="notice_told_with_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="notice_to_tell")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.booking_id or self.person_id or self.provider_id or self.order_id}"
