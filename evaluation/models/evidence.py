import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from evaluation.models.response import Comment
from training.catalogue.models import CourseVersion
from training.governance.models import Decision, Priority
from training.people.models import Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class EvidenceItemQuerySet(models.QuerySet["EvidenceItem"]):
    def visible_to(self, user: "User") -> Self:
        """Whoever grades sees all; whoever reads reports what has been approved."""
        if user.may(Permission.GRADE_EVIDENCE):
            return self
        return self.approved() if user.may(Permission.READ_REPORTS) else self.none()

    def approved(self) -> Self:
        return self.filter(state=EvidenceItem.State.APPROVED)

    def in_date(self, day: datetime.date) -> Self:
        """Older than its expiry without a new check, evidence counts for nothing."""
        return self.approved().filter(expires_on__gt=day)


@pghistory.track(model_name="EvidenceItemHistory")
class EvidenceItem(models.Model):
    """One thing that shows practice changed, graded: "contributed to", never "caused".

    A: seen by somebody independent. B: a manager, partner or the child gives an instance. C: the practitioner's
    own account. D: scores, intentions, attendance: never called impact.
    """

    class Grade(models.TextChoices):
        A = "A", "A: seen by somebody independent"
        B = "B", "B: told by somebody else, with an instance"
        C = "C", "C: the practitioner’s own account"
        D = "D", "D: scores and intentions, not impact"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Not evidence"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    claim = models.CharField(max_length=300, help_text="The behaviour that changed.")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="evidence")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    comment = models.OneToOneField(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(max_length=200)
    is_independent = models.BooleanField(default=False)
    grade = models.CharField(max_length=1, choices=Grade)
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    count = models.PositiveIntegerField(null=True, blank=True)
    possible = models.PositiveIntegerField(null=True, blank=True)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    what_else_changed = models.TextField(blank=True)
    what_contradicts = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    graded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    revision = models.PositiveIntegerField(default=1)

    objects = EvidenceItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(graded_by__isnull=False), name="evidence_approved_has_a_grader"
            ),
            # For A and B the grader is a second person.
            models.CheckConstraint(
                condition=~Q(state="approved", grade__in=("A", "B")) | ~Q(graded_by=F("drafted_by")),
                name="evidence_strong_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(period_ends_on__gte=F("period_starts_on")), name="evidence_period_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(possible__gte=F("count")),
                name="evidence_counts_within_the_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.claim

    def move_to(self, state: str, *, by: Person, now: datetime.datetime, reason: str = "") -> None:
        """Change the state and write the step; what else was set is saved with it.

        A step that `TRANSITIONS` lacks is a fault of the program.
        """
        if state not in TRANSITIONS[EvidenceItem.State(self.state)]:
            raise ValueError(f"evidence that is {self.state} cannot become {state}")
        EvidenceStep.objects.create(item=self, was=self.state, became=state, at=now, by=by, reason=reason)
        self.state = state
        self.revision += 1
        self.save()


TRANSITIONS: dict[EvidenceItem.State, frozenset[EvidenceItem.State]] = {
    EvidenceItem.State.DRAFT: frozenset({EvidenceItem.State.APPROVED, EvidenceItem.State.REJECTED}),
    EvidenceItem.State.APPROVED: frozenset({EvidenceItem.State.REJECTED}),
    EvidenceItem.State.REJECTED: frozenset({EvidenceItem.State.DRAFT}),
}


class EvidenceStep(models.Model):
    """Who approved or rejected an item, when and why."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=EvidenceItem.State)
    became = models.CharField(max_length=10, choices=EvidenceItem.State)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.item}: {self.became}"
