"""Before anybody reads what people wrote: what in it may tell who somebody is, and who is shown it when."""

from evaluation.screening.kinds import Kind, Suspicion
from evaluation.screening.suspecting import suspicions

__all__ = ["Kind", "Suspicion", "suspicions"]
