"""What people said before, after and two months on; what it adds up to; what it proves."""

from evaluation.models.asking import Invitation
from evaluation.models.concern import Concern, ConcernStep, Unsealing
from evaluation.models.evidence import EvidenceItem, EvidenceStep
from evaluation.models.manager import ManagerConfirmation, ManagerDigest
from evaluation.models.questionnaire import Question, Questionnaire, QuestionnaireVersion, Stage
from evaluation.models.report import MetricDefinition, Snapshot
from evaluation.models.response import Answer, Comment, CommentStep, Response
from evaluation.models.take_out import TakeOut, TakeOutPiece, TakeOutStep

__all__ = [
    "Answer",
    "Comment",
    "CommentStep",
    "Concern",
    "ConcernStep",
    "EvidenceItem",
    "EvidenceStep",
    "Invitation",
    "ManagerConfirmation",
    "ManagerDigest",
    "MetricDefinition",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Snapshot",
    "Stage",
    "TakeOut",
    "TakeOutPiece",
    "TakeOutStep",
    "Unsealing",
]
