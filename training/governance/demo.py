"""Who decides in Bankside, what they decided in 2019–20, and what they want to get better at."""

import datetime

from django.utils import timezone

from training.config.parts import Demo
from training.governance.models import Body, Decision, Meeting, Priority
from training.people.demo.agencies import References

BODIES = (
    ("Practice Development and Learning subgroup", Body.Kind.PDL),
    ("Safeguarding Executive", Body.Kind.EXECUTIVE),
)
PRIORITIES = (
    ("Neglect", Priority.Board.CHILDREN),
    ("Domestic abuse", Priority.Board.JOINT),
    ("Complex safeguarding", Priority.Board.JOINT),
    ("Mental health", Priority.Board.JOINT),
)
SINCE = datetime.date(2019, 4, 1)
# Which body, when, about what, what came of it, where in the minutes.
DECISIONS = (
    (0, "2019-05-14", "Training programme 2019–20", "Recommended to the Executive.", "14 May 2019, item 4"),
    (1, "2019-06-11", "Training programme 2019–20", "Agreed.", "11 June 2019, item 3"),
    (1, "2019-09-17", "Training contracts from April 2020", "To be bought in three lots.", "17 September 2019, item 6"),
    (1, "2020-02-11", "Training contracts from April 2020", "Four contracts awarded.", "11 February 2020, item 5"),
    (0, "2020-03-16", "Face-to-face training", "Suspended until further notice.", "16 March 2020, item 1"),
)


def load_demo(demo: Demo) -> None:
    """Bodies are kept as `governance.bodies`, in the order of the file above."""
    bodies = [Body(name=name, kind=kind) for name, kind in BODIES]
    demo.insert("Who decides", bodies)
    demo.keep("governance.bodies", bodies)
    demo.insert("Priorities", [Priority(name=name, board=board, starts_on=SINCE) for name, board in PRIORITIES])
    _record_decisions(demo, bodies)


def _record_decisions(demo: Demo, bodies: list[Body]) -> None:
    references = References(demo, "decisions")
    meetings = [Meeting(body=bodies[row[0]], held_on=datetime.date.fromisoformat(row[1])) for row in DECISIONS]
    demo.insert("Meetings", meetings)
    decisions = [
        Decision(
            reference=references.draw(),
            meeting=meeting,
            subject=subject,
            outcome=outcome,
            minute=minute,
            recorded_by=demo.person("coordinator"),
            recorded_at=timezone.make_aware(datetime.datetime.combine(meeting.held_on, datetime.time(17))),
        )
        for meeting, (_, _, subject, outcome, minute) in zip(meetings, DECISIONS, strict=True)
    ]
    demo.insert("Decisions", decisions)
