import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from evaluation.models.questionnaire import Question, QuestionnaireVersion, Stage
from training.catalogue.models import Event, LearningOutcome
from training.people.models import Person, Sector


class Response(models.Model):
    """One person's answers to one stage, under a pseudonym: a random id, a date without time, no name.

    `pairing_key` is an HMAC of the booking's episode with a key outside the database: it joins the stages of
    one person on one course and tells nobody who it is. Not tracked by the audit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="responses")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="responses")
    stage = models.CharField(max_length=10, choices=Stage)
    pairing_key = models.CharField(max_length=64)
    # The coarsest thing that a cut needs; the agency would name people.
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pairing_key", "stage"], name="response_once_a_person_and_stage")
        ]
        indexes = [models.Index(fields=["event", "stage"], name="response_by_event_and_stage")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.event}"


class Answer(models.Model):
    """One rating or choice. What people write in their own words is a `Comment`."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    outcome = models.ForeignKey(
        LearningOutcome, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    choice = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "outcome"], name="answer_once_a_question", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="answer_rating_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=(Q(rating__isnull=False, choice="") | (Q(rating__isnull=True) & ~Q(choice=""))),
                name="answer_is_a_rating_or_a_choice",
            ),
        ]
        indexes = [models.Index(fields=["question", "outcome"], name="answer_by_question")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.rating or self.choice}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def to_screen(self) -> Self:
        return self.filter(state=Comment.State.UNSCREENED)

    def cleared(self) -> Self:
        return self.filter(state__in=(Comment.State.CLEARED, Comment.State.QUOTABLE))

    def that_may_be_evidence(self) -> Self:
        """What came of a course, in the words of whoever came or of their manager."""
        two_months_on = Q(response__stage=Stage.FOLLOW_UP) | Q(stage=Stage.FOLLOW_UP)
        return self.filter(two_months_on | Q(origin=Comment.Origin.MANAGER))


class Comment(models.Model):
    """Words that may name a child: read by a screener before anybody else, approved before they are quoted.

    Screeners see comments in the order of their random ids, and without the event until `shows_event`. What was typed
    into a form belongs to its response. A manager's example, and words that had gone to the duty people first, belong
    to a date alone: the rows that they came from name somebody.
    """

    class Origin(models.TextChoices):
        FORM = "form", "Somebody’s own answer"
        MANAGER = "manager", "A manager’s example"
        PASSED_ON = "passed_on", "An answer that was passed on to the duty people"

    class State(models.TextChoices):
        UNSCREENED = "unscreened", "To be read"
        CLEARED = "cleared", "May be read in reports"
        QUOTABLE = "quotable", "May be quoted"
        WITHHELD = "withheld", "Not to be shown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FORM)
    response = models.ForeignKey(Response, null=True, blank=True, on_delete=models.CASCADE, related_name="comments")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="loose_comments")
    was_passed_on = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    on = models.DateField(null=True, blank=True)
    text = models.TextField()
    # What the machine suspects in it (a date of birth, an NHS number, a name): kinds and places, for the screener.
    suspicions = models.JSONField(default=list, blank=True)
    cleared_text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UNSCREENED)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="comment_once_a_question"),
            models.CheckConstraint(
                condition=Q(state__in=("unscreened", "withheld")) | ~Q(cleared_text=""),
                name="comment_cleared_has_a_text",
            ),
            models.CheckConstraint(
                condition=Q(
                    origin="form",
                    response__isnull=False,
                    question__isnull=False,
                    event__isnull=True,
                    stage="",
                    on__isnull=True,
                )
                | Q(
                    origin__in=("manager", "passed_on"),
                    response__isnull=True,
                    question__isnull=True,
                    event__isnull=False,
                    on__isnull=False,
                ),
                name="comment_is_of_a_response_or_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.id}"

    @property
    def about(self) -> Event:
        """The date that the words are about."""
        event = self.response.event if self.response else self.event
        if event is None:
            raise ValueError(f"{self} is about no date")
        return event

    @property
    def asked_at(self) -> str:
        """The stage whose form they were typed into; empty for a manager's example."""
        return self.response.stage if self.response else self.stage

    @property
    def written_on(self) -> datetime.date:
        day = self.response.on if self.response else self.on
        if day is None:
            raise ValueError(f"{self} has no day")
        return day

    @property
    def heading(self) -> str:
        """What was asked, above the words."""
        return self.question.text if self.question else HEADINGS[Comment.Origin(self.origin)]

    @property
    def may_be_evidence(self) -> bool:
        """Whether `that_may_be_evidence` has it."""
        return self.origin == Comment.Origin.MANAGER or self.asked_at == Stage.FOLLOW_UP

    @property
    def is_own_account(self) -> bool:
        """Whether somebody tells of their own work: evidence of grade C at most."""
        return self.origin != Comment.Origin.MANAGER

    def move_to(self, state: str, *, by: Person, now: datetime.datetime, reason: str = "") -> None:
        """Change the state and write the step. A step that `TRANSITIONS` lacks is a fault of the program."""
        if state not in TRANSITIONS[Comment.State(self.state)]:
            raise ValueError(f"a comment that is {self.state} cannot become {state}")
        CommentStep.objects.create(comment=self, was=self.state, became=state, at=now, by=by, reason=reason)
        self.state = state
        self.save(update_fields=["state", "cleared_text", "suspicions"])


HEADINGS = {
    Comment.Origin.MANAGER: "A change that a manager has seen since the course",
    Comment.Origin.PASSED_ON: "In their own words",
}
TRANSITIONS: dict[Comment.State, frozenset[Comment.State]] = {
    Comment.State.UNSCREENED: frozenset({Comment.State.CLEARED, Comment.State.QUOTABLE, Comment.State.WITHHELD}),
    Comment.State.CLEARED: frozenset({Comment.State.QUOTABLE, Comment.State.WITHHELD}),
    Comment.State.QUOTABLE: frozenset({Comment.State.CLEARED, Comment.State.WITHHELD}),
    Comment.State.WITHHELD: frozenset({Comment.State.CLEARED}),
}


class CommentStep(models.Model):
    """Who screened a comment, what they made of it and when."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Comment.State)
    became = models.CharField(max_length=10, choices=Comment.State)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.became}"
