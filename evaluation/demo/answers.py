"""What everybody answered: drawn around each course's own level, with the planted stories pushed in."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model

from evaluation.demo.invitations import Person, spent
from evaluation.models import Answer, Comment, CommentStep, Invitation, Question, Response, Stage
from evaluation.pairing import pairing_key
from training.catalogue.models import LearningOutcome
from training.config.parts import Demo
from training.web.when import london_day

# Mean ratings; the weak provider's are lower, and after one course people see how much they did not know.
BEFORE, THEN, AFTER, LATER = 2.9, 2.6, 4.0, 3.9
OVERRATED, SOBERED = 4.2, 3.5
GOOD, WEAK = 4.4, 3.0
SAYS, SPREAD = 0.22, 0.8
USED = (0.55, 0.3, 0.15)
SCREENED_AFTER = datetime.timedelta(days=21)


def answer_for_everybody(demo: Demo, people: list[Person]) -> None:
    drawn = _Drawing(demo)
    for person, invitation in spent(people):
        drawn.response(person, invitation)
    demo.insert("Forms filled in", drawn.responses)
    with demo.step("Answers") as advance:
        advance(copy_in(Answer, ("response_id", "question_id", "outcome_id", "rating", "choice"), drawn.answers))
    demo.insert("Comments", drawn.comments)
    demo.insert("Comments read", drawn.steps)


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """PostgreSQL's COPY: some tens of thousands of rows in a second. Returns how many."""
    number = 0
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for number, row in enumerate(rows, start=1):  # noqa: B007
            copy.write_row(row)
    return number


class _Drawing:
    def __init__(self, demo: Demo) -> None:
        self.responses: list[Response] = []
        self.answers: list[tuple[Any, ...]] = []
        self.comments: list[Comment] = []
        self.steps: list[CommentStep] = []
        self._demo = demo
        self._rng: Random = demo.rng("evaluation answers")
        self._said: dict[str, list[str]] = {}
        for row in demo.rows("said.csv"):
            self._said.setdefault(row["code"], []).append(row["text"])
        self._questions: dict[int, list[Question]] = {}
        self._outcomes: dict[int, list[LearningOutcome]] = {}
        self._taught_by: dict[int, int] = demo.kept("evaluation.taught_by")
        self._coordinator = demo.person("coordinator")

    def response(self, person: Person, invitation: Invitation) -> None:
        booking, event = person.booking, person.booking.event
        on = min(
            london_day(invitation.due_at) + datetime.timedelta(days=self._rng.choice((0, 0, 0, 1, 3, 7))),
            self._demo.today,
        )
        response = Response(
            id=self._uuid(),
            version_id=invitation.version_id,
            event=event,
            stage=invitation.stage,
            pairing_key=pairing_key(booking.episode),
            sector=booking.employment.agency.sector if booking.employment else "",
            on=on,
        )
        self.responses.append(response)
        baseline = person.invitations.get(Stage.BASELINE)
        has_baseline = baseline is not None and baseline.is_spent
        for question in self._questions_of(invitation.version_id):
            if question.kind != Question.Kind.OUTCOME_BEFORE or not has_baseline:
                self._answer(response, question, person)

    def _answer(self, response: Response, question: Question, person: Person) -> None:
        if question.kind == Question.Kind.TEXT:
            self._comment(response, question)
        elif question.kind == Question.Kind.CHOICE:
            choice = self._rng.choices(question.choices, USED[: len(question.choices)])[0]
            self.answers.append((response.pk, question.pk, None, None, choice))
        elif question.kind == Question.Kind.RATING:
            mean = WEAK if self._is_weak(person) else GOOD
            self.answers.append((response.pk, question.pk, None, self._rating(mean), ""))
        else:
            mean = self._confidence(response.stage, question.kind, person)
            for outcome in self._outcomes_of(person.booking.event.version_id):
                self.answers.append((response.pk, question.pk, outcome.pk, self._rating(mean), ""))

    def _confidence(self, stage: str, kind: str, person: Person) -> float:
        if person.booking.event.version.course_id == self._demo.kept("evaluation.falling_course"):
            if kind == Question.Kind.OUTCOME_BEFORE:
                return THEN
            return OVERRATED if stage == Stage.BASELINE else SOBERED
        if kind == Question.Kind.OUTCOME_BEFORE:
            return THEN
        gained = 0.5 if self._is_weak(person) else 1.0
        means = {Stage.BASELINE: BEFORE, Stage.END: BEFORE + (AFTER - BEFORE) * gained}
        return means.get(Stage(stage), BEFORE + (LATER - BEFORE) * gained)

    def _is_weak(self, person: Person) -> bool:
        weak = self._demo.kept("evaluation.weak_provider")
        return weak is not None and self._taught_by.get(person.booking.event_id) == weak

    def _rating(self, mean: float) -> int:
        return min(5, max(1, round(self._rng.gauss(mean, SPREAD))))

    def _comment(self, response: Response, question: Question) -> None:
        texts = self._said.get(question.code, [])
        share = SAYS * 2 if response.stage == Stage.FOLLOW_UP else SAYS
        if not texts or self._rng.random() >= share:
            return
        text = self._rng.choice(texts)
        is_read = response.on < (self._demo.now - SCREENED_AFTER).date()
        state = Comment.State.UNSCREENED
        if is_read:
            state = self._rng.choice((Comment.State.CLEARED, Comment.State.CLEARED, Comment.State.QUOTABLE))
        comment = Comment(
            id=self._uuid(),
            response=response,
            question=question,
            text=text,
            cleared_text=text if is_read else "",
            state=state,
        )
        self.comments.append(comment)
        if is_read:
            self._read(comment, response.on)

    def _read(self, comment: Comment, on: datetime.date) -> None:
        at = datetime.datetime.combine(on + datetime.timedelta(days=5), datetime.time(11), datetime.UTC)
        self.steps.append(
            CommentStep(
                comment=comment, was=Comment.State.UNSCREENED, became=comment.state, at=at, by=self._coordinator
            )
        )

    def _questions_of(self, version_id: int) -> list[Question]:
        if version_id not in self._questions:
            self._questions[version_id] = list(Question.objects.filter(version_id=version_id))
        return self._questions[version_id]

    def _outcomes_of(self, version_id: int) -> list[LearningOutcome]:
        if version_id not in self._outcomes:
            self._outcomes[version_id] = list(LearningOutcome.objects.filter(version_id=version_id))
        return self._outcomes[version_id]

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self._rng.getrandbits(128), version=4)
