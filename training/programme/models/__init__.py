from training.programme.models.amendment import Amendment, AmendmentLine
from training.programme.models.demand import DemandSignal
from training.programme.models.need import NeedAnswer, TrainingNeed
from training.programme.models.plan import PlannedCourse
from training.programme.models.programme import Programme, ProgrammeStep, YearPriority

__all__ = [
    "Amendment",
    "AmendmentLine",
    "DemandSignal",
    "NeedAnswer",
    "PlannedCourse",
    "Programme",
    "ProgrammeStep",
    "TrainingNeed",
    "YearPriority",
]
