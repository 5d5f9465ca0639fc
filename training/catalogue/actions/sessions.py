"""Writing the days of a date, so that each keeps its row, its trainers and its place in calendars."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from training.catalogue.actions.clashes import Claim, refuse_clashes
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Session, Teaching, TeachingStep
from training.catalogue.plans import SessionPlan
from training.people.models import Person

CHECK_LATER = "SET CONSTRAINTS session_not_twice_at_once, teaching_confirmed_in_one_place DEFERRED"
CHECK_NOW = "SET CONSTRAINTS session_not_twice_at_once, teaching_confirmed_in_one_place IMMEDIATE"


def add_sessions(event: Event, plans: Sequence[SessionPlan]) -> None:
    rows = [_filled(Session(event=event), position, plan) for position, plan in enumerate(plans, start=1)]
    Session.objects.bulk_create(rows)


def rewrite_sessions(event: Event, plans: Sequence[SessionPlan], *, by: Person, now: datetime.datetime) -> None:
    """Make the days of a locked date those of `plans`, which are in order. New days are put to its trainers.

    Raises CatalogueError when a confirmed trainer is confirmed elsewhere at the new time.
    """
    trainers = _lock_trainers(event)
    claims = _claims(event, plans)
    refuse_clashes(claims, event)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Day 1 may go to where day 2 still stands: PostgreSQL looks once all of them have moved.
            cursor.execute(CHECK_LATER)
            added = _write(event, plans)
            cursor.execute(CHECK_NOW)
    except IntegrityError:
        refuse_clashes(claims, event)  # somebody confirmed the trainer elsewhere after our look
        raise
    _put_to(trainers, added, by, now)


def _lock_trainers(event: Event) -> list[Person]:
    """Those asked or confirmed, locked in order, so that two changes wait for each other."""
    live = Teaching.objects.live().filter(session__event=event)
    return list(Person.objects.select_for_update(no_key=True).filter(pk__in=live.values("person")).order_by("pk"))


def _claims(event: Event, plans: Sequence[SessionPlan]) -> list[Claim]:
    new_times = {plan.was: plan for plan in plans if plan.was}
    confirmed = Teaching.objects.confirmed().filter(session__event=event).select_related("person", "session")
    moving = [(teaching, new_times.get(teaching.session.position)) for teaching in confirmed]
    return [(teaching.person, plan.starts_at, plan.ends_at) for teaching, plan in moving if plan]


def _write(event: Event, plans: Sequence[SessionPlan]) -> list[Session]:
    """Moves, adds and removes; returns the new ones. The last goes after the first has come: an open date has a day."""
    before = {session.position: session for session in event.sessions.all()}
    added = []
    for position, plan in enumerate(plans, start=1):
        known = before.pop(plan.was, None) if plan.was else None
        session = _filled(known or Session(event=event), position, plan)
        session.save()
        if known is None:
            added.append(session)
    for session in before.values():
        _remove(session)
    return added


def _filled(session: Session, position: int, plan: SessionPlan) -> Session:
    session.position = position
    session.starts_at, session.ends_at = plan.starts_at, plan.ends_at
    session.venue, session.joining_link = plan.venue, plan.joining_link
    return session


def _remove(session: Session) -> None:
    try:
        session.delete()
    except ProtectedError:
        raise CatalogueError(
            f"Day {session.position} cannot be removed: attendance or orders hang on it. Change its time instead."
        ) from None


def _put_to(trainers: Sequence[Person], added: Sequence[Session], by: Person, now: datetime.datetime) -> None:
    for person in trainers:
        for session in added:
            propose(session, person, by=by, now=now)


def propose(session: Session, person: Person, *, by: Person, now: datetime.datetime) -> TeachingStep | None:
    """Ask a trainer for one session; None when they are asked or confirmed already."""
    teaching, is_new = Teaching.objects.get_or_create(session=session, person=person, defaults={"asked_at": now})
    if is_new:
        return TeachingStep.objects.create(teaching=teaching, became=teaching.status, at=now, by=by)
    if teaching.status in (Teaching.Status.PROPOSED, Teaching.Status.CONFIRMED):
        return None
    return teaching.move_to(Teaching.Status.PROPOSED, by=by, now=now)
