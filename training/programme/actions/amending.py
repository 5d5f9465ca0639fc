"""Changing a programme that was agreed: proposed with a reason, decided by a body, applied as a whole."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from training.catalogue.models import Course
from training.governance.models import Body
from training.people.models import User
from training.programme.actions.deciding import Minuted, body_of, decided
from training.programme.actions.planning import quarters_of
from training.programme.costs import cost_of
from training.programme.errors import ProgrammeError
from training.programme.models import Amendment, AmendmentLine, PlannedCourse, Programme
from training.programme.models.plan import MOST_EVENTS
from training.programme.rights import require_member, require_planner

Standing = Amendment.Standing


@dataclass(frozen=True)
class Wanted:
    """So many dates of a course in the quarter that begins on this day, from now on.

    `pence_each` None: what the course costs in the plan already.
    """

    course: Course
    quarter_starts_on: datetime.date
    events: int
    pence_each: int | None = None


@transaction.atomic
def propose_amendment(
    *,
    programme: Programme,
    reason: str,
    changes: Sequence[Wanted],
    submission: uuid.UUID | None,
    by: User,
    now: datetime.datetime,
) -> Amendment:
    """Put a change of the agreed plan before its body. The same form sent twice is one amendment."""
    person = require_planner(by)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if submission and (same := Amendment.objects.filter(submission=submission).first()):
        return same
    if locked.standing not in (Programme.Standing.AGREED, Programme.Standing.LIVE):
        raise ProgrammeError(f"{locked} is {locked.get_standing_display().lower()}: only an agreed one is amended.")
    if not (text := " ".join(reason.split())):
        raise ProgrammeError("Enter why the programme is to change.")
    lines = _lines(locked, changes)
    if not lines:
        raise ProgrammeError("Nothing would change: the plan says these numbers already.")
    number = (locked.amendments.aggregate(last=Max("number"))["last"] or 0) + 1
    amendment = Amendment.objects.create(
        programme=locked, number=number, reason=text, proposed_at=now, proposed_by=person, submission=submission
    )
    for line in lines:
        line.amendment = amendment
    AmendmentLine.objects.bulk_create(lines)
    return amendment


def _lines(programme: Programme, changes: Sequence[Wanted]) -> list[AmendmentLine]:
    held = {row.key: row for row in programme.planned.all()}
    usual = {row.course_id: row.pence_each for row in held.values()}
    allowed = {period.starts_on for period in quarters_of(programme)}
    lines = []
    for wanted in changes:
        if wanted.quarter_starts_on not in allowed or not 0 <= wanted.events <= MOST_EVENTS:
            raise ProgrammeError(f"Enter a quarter of the programme and a number of dates from 0 to {MOST_EVENTS}.")
        row = held.get((wanted.course.pk, wanted.quarter_starts_on))
        before = row.events if row else 0
        if before != wanted.events:
            each = row.pence_each if row else usual.get(wanted.course.pk)
            lines.append(
                AmendmentLine(
                    course=wanted.course,
                    quarter_starts_on=wanted.quarter_starts_on,
                    events_before=before,
                    events_after=wanted.events,
                    pence_each=each if wanted.pence_each is None else wanted.pence_each,
                )
            )
    return lines


def deciding_body(amendment: Amendment) -> str:
    """The subgroup's kind while the plan would keep within its envelope, else the Executive's, who set it."""
    programme = amendment.programme
    rows = {row.key: row for row in programme.planned.all()}
    for line in amendment.lines.all():
        rows[(line.course_id, line.quarter_starts_on)] = PlannedCourse(
            course_id=line.course_id,
            quarter_starts_on=line.quarter_starts_on,
            events=line.events_after,
            pence_each=line.pence_each,
        )
    cost = cost_of(rows.values(), programme.envelope_pence)
    return Body.Kind.EXECUTIVE if cost.is_over else Body.Kind.PDL


@transaction.atomic
def decide_amendment(
    *, amendment: Amendment, is_agreed: bool, minuted: Minuted, by: User, now: datetime.datetime
) -> Amendment:
    """Agreed, its numbers are the plan's from now on, all of them; refused, nothing changes. A second click neither.

    Raises ProgrammeError when the plan has changed under it since it was proposed.
    """
    programme = Programme.objects.select_for_update().get(pk=amendment.programme_id)
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    body = body_of(deciding_body(locked))
    person = require_member(by, body)
    if locked.standing != Standing.PROPOSED:
        return locked
    if is_agreed and programme.standing not in (Programme.Standing.AGREED, Programme.Standing.LIVE):
        raise ProgrammeError(f"{programme} is {programme.get_standing_display().lower()}: it is no longer amended.")
    if is_agreed and (moved := _moved(programme, locked)):
        raise ProgrammeError(f"The plan of {moved} has changed since this was proposed. Propose it anew.")
    decision = decided(f"Amendment {locked.number}: {programme.title}", body, minuted, person, now)
    locked.move_to(Standing.AGREED if is_agreed else Standing.REFUSED, by=person, now=now, decision=decision)
    if is_agreed:
        _apply(programme, locked)
    return locked


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, by: User, now: datetime.datetime) -> Amendment:
    """Taken back by its planners before it is decided. A second click changes nothing."""
    person = require_planner(by)
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if locked.standing == Standing.PROPOSED:
        locked.move_to(Standing.WITHDRAWN, by=person, now=now)
    return locked


def _moved(programme: Programme, amendment: Amendment) -> str:
    """The course whose plan is no longer what the amendment started from; empty when all are."""
    held = {row.key: row.events for row in programme.planned.all()}
    for line in amendment.lines.select_related("course"):
        if held.get((line.course_id, line.quarter_starts_on), 0) != line.events_before:
            return line.course.code
    return ""


def _apply(programme: Programme, amendment: Amendment) -> None:
    rows = [
        PlannedCourse(
            programme=programme,
            course_id=line.course_id,
            quarter_starts_on=line.quarter_starts_on,
            events=line.events_after,
            pence_each=line.pence_each,
            amendment=amendment,
        )
        for line in amendment.lines.all()
    ]
    PlannedCourse.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["programme", "course", "quarter_starts_on"],
        update_fields=["events", "pence_each", "amendment"],
    )
    programme.revision += 1
    programme.save(update_fields=["revision"])
