"""Planning a meeting, putting questions before it, and writing down what it decided and asked for."""

import datetime
import uuid

from django.db import transaction

from training.governance.actions.decisions import record_decision
from training.governance.errors import GovernanceError
from training.governance.models import ActionPoint, AgendaItem, Body, Decision, Meeting
from training.governance.rights import require_minuter
from training.people.models import Person, User
from training.web.when import london_day


@transaction.atomic
def plan_meeting(*, body: Body, held_on: datetime.date, where: str = "", by: User) -> Meeting:
    """The body's meeting on that day, which there is once: saying it again changes where it is."""
    require_minuter(by, body)
    meeting, is_new = Meeting.objects.get_or_create(body=body, held_on=held_on, defaults={"where": where.strip()})
    if not is_new and where.strip() and meeting.where != where.strip():
        meeting.where = where.strip()
        meeting.save(update_fields=["where"])
    return meeting


@transaction.atomic
def put_on_agenda(
    *, body: Body, subject: str, asked: str, submission: uuid.UUID | None, by: User, now: datetime.datetime
) -> AgendaItem:
    """A question for the body's next meeting. The same form sent twice is one question."""
    person = require_minuter(by, body)
    if submission and (same := AgendaItem.objects.filter(submission=submission).first()):
        return same
    subject, asked = " ".join(subject.split()), " ".join(asked.split())
    if not subject or not asked:
        raise GovernanceError("Enter the subject and what the meeting is asked to decide.")
    return AgendaItem.objects.create(
        body=body, subject=subject, asked=asked, put_by=person, put_at=now, submission=submission
    )


@transaction.atomic
def take_off_agenda(*, item: AgendaItem, by: User, now: datetime.datetime) -> AgendaItem:
    """A question that need not be decided after all. A second click changes nothing."""
    person = require_minuter(by, item.body)
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if locked.decision_id is not None:
        raise GovernanceError("This question has been decided, so it stays where it is.")
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = now, person
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return locked


@transaction.atomic
def minute_decision(
    *,
    meeting: Meeting,
    subject: str,
    outcome: str,
    minute: str,
    item: AgendaItem | None = None,
    by: User,
    now: datetime.datetime,
) -> Decision:
    """What the meeting decided, once: the same subject, outcome and minute again give the same decision.

    With `item` its question is answered. Raises GovernanceError for a meeting that is still to come.
    """
    person = require_minuter(by, meeting.body)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.held_on > london_day(now):
        raise GovernanceError("This meeting has not been held yet. Write its decisions down afterwards.")
    subject, outcome = " ".join(subject.split()), " ".join(outcome.split())
    if not subject or not outcome:
        raise GovernanceError("Enter what it was about and what was decided.")
    held = locked.decisions.filter(subject=subject, outcome=outcome, minute=minute.strip()).first()
    decision = held or record_decision(
        body=locked.body, held_on=locked.held_on, subject=subject, outcome=outcome, minute=minute.strip(),
        by=person, now=now,
    )  # fmt: skip
    if item is not None:
        AgendaItem.objects.waiting().filter(pk=item.pk, body=locked.body).update(decision=decision)
    return decision


@transaction.atomic
def add_action_point(
    *,
    meeting: Meeting,
    what: str,
    owner: Person,
    due_on: datetime.date,
    submission: uuid.UUID | None,
    decision: Decision | None = None,
    by: User,
    now: datetime.datetime,
) -> ActionPoint:
    """What the meeting asked somebody to do by a day. The same form sent twice is one action."""
    person = require_minuter(by, meeting.body)
    if submission and (same := ActionPoint.objects.filter(submission=submission).first()):
        return same
    if due_on < meeting.held_on:
        raise GovernanceError("The day by which it is to be done is before the meeting.")
    if not (text := " ".join(what.split())):
        raise GovernanceError("Enter what is to be done.")
    return ActionPoint.objects.create(
        meeting=meeting, decision=decision, what=text, owner=owner, due_on=due_on, made_at=now, made_by=person,
        submission=submission,
    )  # fmt: skip


@transaction.atomic
def close_action_point(
    *, point: ActionPoint, standing: str, outcome: str, by: User, now: datetime.datetime
) -> ActionPoint:
    """Done, or no longer needed, with what came of it: by its owner or whoever minutes the body.

    A second click changes nothing; a closed action stays as it was closed.
    """
    if by.person is None or by.person_id != point.owner_id:
        require_minuter(by, point.meeting.body)
    if standing not in (ActionPoint.Standing.DONE, ActionPoint.Standing.DROPPED):
        raise ValueError(f"an action cannot be closed as {standing}")
    locked = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if locked.standing != ActionPoint.Standing.OPEN:
        return locked
    if not (text := " ".join(outcome.split())):
        raise GovernanceError("Enter what came of it: the next paper shows it.")
    locked.standing, locked.outcome, locked.closed_at, locked.closed_by = standing, text, now, by.person
    locked.save(update_fields=["standing", "outcome", "closed_at", "closed_by"])
    return locked
