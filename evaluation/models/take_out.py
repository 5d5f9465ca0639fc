"""A full export: who asked for it and why, who agreed, and the file while it is there."""

import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from training.people.models import Person
from training.web.references import new_reference

KEPT = datetime.timedelta(days=3)
# A worker that died while it wrote leaves the row so; after this long another one begins anew.
STUCK_AFTER = datetime.timedelta(hours=1)


class TakeOutQuerySet(models.QuerySet["TakeOut"]):
    def to_make(self, now: datetime.datetime) -> Self:
        stuck = Q(state=TakeOut.State.MAKING, begun_at__lte=now - STUCK_AFTER)
        return self.filter(Q(state=TakeOut.State.AGREED) | stuck)

    def run_out(self, now: datetime.datetime) -> Self:
        return self.filter(state=TakeOut.State.READY, expires_at__lte=now)

    def under_way(self) -> Self:
        return self.filter(state__in=(TakeOut.State.ASKED, TakeOut.State.AGREED, TakeOut.State.MAKING))


class TakeOut(models.Model):
    """One request for everything. Its file is `TakeOutPiece` rows, removed after three days; the row stays."""

    class State(models.TextChoices):
        ASKED = "asked", "Waits for a second administrator"
        AGREED = "agreed", "Waits for a worker"
        MAKING = "making", "Being written"
        READY = "ready", "Ready"
        EXPIRED = "expired", "Removed"
        REFUSED = "refused", "Not agreed"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = TakeOutQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="take_out_has_a_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")), name="take_out_agreed_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ready", "expired")) | Q(expires_at__isnull=False),
                name="take_out_ready_expires",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(state__in=("asked", "agreed", "making")),
                name="take_out_one_under_way",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def move_to(self, state: str, *, by: Person | None, now: datetime.datetime) -> "TakeOutStep":
        """Change the state and write the step; `by` is None when Muster itself does it.

        A step that `TRANSITIONS` lacks is a fault of the program.
        """
        if state not in TRANSITIONS[TakeOut.State(self.state)]:
            raise ValueError(f"a take-out that is {self.state} cannot become {state}")
        self.state = state
        self.save()
        return TakeOutStep.objects.create(take_out=self, what=state, by=by, at=now)


State = TakeOut.State
TRANSITIONS: dict[TakeOut.State, frozenset[TakeOut.State]] = {
    State.ASKED: frozenset({State.AGREED, State.REFUSED}),
    State.AGREED: frozenset({State.MAKING}),
    State.MAKING: frozenset({State.MAKING, State.READY}),
    State.READY: frozenset({State.EXPIRED}),
    State.EXPIRED: frozenset(),
    State.REFUSED: frozenset(),
}


class TakeOutStep(models.Model):
    """Who asked, agreed or fetched it, and when. Never changed or removed."""

    take_out = models.ForeignKey(TakeOut, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.take_out}: {self.what}"


class TakeOutPiece(models.Model):
    """A megabyte of the file, so that neither writing nor sending it holds the whole."""

    take_out = models.ForeignKey(TakeOut, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["take_out", "number"], name="take_out_piece_once")]

    def __str__(self) -> str:
        return f"{self.take_out}, piece {self.number}"
