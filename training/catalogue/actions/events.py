"""A coordinator's verbs on dates: add, change, copy. Opening and cancelling are in `standing.py`."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from training.catalogue.actions.orders import mark_orders
from training.catalogue.actions.rights import require_coordinator
from training.catalogue.actions.sessions import add_sessions, rewrite_sessions
from training.catalogue.emails import tell_trainer_of_change
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import CourseVersion, Event, Order, Session, Teaching
from training.catalogue.plans import EventPlan, SessionPlan, checked
from training.catalogue.problems import reasons_not_publishable
from training.catalogue.references import next_reference
from training.people.models import Person, User
from training.web.reasons import Reason, as_sentence, blocking

PLAIN = (
    "mode",
    "room_limit",
    "places_offered",
    "minimum",
    "booking_opens_at",
    "booking_closes_at",
    "joining_link",
    "notes_for_delegates",
    "notes_for_trainers",
)


@transaction.atomic
def add_event(
    *,
    version: CourseVersion,
    plan: EventPlan,
    by: User,
    reference: str = "",
    submission: uuid.UUID | None = None,
) -> Event:
    """A new date, as a draft. Without a reference it gets the next free one, such as E0141.

    The same `submission` again gives the date that it made the first time.
    """
    require_coordinator(by)
    plan = checked(plan)
    event = Event(version=version, submission=submission, **_plain(plan))
    written = _write_new(event, reference.strip().upper())
    if written is event:
        add_sessions(event, plan.sessions)
        event.refresh_from_db()
    return written


def _plain(source: EventPlan | Event) -> dict[str, Any]:
    return {name: getattr(source, name) for name in PLAIN}


def _write_new(event: Event, reference: str) -> Event:
    for _ in range(20):  # somebody else may take the next reference at this moment
        event.reference = reference or next_reference()
        try:
            with transaction.atomic():
                event.save(force_insert=True)
                return event
        except IntegrityError as error:
            if "submission" in str(error):
                return Event.objects.get(submission=event.submission)
            event.pk = None
            if reference:
                raise CatalogueError(f"There is already a date with the reference {reference}.") from None
    raise CatalogueError("No free reference was found. Try again.")


@transaction.atomic
def change_event(*, event: Event, plan: EventPlan, revision: int, by: User, now: datetime.datetime) -> Event:
    """Write a date anew. Its days keep their trainers: each plan of a session says which day it was.

    Refused while it would leave an open date unfit to be open, cut places below those held, or put a confirmed
    trainer in two places. Confirmed and asked trainers are told of other days, times or venues, and are asked for
    days that are new. Whoever is booked is not told here: that is for `bookings`.
    Raises StaleError when somebody else changed the date since `revision` was read.
    """
    person = require_coordinator(by)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if locked.revision != revision:
        raise StaleError("date", revision=locked.revision)
    if locked.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled. Copy it to make a new one.")
    plan = checked(plan)
    _refuse_too_few_places(locked, plan)
    before = _load(locked.pk)
    stops_before = {reason.code for reason in blocking(reasons_not_publishable(before, now))}
    _rewrite(locked, plan, person, now)
    after = _load(locked.pk)
    if after.standing == Event.Standing.PUBLISHED:
        _refuse_unfit(stops_before, blocking(reasons_not_publishable(after, now)))
    _tell_trainers(before, after, now)
    if after.starts_at and _settings(before.sessions.all()) != _settings(after.sessions.all()):
        mark_orders(locked, Order.Attention.CHANGE, "The days, times or venues have changed.", by=person, now=now)
    forget_searches()
    return after


def _load(pk: int) -> Event:
    return Event.objects.with_details().get(pk=pk)


def _refuse_too_few_places(event: Event, plan: EventPlan) -> None:
    fewest = event.places_held
    if fewest and (plan.places_offered is None or plan.places_offered < fewest):
        people = "person is" if fewest == 1 else "people are"
        raise CatalogueError(
            f"{fewest} {people} booked. Offer at least {fewest}."
            " To offer fewer, say on the page of its places who loses theirs.",
            field="places_offered",
        )


def _rewrite(event: Event, plan: EventPlan, by: Person, now: datetime.datetime) -> None:
    for name, value in _plain(plan).items():
        setattr(event, name, value)
    event.revision += 1
    if event.standing == Event.Standing.PUBLISHED and not plan.sessions and plan.mode != "e_learning":
        raise CatalogueError("This date is open, so it needs at least one day. Take it back to draft first.")
    rewrite_sessions(event, plan.sessions, by=by, now=now)
    event.save(update_fields=[*PLAIN, "revision"])


def _refuse_unfit(codes_before: set[str], stops: list[Reason]) -> None:
    """An open date that was fit stays fit; what was wrong before (a day that has passed) does not lock it."""
    new = [reason for reason in stops if reason.code not in codes_before]
    if new:
        raise CatalogueError(f"This date is open. {as_sentence(new)}")


def _tell_trainers(before: Event, after: Event, now: datetime.datetime) -> None:
    if _settings(before.sessions.all()) == _settings(after.sessions.all()) or (after.ends_at or now) <= now:
        return
    sessions = list(after.sessions.all())
    taught = Teaching.objects.live().filter(session__in=sessions)
    for person in Person.objects.filter(pk__in=taught.values("person")).order_by("pk"):
        tell_trainer_of_change(person, event=after, sessions=sessions, now=now)


def _settings(sessions: Iterable[Session]) -> list[tuple[object, ...]]:
    return [(session.starts_at, session.ends_at, session.venue_id) for session in sessions]


def plan_of(event: Event) -> EventPlan:
    """The date as it is, as a plan to change with `dataclasses.replace`."""
    sessions = [
        SessionPlan(session.starts_at, session.ends_at, session.venue, session.joining_link, session.position)
        for session in event.sessions.all()
    ]
    return EventPlan(**_plain(event), sessions=sessions)
