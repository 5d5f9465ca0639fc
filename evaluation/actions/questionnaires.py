"""A new version of a stage's questions. Answers keep the version that they were given to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from evaluation.errors import EvaluationError
from evaluation.models import Question, Questionnaire, QuestionnaireVersion
from evaluation.questionnaires import OUTCOME_KINDS
from training.people.models import User
from training.people.permissions import Permission


@dataclass(frozen=True)
class QuestionText:
    """One question of the new version. `code` stays through all versions, so that answers can be compared."""

    code: str
    kind: str
    text: str
    kirkpatrick: int
    help_text: str = ""
    choices: list[str] = field(default_factory=list)
    is_required: bool = False


@transaction.atomic
def make_version(
    *,
    questionnaire: Questionnaire,
    after: int,
    introduction: str,
    questions: Sequence[QuestionText],
    by: User,
    now: datetime.datetime,
) -> QuestionnaireVersion:
    """`after` is the number of the version that the writer saw. Those already asked keep the questions they were sent.

    Raises EvaluationError when somebody has made a newer one meanwhile, or when nothing could be measured with it.
    """
    if not by.may(Permission.MANAGE_CATALOGUE):
        raise EvaluationError("Only a coordinator can change the questions.")
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    current = questionnaire.versions.get(is_current=True)
    if current.number != after:
        raise EvaluationError(
            "Somebody else has changed these questions meanwhile. Open them again to see what they say."
        )
    _refuse_unusable(questions)
    if _says(current, introduction, questions):
        return current
    current.is_current = False
    current.save(update_fields=["is_current"])
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=current.number + 1, introduction=introduction, made_at=now
    )
    Question.objects.bulk_create(
        Question(version=version, position=position, **vars(one)) for position, one in enumerate(questions, start=1)
    )
    return version


def texts_of(version: QuestionnaireVersion) -> list[QuestionText]:
    return [
        QuestionText(one.code, one.kind, one.text, one.kirkpatrick, one.help_text, list(one.choices), one.is_required)
        for one in version.questions.all()
    ]


def _says(version: QuestionnaireVersion, introduction: str, questions: Sequence[QuestionText]) -> bool:
    """A second click, or nothing changed: no new version."""
    return version.introduction == introduction and texts_of(version) == list(questions)


def _refuse_unusable(questions: Sequence[QuestionText]) -> None:
    if not any(one.kind == OUTCOME_KINDS[0] for one in questions):
        raise EvaluationError("Keep the question about confidence today: without it no change can be shown.")
    codes = [one.code for one in questions]
    if len(set(codes)) < len(codes):
        raise EvaluationError("Two questions have the same code.")
    if any(not one.text.strip() for one in questions):
        raise EvaluationError("Every question needs words.")
