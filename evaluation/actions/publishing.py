"""Accept and minute: a report becomes a published copy that never moves, with the decision that accepted it."""

import datetime
from typing import Any

from django.db import transaction

from evaluation.errors import EvaluationError
from evaluation.models.report import Snapshot
from evaluation.reports.building import build_report
from evaluation.reports.canonical import canonical, digest, section_hashes
from evaluation.reports.scopes import Scope
from training.governance.actions import record_decision
from training.governance.models import Body
from training.people.models import Partnership, User
from training.people.permissions import Permission


def may_accept(user: User) -> bool:
    """PDL members and coordinators; an executive reads."""
    return user.may(Permission.READ_REPORTS) and (
        user.may(Permission.RECOMMEND_PROGRAMME) or user.may(Permission.MANAGE_CATALOGUE)
    )


@transaction.atomic
def accept_report(
    *,
    scope: Scope,
    seen: str,
    body: Body,
    held_on: datetime.date,
    outcome: str,
    minute: str,
    by: User,
    now: datetime.datetime,
) -> Snapshot:
    """Keep the report as it was seen, with the meeting's decision. A second click gives the same copy.

    `seen` is the digest of the report that was on the page: figures that moved since are refused, so that nobody
    minutes what they have not read. Raises EvaluationError.
    """
    if by.person is None or not may_accept(by):
        raise EvaluationError("Only a PDL member or a coordinator can accept a report.")
    if held_on > now.date():
        raise EvaluationError("Enter the day of a meeting that has taken place.")
    partnership = Partnership.objects.select_for_update().get()
    report = build_report(scope, partnership=partnership, now=now)
    if digest(report) != seen:
        raise EvaluationError("Figures of this report have changed since you opened it. Read it again, then accept it.")
    if held := _accepted(report, body, held_on, minute):
        return held
    decision = record_decision(
        body=body,
        held_on=held_on,
        subject=f"Report: {report['title']}"[:200],
        outcome=outcome,
        minute=minute,
        by=by.person,
        now=now,
    )
    return Snapshot.objects.create(
        title=report["title"][:200],
        scope=report["scope"],
        body=canonical(report),
        section_hashes=section_hashes(report),
        made_at=now,
        made_by=by.person,
        decision=decision,
    )


def _accepted(report: dict[str, Any], body: Body, held_on: datetime.date, minute: str) -> Snapshot | None:
    """The same words and figures, accepted by the same meeting in the same minute."""
    same = Snapshot.objects.filter(scope=report["scope"], body=canonical(report), decision__minute=minute)
    return same.filter(decision__meeting__body=body, decision__meeting__held_on=held_on).first()
