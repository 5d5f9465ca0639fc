"""A change of a programme that was agreed: proposed with its reason, decided by a body, then applied as a whole."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course
from training.governance.models import Decision
from training.people.models import Person
from training.programme.models.programme import Programme
from training.web.references import new_reference


@pghistory.track(model_name="AmendmentHistory", exclude=["submission"])
class Amendment(models.Model):
    class Standing(models.TextChoices):
        PROPOSED = "proposed", "Waits for a decision"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="amendment_number_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    standing="proposed", decided_at__isnull=True, decided_by__isnull=True, decision__isnull=True
                )
                | Q(standing="withdrawn", decided_at__isnull=False, decided_by__isnull=False, decision__isnull=True)
                | Q(
                    standing__in=("agreed", "refused"),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decision__isnull=False,
                ),
                name="amendment_is_decided_by_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.number} of {self.programme}"

    def move_to(self, standing: str, *, by: Person, now: datetime.datetime, decision: Decision | None = None) -> None:
        """Decide it or take it back. A step that `TRANSITIONS` lacks is a fault of the program."""
        if standing not in TRANSITIONS[Amendment.Standing(self.standing)]:
            raise ValueError(f"an amendment that is {self.standing} cannot become {standing}")
        self.standing, self.decided_at, self.decided_by, self.decision = standing, now, by, decision
        self.save(update_fields=["standing", "decided_at", "decided_by", "decision"])


TRANSITIONS: dict[Amendment.Standing, frozenset[Amendment.Standing]] = {
    Amendment.Standing.PROPOSED: frozenset(
        {Amendment.Standing.AGREED, Amendment.Standing.REFUSED, Amendment.Standing.WITHDRAWN}
    ),
    Amendment.Standing.AGREED: frozenset(),
    Amendment.Standing.REFUSED: frozenset(),
    Amendment.Standing.WITHDRAWN: frozenset(),
}


class AmendmentLine(models.Model):
    """One course in one quarter: how many dates were planned when it was proposed, and how many are to be."""

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="lines")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    quarter_starts_on = models.DateField()
    events_before = models.PositiveSmallIntegerField()
    events_after = models.PositiveSmallIntegerField()
    pence_each = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["course__code", "quarter_starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "course", "quarter_starts_on"], name="amendment_line_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=~Q(events_before=models.F("events_after")), name="amendment_line_changes_something"
            ),
            models.CheckConstraint(condition=Q(events_after__lte=99), name="amendment_line_events_are_few"),
        ]

    def __str__(self) -> str:
        return f"{self.course.code}: {self.events_before} → {self.events_after}"
