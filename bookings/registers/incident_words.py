"""What to do when something happens at a date, by kind: short, since it is read standing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bookings.models.incident import What

DO: dict[What, Sequence[str]] = {
    What.AT_RISK: (
        "In danger this minute: ring 999 first.",
        "Otherwise ring the numbers below now, not after the course.",
        "Ask only what you need to know who is at risk and where they are. Promise no secrecy.",
    ),
    What.COLLEAGUE: (
        "Do not put it to the colleague, and do not discuss it with the group.",
        "Ring a duty person below now. They bring in the local authority’s designated officer (LADO) the same day.",
    ),
    What.UPSET: (
        "Offer a quiet room and somebody to sit with. The group can take a break.",
        "Ask whom they would like to ring, and do not let them go home alone if they are not well.",
        "Tell the group nothing of it. Ring the training team if you cannot go on.",
    ),
    What.UNSAFE: (
        "Do not argue it out before the group. Speak with the person alone if you can, and say that you pass it on.",
        "Ring the training team today: they reach the safeguarding lead where the person works.",
        "If a child or adult is at risk because of it now, choose the first kind.",
    ),
    What.ACCIDENT: (
        "Fire: out by the nearest exit, then the roll call at the assembly point. Ring 999.",
        "Accident: the first aider or the desk of the venue; 999 if it is serious. Then their accident book.",
        "Keep the group together until everybody is counted.",
    ),
}


@dataclass(frozen=True)
class Advice:
    """One kind as the page shows it: what to do, and whom to ring beside the venue and the training team."""

    what: What
    do: Sequence[str]
    is_for_duty: bool


def advice() -> list[Advice]:
    return [Advice(what, DO[what], what in (What.AT_RISK, What.COLLEAGUE)) for what in What]
