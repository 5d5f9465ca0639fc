import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from bookings.models.booking import Booking
from training.catalogue.models import Event


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def run_out(self, now: datetime.datetime) -> Self:
        return self.open().filter(expires_at__lte=now)


class Offer(models.Model):
    """A place is somebody's until a moment: inside the notice period nobody is booked without saying yes."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Taken"
        DECLINED = "declined", "Not taken"
        RAN_OUT = "ran_out", "Not answered in time"
        WITHDRAWN = "withdrawn", "Taken back"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="offers")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(ended_at__isnull=True), name="offer_one_open_a_booking"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="offer_leaves_time"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="offer_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Offer until {self.expires_at:%Y-%m-%d %H:%M}"


class WaitingDecision(models.Model):
    """Why somebody on a waiting list got a place, or was passed over: shown to them and the coordinator."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="waiting_decisions")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="waiting_decisions")
    at = models.DateTimeField()
    is_chosen = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    # Which of the date's turns: the one chosen and all who were passed over for them. None: not about a place.
    turn = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "turn"], condition=Q(is_chosen=True), name="waiting_decision_one_chosen_a_turn"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence
