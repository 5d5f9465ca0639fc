"""What is taught (courses, their versions and outcomes) and when (events, their sessions and trainers)."""

from training.catalogue.models.closed_for import ClosedFor
from training.catalogue.models.course import Course, CourseVersion, DeliveryMode, LearningOutcome, Remit
from training.catalogue.models.event import Event, EventStep, Session
from training.catalogue.models.framework import CourseLevel, Framework
from training.catalogue.models.guidance import CourseCare, CourseReview, Guidance
from training.catalogue.models.material import Material, MaterialConfirmation, MaterialVersion
from training.catalogue.models.order import Order, OrderStep
from training.catalogue.models.prerequisite import Equivalence, Prerequisite, PrerequisiteOption
from training.catalogue.models.running import RunDecision
from training.catalogue.models.synonym import Synonym
from training.catalogue.models.teaching import Teaching, TeachingStep
from training.catalogue.models.venue import Venue

__all__ = [
    "ClosedFor",
    "Course",
    "CourseCare",
    "CourseLevel",
    "CourseReview",
    "CourseVersion",
    "DeliveryMode",
    "Equivalence",
    "Event",
    "EventStep",
    "Framework",
    "Guidance",
    "LearningOutcome",
    "Material",
    "MaterialConfirmation",
    "MaterialVersion",
    "Order",
    "OrderStep",
    "Prerequisite",
    "PrerequisiteOption",
    "Remit",
    "RunDecision",
    "Session",
    "Synonym",
    "Teaching",
    "TeachingStep",
    "Venue",
]
