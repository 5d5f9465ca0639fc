"""Writing the dates of a list: new ones in bulk, changed ones by the coordinator's own action."""

import datetime
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction

from providers.actions.commissions import propose_commission
from providers.errors import ProvidersError
from providers.imports.events import CHUNK, NEEDS, WantedEvent, plan_events
from providers.models import Commission
from training.catalogue.actions.events import change_event, plan_of
from training.catalogue.actions.teaching import record_trainer
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import Event, EventStep, Session, Teaching, TeachingStep
from training.catalogue.plans import EventPlan, SessionPlan
from training.outbox.queueing import queue_task
from training.people.models import Person
from training.web.importing import Kind, PlannedLine, Sitting, Verdict, refuse_line

Status = Teaching.Status


def apply_events(lines: list[PlannedLine], sitting: Sitting) -> None:
    new = [line for line in lines if line.verdict == Verdict.NEW]
    for start in range(0, len(new), CHUNK):
        _write_new([line.wanted for line in new[start : start + CHUNK]], sitting.by.person, sitting.now)
    for line in lines:
        if line.verdict == Verdict.CHANGED:
            _change(line, sitting)
    forget_searches()
    transaction.on_commit(_queue_what_follows, robust=True)


def _queue_what_follows() -> None:
    """Whoever is booked on a changed date is told once the whole file is in."""
    for task in settings.AFTER_IMPORT_OF_DATES:
        queue_task(task)


def _write_new(wanted: Sequence[WantedEvent], by: Person, now: datetime.datetime) -> None:
    events = Event.objects.bulk_create(_event(one) for one in wanted)
    pairs = list(zip(events, wanted, strict=True))
    opened = [event for event in events if event.standing == Event.Standing.PUBLISHED]
    EventStep.objects.bulk_create(
        EventStep(event=event, was=Event.Standing.DRAFT, became=event.standing, at=now, by=by, reason="Read in")
        for event in opened
    )
    sessions = Session.objects.bulk_create(itertools.chain.from_iterable(_sessions(*pair) for pair in pairs))
    by_event: dict[int, list[Session]] = {}
    for session in sessions:
        by_event.setdefault(session.event_id, []).append(session)
    teachings = Teaching.objects.bulk_create(
        Teaching(session=session, person=person, **_answer(is_free, now))
        for event, one in pairs
        for person, is_free in one.trainers
        for session in by_event.get(event.pk, [])
    )
    TeachingStep.objects.bulk_create(
        TeachingStep(teaching=teaching, became=teaching.status, at=now, by=by) for teaching in teachings
    )
    Commission.objects.bulk_create(
        Commission(event=event, contract=one.contract, status=Commission.Status.PROPOSED)
        for event, one in pairs
        if one.contract
    )


def _event(wanted: WantedEvent) -> Event:
    if wanted.version is None:
        raise TypeError("a row without its course is wrong")
    return Event(
        reference=wanted.reference,
        version=wanted.version,
        mode=wanted.mode,
        standing=wanted.standing,
        room_limit=wanted.capacity,
        places_offered=wanted.capacity,
        minimum=wanted.minimum or 0,
        starts_at=wanted.days[0][0] if wanted.days else None,
        ends_at=wanted.days[-1][1] if wanted.days else None,
    )


def _sessions(event: Event, wanted: WantedEvent) -> Iterator[Session]:
    for number, (starts_at, ends_at) in enumerate(wanted.days):
        venue = wanted.venue_of(number)
        yield Session(event=event, position=number + 1, starts_at=starts_at, ends_at=ends_at, venue=venue)


def _answer(is_free: bool, now: datetime.datetime) -> dict[str, Any]:
    if not is_free:
        return {"status": Status.PROPOSED, "asked_at": now}
    return {"status": Status.CONFIRMED, "asked_at": now, "answered_at": now}


def _change(line: PlannedLine, sitting: Sitting) -> None:
    """A row that an action refuses is wrong; what it had done by then is taken back."""
    try:
        with transaction.atomic():
            _rewrite(line, line.wanted, sitting)
    except (CatalogueError, ProvidersError) as error:
        refuse_line(line, "reference", str(error))


def _rewrite(line: PlannedLine, wanted: WantedEvent, sitting: Sitting) -> None:
    event, now = wanted.known, sitting.now
    if event is None:
        raise TypeError("only a known date changes")
    if any(change.field not in ("Trainer", "Provider") for change in line.changes):
        plan = _plan(plan_of(event), wanted)
        event = change_event(event=event, plan=plan, revision=event.revision, by=sitting.by, now=now)
    for person, _ in wanted.trainers:
        if clash := record_trainer(event=event, person=person, by=sitting.by.person, now=now):
            line.warnings.append(f"{clash} Until then they are asked only.")
    if wanted.contract is not None:
        propose_commission(event=event, contract=wanted.contract, by=sitting.by.person, now=now)


def _plan(held: EventPlan, wanted: WantedEvent) -> EventPlan:
    """Days keep their place in the row, so that each keeps its trainers and its link."""
    offered = held.places_offered
    if wanted.capacity is not None and (offered is None or offered == held.room_limit or offered > wanted.capacity):
        offered = wanted.capacity
    days: list[SessionPlan] = []
    for number, (starts_at, ends_at) in enumerate(wanted.days):
        before = held.sessions[number] if number < len(held.sessions) else None
        venue = wanted.venue_of(number) or (before.venue if before else None)
        link = before.joining_link if before else ""
        days.append(SessionPlan(starts_at, ends_at, venue, link, before.was if before else None))
    minimum = held.minimum if wanted.minimum is None else wanted.minimum
    changed: Callable[..., EventPlan] = replace
    return changed(
        held,
        mode=wanted.mode,
        room_limit=wanted.capacity,
        places_offered=offered if wanted.capacity is not None else None,
        minimum=min(minimum, offered or minimum),
        sessions=days,
    )


EVENTS = Kind("dates", NEEDS, plan_events, apply_events)
