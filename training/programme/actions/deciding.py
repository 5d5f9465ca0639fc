"""From draft to running and closed: put to the subgroup, recommended, agreed or sent back, begun, closed."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from training.governance.actions import record_decision
from training.governance.models import Body, Decision
from training.people.models import Person, User
from training.programme.errors import ProgrammeError
from training.programme.models import Programme, ProgrammeStep
from training.programme.rights import require_member, require_planner
from training.web.reasons import Reason, as_sentence, blocking
from training.web.when import london_day

Standing = Programme.Standing


@dataclass(frozen=True)
class Minuted:
    """What a meeting's minutes say of it."""

    held_on: datetime.date
    outcome: str
    minute: str = ""


def body_of(kind: str) -> Body:
    """The one body of this kind. Raises ProgrammeError when there is none yet."""
    body = Body.objects.filter(kind=kind).order_by("pk").first()
    if body is None:
        raise ProgrammeError("There is no such group yet. An administrator adds it first.")
    return body


def reasons_not_offerable(programme: Programme) -> list[Reason]:
    """What a programme lacks before the subgroup can judge it. Over the envelope is said, not forbidden."""
    reasons = []
    if not programme.planned.exists():
        reasons.append(Reason("nothing_planned", "No date is planned.", "Plan the courses of each quarter."))
    if not programme.year_priorities.exists():
        reasons.append(Reason("no_priority", "It names no priority.", "Choose the priorities of each year."))
    if programme.envelope_pence is None:
        reasons.append(Reason("no_envelope", "It has no budget.", "Enter one.", blocking=False))
    return reasons


@transaction.atomic
def offer_programme(*, programme: Programme, by: User, now: datetime.datetime) -> Programme:
    """Put a draft on the subgroup's agenda. A second click changes nothing."""
    require_planner(by)
    locked = _lock(programme)
    if locked.offered_at is not None or not locked.is_draft:
        return locked
    if stops := blocking(reasons_not_offerable(locked)):
        raise ProgrammeError(as_sentence(stops))
    locked.offered_at = now
    locked.save(update_fields=["offered_at"])
    return locked


@transaction.atomic
def take_programme_back(*, programme: Programme, by: User) -> Programme:
    """Off the subgroup's agenda again, to go on planning. A second click changes nothing."""
    require_planner(by)
    locked = _lock(programme)
    if locked.is_draft and locked.offered_at is not None:
        locked.offered_at = None
        locked.save(update_fields=["offered_at"])
    return locked


@transaction.atomic
def recommend_programme(*, programme: Programme, minuted: Minuted, by: User, now: datetime.datetime) -> Programme:
    """The PDL subgroup recommends it to the Executive. A second click changes nothing."""
    body = body_of(Body.Kind.PDL)
    person = require_member(by, body)
    locked = _lock(programme)
    if locked.standing == Standing.RECOMMENDED:
        return locked
    if not locked.is_draft or locked.offered_at is None:
        raise ProgrammeError(f"{locked} has not been put to the {body}.")
    decision = _decided(locked, body, minuted, person, now)
    locked.move_to(Standing.RECOMMENDED, by=person, now=now, decision=decision)
    return locked


@transaction.atomic
def agree_programme(*, programme: Programme, minuted: Minuted, by: User, now: datetime.datetime) -> Programme:
    """The Executive agrees it: from here on it changes by amendment alone. A second click changes nothing."""
    body = body_of(Body.Kind.EXECUTIVE)
    person = require_member(by, body)
    locked = _lock(programme)
    if locked.standing == Standing.AGREED:
        return locked
    if locked.standing != Standing.RECOMMENDED:
        raise ProgrammeError(f"{locked} has not been recommended to the {body}.")
    locked.move_to(Standing.AGREED, by=person, now=now, decision=_decided(locked, body, minuted, person, now))
    return locked


@transaction.atomic
def send_programme_back(*, programme: Programme, minuted: Minuted, by: User, now: datetime.datetime) -> Programme:
    """Not agreed as it is: back to its planners, as a draft, with the reason. A second click changes nothing."""
    body = body_of(Body.Kind.EXECUTIVE)
    person = require_member(by, body)
    locked = _lock(programme)
    if locked.is_draft:
        return locked
    if locked.standing != Standing.RECOMMENDED:
        raise ProgrammeError(f"{locked} is {locked.get_standing_display().lower()}: it can no longer be sent back.")
    decision = _decided(locked, body, minuted, person, now)
    locked.offered_at = None
    locked.move_to(Standing.DRAFT, by=person, now=now, decision=decision, reason=decision.outcome)
    return locked


@transaction.atomic
def start_programme(*, programme: Programme, by: User, now: datetime.datetime) -> Programme:
    """From its first day on it runs, and the one before is closed. A second click changes nothing."""
    person = require_planner(by)
    locked = _lock(programme)
    if locked.standing == Standing.LIVE:
        return locked
    if locked.standing != Standing.AGREED:
        raise ProgrammeError(f"{locked} has not been agreed by the Executive yet.")
    if london_day(now) < locked.starts_on:
        raise ProgrammeError(f"{locked} begins on {locked.starts_on:%-d %B %Y}. Start it then.")
    try:
        with transaction.atomic():
            locked.move_to(Standing.LIVE, by=person, now=now)
    except IntegrityError:
        raise ProgrammeError("Another programme runs in those years. Close that one first.") from None
    return locked


@transaction.atomic
def close_programme(*, programme: Programme, reason: str, by: User, now: datetime.datetime) -> Programme:
    """Over, or given up: nothing more is planned under it. A second click changes nothing."""
    person = require_planner(by)
    locked = _lock(programme)
    if locked.standing == Standing.CLOSED:
        return locked
    if locked.standing not in (Standing.AGREED, Standing.LIVE):
        raise ProgrammeError(f"{locked} is {locked.get_standing_display().lower()}: there is nothing to close.")
    if not (text := " ".join(reason.split())):
        raise ProgrammeError("Enter why it is closed.")
    locked.move_to(Standing.CLOSED, by=person, now=now, reason=text)
    return locked


def steps_of(programme: Programme) -> list[ProgrammeStep]:
    return list(programme.steps.select_related("by", "decision__meeting__body").order_by("at", "pk"))


def decided(subject: str, body: Body, minuted: Minuted, person: Person, now: datetime.datetime) -> Decision:
    """The meeting's decision about this subject. Raises ProgrammeError for a meeting that is still to come."""
    if minuted.held_on > london_day(now):
        raise ProgrammeError("Enter the day of a meeting that has taken place.")
    if not (outcome := " ".join(minuted.outcome.split())):
        raise ProgrammeError("Enter what was decided.")
    return record_decision(
        body=body, held_on=minuted.held_on, subject=subject[:200], outcome=outcome, minute=minuted.minute.strip(),
        by=person, now=now,
    )  # fmt: skip


def _decided(programme: Programme, body: Body, minuted: Minuted, person: Person, now: datetime.datetime) -> Decision:
    return decided(f"Training programme: {programme.title}", body, minuted, person, now)


def _lock(programme: Programme) -> Programme:
    return Programme.objects.select_for_update().get(pk=programme.pk)
