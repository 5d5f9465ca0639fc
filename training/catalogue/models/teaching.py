import datetime
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q

from training.catalogue.models.event import Event, Session
from training.people.models import Person


class TeachingQuerySet(models.QuerySet["Teaching"]):
    def confirmed(self) -> Self:
        return self.filter(status=Teaching.Status.CONFIRMED)

    def unanswered(self) -> Self:
        return self.filter(status=Teaching.Status.PROPOSED)

    def live(self) -> Self:
        """Asked or confirmed: what still concerns the trainer."""
        return self.filter(status__in=(Teaching.Status.PROPOSED, Teaching.Status.CONFIRMED))

    def of_dates_that_run(self) -> Self:
        return self.exclude(session__event__standing=Event.Standing.CANCELLED)

    def to_come(self, now: datetime.datetime) -> Self:
        return self.filter(session__ends_at__gt=now)

    def clashing_with(self, person: Person, starts_at: datetime.datetime, ends_at: datetime.datetime) -> Self:
        """Where this person is confirmed at some moment between the two."""
        period = DateTimeTZRange(starts_at, ends_at)
        return self.confirmed().filter(person=person, period__overlap=period)


@pghistory.track(model_name="TeachingHistory")
class Teaching(models.Model):
    """A trainer on one session. `period` is the session's time, written by triggers alone, so that PostgreSQL can
    refuse a trainer confirmed in two places at once."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Asked"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Cannot come"
        WITHDRAWN = "withdrawn", "Taken off"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teachings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teachings")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    # What is given is written over by the trigger below; when the session moves, by the session's own.
    period = DateTimeRangeField(editable=False)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TeachingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "confirmed", "declined", "withdrawn")),
                name="teaching_status_is_known",
            ),
            models.UniqueConstraint(fields=["session", "person"], name="teaching_once_a_session"),
            # Put off to the end of a change of several sessions: day 1 may move to where day 2 still is.
            ExclusionConstraint(
                name="teaching_confirmed_in_one_place",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(status="confirmed"),
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="period_follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("session_id"),  # type: ignore[no-untyped-call]
                # The lock waits for a session that is being moved at this moment, and has it read again.
                func="""
                    SELECT tstzrange(starts_at, ends_at) INTO NEW.period
                        FROM catalogue_session WHERE id = NEW.session_id FOR SHARE;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.session}: {self.get_status_display()}"

    def move_to(self, status: str, *, by: Person, now: datetime.datetime, reason: str = "") -> "TeachingStep":
        """Change the status and write the step. A step that `TRANSITIONS` lacks is a fault of the program."""
        if status not in TRANSITIONS[Teaching.Status(self.status)]:
            raise ValueError(f"a trainer who is {self.status} cannot become {status}")
        step = TeachingStep(teaching=self, was=self.status, became=status, at=now, by=by, reason=reason)
        self.status = status
        if status == self.Status.PROPOSED:
            self.asked_at, self.answered_at = now, None
        elif status != self.Status.WITHDRAWN:
            self.answered_at = now
        self.save(update_fields=["status", "asked_at", "answered_at"])
        step.save()
        return step


TRANSITIONS: dict[Teaching.Status, frozenset[Teaching.Status]] = {
    Teaching.Status.PROPOSED: frozenset(
        {Teaching.Status.CONFIRMED, Teaching.Status.DECLINED, Teaching.Status.WITHDRAWN}
    ),
    Teaching.Status.CONFIRMED: frozenset({Teaching.Status.DECLINED, Teaching.Status.WITHDRAWN}),
    Teaching.Status.DECLINED: frozenset({Teaching.Status.PROPOSED}),
    Teaching.Status.WITHDRAWN: frozenset({Teaching.Status.PROPOSED}),
}


class TeachingStep(models.Model):
    """Who asked, confirmed, declined or took off a trainer, when and why. `was` is empty for the first asking."""

    teaching = models.ForeignKey(Teaching, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Teaching.Status, blank=True)
    became = models.CharField(max_length=10, choices=Teaching.Status)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(was=F("became")), name="teaching_step_changes_something")]

    def __str__(self) -> str:
        return f"{self.teaching}: {self.became}"
