"""What a published copy says of itself."""

from evaluation.models.report import Snapshot
from training.web.words import full_day


def published_words(copy: Snapshot) -> dict[str, str]:
    """Never a person's name: the decision is the meeting's."""
    decision = copy.decision
    return {
        "reference": copy.reference,
        "day": full_day(copy.made_at),
        "decision": decision.outcome if decision else "",
        "body": str(decision.meeting) if decision else "",
        "minute": decision.minute if decision else "",
    }
