"""A programme: what the partnership means to train over its years, who recommended it and who agreed it."""

import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from training.governance.models import Decision, Priority
from training.people.models import Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: "User") -> Self:
        """A draft is its planners' until it is put to the subgroup."""
        if user.may(Permission.PLAN_PROGRAMME):
            return self
        if user.may(Permission.SEE_PROGRAMME):
            return self.exclude(standing=Programme.Standing.DRAFT, offered_at=None)
        return self.none()

    def in_force(self) -> Self:
        """What runs: agreed and begun."""
        return self.filter(standing=Programme.Standing.LIVE)

    def wholly_agreed(self) -> Self:
        """Agreed at least: changed by amendment alone."""
        return self.filter(standing__in=(Programme.Standing.AGREED, Programme.Standing.LIVE))


@pghistory.track(model_name="ProgrammeHistory")
class Programme(models.Model):
    """`period` holds whole financial years, the end left out. `envelope_pence` is the budget it must keep within."""

    class Standing(models.TextChoices):
        DRAFT = "draft", "Draft"
        RECOMMENDED = "recommended", "Recommended by the PDL subgroup"
        AGREED = "agreed", "Agreed by the Executive"
        LIVE = "live", "Running"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    title = models.CharField(max_length=120)
    period = DateRangeField()
    envelope_pence = models.PositiveBigIntegerField(null=True, blank=True)
    purpose = models.TextField(blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.DRAFT)
    # When a draft was put to the subgroup: from then on it stands on its agenda.
    offered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_a_title"),
            models.CheckConstraint(
                condition=Q(standing__in=("draft", "recommended", "agreed", "live", "closed")),
                name="programme_standing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__lower_inf=False, period__upper_inf=False),
                name="programme_has_a_first_and_a_last_day",
            ),
            ExclusionConstraint(
                name="programme_one_runs_at_a_time",
                expressions=[("period", RangeOperators.OVERLAPS)],
                condition=Q(standing="live"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_on(self) -> datetime.date:
        first: datetime.date = self.period.lower
        return first

    @property
    def ends_on(self) -> datetime.date:
        """Its last day."""
        after: datetime.date = self.period.upper
        return after - datetime.timedelta(days=1)

    @property
    def is_draft(self) -> bool:
        return self.standing == Programme.Standing.DRAFT

    def move_to(
        self, standing: str, *, by: Person, now: datetime.datetime, decision: Decision | None = None, reason: str = ""
    ) -> "ProgrammeStep":
        """Change the standing and write the step. A step that `TRANSITIONS` lacks is a fault of the program."""
        if standing not in TRANSITIONS[Programme.Standing(self.standing)]:
            raise ValueError(f"a programme that is {self.standing} cannot become {standing}")
        was, self.standing = self.standing, standing
        self.revision += 1
        self.save(update_fields=["standing", "offered_at", "revision"])
        return ProgrammeStep.objects.create(
            programme=self, was=was, became=standing, at=now, by=by, decision=decision, reason=reason
        )


TRANSITIONS: dict[Programme.Standing, frozenset[Programme.Standing]] = {
    Programme.Standing.DRAFT: frozenset({Programme.Standing.RECOMMENDED}),
    Programme.Standing.RECOMMENDED: frozenset({Programme.Standing.AGREED, Programme.Standing.DRAFT}),
    Programme.Standing.AGREED: frozenset({Programme.Standing.LIVE, Programme.Standing.CLOSED}),
    Programme.Standing.LIVE: frozenset({Programme.Standing.CLOSED}),
    Programme.Standing.CLOSED: frozenset(),
}


class ProgrammeStep(models.Model):
    """Who moved a programme on, when, and by which decision of which meeting."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=12, choices=Programme.Standing)
    became = models.CharField(max_length=12, choices=Programme.Standing)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(became__in=("recommended", "agreed", "draft")) | Q(decision__isnull=False),
                name="programme_step_of_a_body_has_its_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.get_became_display()}"


class YearPriority(models.Model):
    """A priority that the programme answers in one of its years; the board is the priority's own."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="year_priorities")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="programme_years")
    year = models.PositiveSmallIntegerField(help_text="The year in which the financial year begins.")

    class Meta:
        ordering = ["year", "priority__name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "priority", "year"], name="year_priority_once"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="year_priority_year_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.priority} in {self.year}"
