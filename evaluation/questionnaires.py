"""Which questions are asked when."""

from evaluation.errors import EvaluationError
from evaluation.models import QuestionnaireVersion, Stage
from training.catalogue.models import Course, Event

# Light events (a briefing, a forum, a closed session, a conference) are asked nothing.
ASKED_KINDS = (Course.Kind.COURSE,)
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


def is_asked_about(event: Event) -> bool:
    """Whether people are asked about this date: a course with something that they will be able to do."""
    return event.version.course.kind in ASKED_KINDS and event.version.outcomes.exists()
