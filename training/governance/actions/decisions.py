"""Recording what a meeting decided; who may record what, the calling action knows."""

import datetime

from django.db import transaction

from training.governance.models import Body, Decision, Meeting
from training.people.models import Person


@transaction.atomic
def record_decision(
    *,
    body: Body,
    held_on: datetime.date,
    subject: str,
    outcome: str,
    minute: str = "",
    by: Person,
    now: datetime.datetime,
) -> Decision:
    """One decision of the body's meeting on that day; the meeting is added if it is the first."""
    meeting, _ = Meeting.objects.get_or_create(body=body, held_on=held_on)
    return Decision.objects.create(
        meeting=meeting, subject=subject, outcome=outcome, minute=minute, recorded_by=by, recorded_at=now
    )
