"""A meeting's paper as plain data, for `paper.typ`."""

from typing import Any

from training.governance.agenda import Paper
from training.governance.models import ActionPoint
from training.web.words import full_day


def paper_data(paper: Paper) -> dict[str, Any]:
    """`asked`: subject, question, by when; `actions`: what, who, by when, outcome; `decisions`: subject, outcome."""
    asked = [
        {"subject": point.subject, "asked": point.asked, "by": full_day(point.due_on) if point.due_on else ""}
        for point in paper.points
    ]
    asked += [{"subject": item.subject, "asked": item.asked, "by": ""} for item in paper.items]
    return {
        "title": f"{paper.meeting.body}",
        "day": full_day(paper.meeting.held_on),
        "where": paper.meeting.where,
        "asked": asked,
        "last": full_day(paper.last.held_on) if paper.last else "",
        "last_actions": [_action(point) for point in paper.last_actions],
        "open_actions": [_action(point) for point in paper.open_actions],
        "decisions": [
            {"subject": one.subject, "outcome": one.outcome, "minute": one.minute} for one in paper.decisions
        ],
        "actions": [_action(point) for point in paper.actions],
    }


def _action(point: ActionPoint) -> dict[str, str]:
    return {
        "what": point.what,
        "owner": point.owner.name,
        "by": full_day(point.due_on),
        "outcome": point.outcome or point.get_standing_display(),
    }
