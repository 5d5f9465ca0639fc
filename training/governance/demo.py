"""Who decides in Bankside, what they decided in 2019–20, and what they want to get better at."""

import datetime

from django.utils import timezone

from training.config.parts import Demo
from training.governance.actions.reviews import record_review
from training.governance.models import ActionPoint, Body, Decision, Meeting, Priority, Review
from training.people.demo.agencies import References
from training.web.working_days import add_working_days, is_working_day

BODIES = (
    ("Practice Development and Learning subgroup", Body.Kind.PDL),
    ("Safeguarding Executive", Body.Kind.EXECUTIVE),
)
PRIORITIES = (
    ("Neglect", Priority.Board.CHILDREN),
    ("Domestic abuse", Priority.Board.JOINT),
    ("Complex safeguarding", Priority.Board.JOINT),
    ("Mental health", Priority.Board.JOINT),
    ("Transitions to adulthood", Priority.Board.JOINT),
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
# Title, kind, how many days ago, what it recommends.
REVIEWS = (
    (
        "Learning review “Child M”",
        Review.Kind.CHILD,
        260,
        (
            "Every agency sees the child alone and writes down what the child says.",
            "Practitioners challenge a decision that they think is wrong, and know how to escalate.",
        ),
    ),
    (
        "Safeguarding adults review “Mr T”",
        Review.Kind.ADULT,
        120,
        (
            "Self-neglect is discussed in a multi-agency meeting before a service withdraws.",
            "Mental capacity is assessed for the decision at hand, and the assessment is written down.",
        ),
    ),
)
# Body, days from today, where, actions: what, whose account, due so many days from today, what came of it.
MEETINGS = (
    (
        0,
        -33,
        "Tooley Rooms 1",
        (
            ("Ask the police lead why nobody came to the last three domestic abuse courses", "pdl", -5, ""),
            (
                "Put the neglect tool into the course’s second hour",
                "coordinator",
                -10,
                "Done with the provider; in since the last date.",
            ),
            ("Bring a proposal for sessions after school hours", "coordinator", 10, ""),
        ),
    ),
    (1, -20, "Town Hall, room 4", (("Write to heads of schools about places that nobody used", "executive", 14, ""),)),
    (0, 6, "Online", ()),
    (1, 27, "Town Hall, room 4", ()),
)
DAY = datetime.timedelta(days=1)


def load_demo(demo: Demo) -> None:
    """Bodies are kept as `governance.bodies`, in the order of the file above."""
    bodies = [Body(name=name, kind=kind) for name, kind in BODIES]
    demo.insert("Who decides", bodies)
    demo.keep("governance.bodies", bodies)
    demo.insert("Priorities", [Priority(name=name, board=board, starts_on=SINCE) for name, board in PRIORITIES])
    _record_decisions(demo, bodies)
    _record_reviews(demo)
    _hold_meetings(demo, bodies)


def _record_reviews(demo: Demo) -> None:
    by = demo.person("coordinator").user
    for title, kind, ago, recommendations in REVIEWS:
        published_on = demo.today - ago * DAY
        review = record_review(
            title=title, kind=kind, published_on=published_on, recommendations=recommendations, by=by
        )
        review.recommendations.update(due_on=published_on + 300 * DAY)


def _hold_meetings(demo: Demo, bodies: list[Body]) -> None:
    """The last and the next of each body, with what the last one asked for."""
    for body, days, where, actions in MEETINGS:
        meeting = Meeting.objects.create(body=bodies[body], held_on=_working_day(demo.today + days * DAY), where=where)
        for what, account, due, outcome in actions:
            closed = {"standing": "done", "outcome": outcome, "closed_at": demo.now, "closed_by": demo.person(account)}
            ActionPoint.objects.create(
                meeting=meeting,
                what=what,
                owner=demo.person(account),
                due_on=demo.today + due * DAY,
                made_at=demo.now + days * DAY,
                made_by=demo.person("coordinator"),
                **(closed if outcome else {}),
            )


def _working_day(day: datetime.date) -> datetime.date:
    """That day, or the next on which anybody meets."""
    return day if is_working_day(day) else add_working_days(day, 1)


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
