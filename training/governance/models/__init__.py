from training.governance.models.actions import ActionPoint
from training.governance.models.agenda import AgendaItem
from training.governance.models.bodies import Body, Decision, Meeting, Priority
from training.governance.models.reviews import Recommendation, Review

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Body",
    "Decision",
    "Meeting",
    "Priority",
    "Recommendation",
    "Review",
]
