"""Asking trainers, and what they answer: for all sessions of a date at once."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from training.catalogue.actions.clashes import clash_of, refuse_clashes, sentence_of
from training.catalogue.actions.rights import require_coordinator
from training.catalogue.actions.sessions import propose
from training.catalogue.emails import ask_to_teach, tell_taken_off
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Teaching, TeachingStep
from training.people.models import Person, Role, RoleGrant, User
from training.people.permissions import Permission
from training.web.when import london_day

Status = Teaching.Status


@transaction.atomic
def ask_trainer(*, event: Event, person: Person, by: User, now: datetime.datetime) -> list[Teaching]:
    """Ask a trainer for every session; they get a message. Asking again somebody asked or confirmed changes nothing.

    Raises CatalogueError for a date that is cancelled or over, or has no session, and for who is no trainer.
    """
    asker = require_coordinator(by)
    sessions = list(_lock(event).sessions.all())
    if not sessions:
        raise CatalogueError("Set the days and times first: the trainer is asked for them.")
    _refuse_over(event, sessions[-1].ends_at, now)
    if not is_trainer(person, london_day(now)):
        raise CatalogueError(f"{person.name} is not a trainer in Muster. An administrator can give them that role.")
    steps = [propose(session, person, by=asker, now=now) for session in sessions]
    asked = [step for step in steps if step is not None]
    if asked:
        ask_to_teach(asked[0], sessions=sessions, now=now)
    return _of(event, person)


def is_trainer(person: Person, day: datetime.date) -> bool:
    return RoleGrant.objects.filter(person=person, role=Role.TRAINER).on(day).exists()


@transaction.atomic
def confirm_teaching(*, event: Event, person: Person, by: User, now: datetime.datetime) -> list[Teaching]:
    """The trainer, or a coordinator for them, says yes for every session asked. A second click changes nothing.

    Raises CatalogueError naming the other date when they are confirmed elsewhere at the time.
    """
    answerer = _answerer(person, by)
    _refuse_over(_lock(event), event.ends_at, now)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    asked = [teaching for teaching in _of(event, person) if teaching.status == Status.PROPOSED]
    if not asked and not _of(event, person, Status.CONFIRMED):
        raise CatalogueError(f"{person.name} is not asked to teach {event}.")
    claims = [(person, teaching.session.starts_at, teaching.session.ends_at) for teaching in asked]
    refuse_clashes(claims, event)
    try:
        with transaction.atomic():
            _move(asked, Status.CONFIRMED, by=answerer, now=now)
    except IntegrityError:
        refuse_clashes(claims, event)  # confirmed elsewhere after our look, by something that did not wait
        raise
    return _of(event, person)


@transaction.atomic
def decline_teaching(
    *, event: Event, person: Person, by: User, now: datetime.datetime, reason: str = ""
) -> list[Teaching]:
    """The trainer, or a coordinator for them, says no, also after a yes. A second click changes nothing."""
    answerer = _answerer(person, by)
    _refuse_over(_lock(event), event.ends_at, now)
    live = _live(event, person)
    if not live and not _of(event, person, Status.DECLINED):
        raise CatalogueError(f"{person.name} is not asked to teach {event}.")
    _move(live, Status.DECLINED, by=answerer, now=now, reason=reason)
    return _of(event, person)


@transaction.atomic
def withdraw_trainer(
    *, event: Event, person: Person, by: User, now: datetime.datetime, reason: str = ""
) -> list[Teaching]:
    """A coordinator takes a trainer off a date; they get a message. A second click changes nothing."""
    remover = require_coordinator(by)
    _lock(event)
    steps = _move(_live(event, person), Status.WITHDRAWN, by=remover, now=now, reason=reason)
    if steps and event.ends_at and event.ends_at > now:
        tell_taken_off(steps[0], now=now)
    return _of(event, person)


@transaction.atomic
def record_trainer(*, event: Event, person: Person, by: Person, now: datetime.datetime) -> str:
    """For imports: the trainer that a file names, without a message. Confirmed; where that clashes, asked only.

    Returns the sentence about the clash, empty when there is none. The same file again changes nothing.
    """
    sessions = list(_lock(event).sessions.all())
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    for session in sessions:
        propose(session, person, by=by, now=now)
    if clash := clash_of(person, sessions, event=event):
        return sentence_of(clash)
    asked = [teaching for teaching in _of(event, person) if teaching.status == Status.PROPOSED]
    _move(asked, Status.CONFIRMED, by=by, now=now)
    return ""


def _answerer(person: Person, by: User) -> Person:
    if by.person is None or not (by.person_id == person.pk or by.may(Permission.MANAGE_CATALOGUE)):
        raise CatalogueError("Only the trainer or a coordinator can answer this.")
    return by.person


def _lock(event: Event) -> Event:
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def _refuse_over(event: Event, ends_at: datetime.datetime | None, now: datetime.datetime) -> None:
    if event.standing == Event.Standing.CANCELLED:
        raise CatalogueError(f"{event} is cancelled.")
    if ends_at is not None and ends_at <= now:
        raise CatalogueError(f"{event} is over.")


def _of(event: Event, person: Person, *statuses: str) -> list[Teaching]:
    rows = Teaching.objects.filter(session__event=event, person=person)
    rows = rows.filter(status__in=statuses) if statuses else rows
    return list(rows.select_related("session__event", "person").order_by("session__position"))


def _live(event: Event, person: Person) -> list[Teaching]:
    return _of(event, person, Status.PROPOSED, Status.CONFIRMED)


def _move(
    teachings: Sequence[Teaching], status: str, *, by: Person, now: datetime.datetime, reason: str = ""
) -> list[TeachingStep]:
    return [teaching.move_to(status, by=by, now=now, reason=reason[:300]) for teaching in teachings]
