"""Which questions are asked when."""

from evaluation.errors import EvaluationError
from evaluation.models import QuestionnaireVersion, Stage
from training.catalogue.models import Course

# Until somebody has rated them, before and after, nobody can say whether a course changed anything.
OUTCOME_KINDS = ("outcome_now", "outcome_before")


def current_version(stage: Stage | str, course: Course) -> QuestionnaireVersion:
    """The course's own form of this stage, else the partnership's. Raises EvaluationError where there is none."""
    versions = QuestionnaireVersion.objects.filter(questionnaire__stage=stage, is_current=True)
    own = versions.filter(questionnaire__course=course).first()
    version = own or versions.filter(questionnaire__course__isnull=True).first()
    if version is None:
        raise EvaluationError(f"There are no questions for “{Stage(stage).label}” yet.")
    return version
