"""Opening a date for booking, taking it back, cancelling it."""

import datetime

from django.db import IntegrityError, connection, transaction

from training.catalogue.actions.orders import mark_orders
from training.catalogue.actions.rights import require_coordinator
from training.catalogue.emails import tell_trainer_of_cancellation
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import Course, Event, EventStep, Order, Teaching
from training.catalogue.problems import reasons_not_publishable
from training.people.models import Person, User
from training.web.reasons import as_sentence, blocking


@transaction.atomic
def publish_event(*, event: Event, by: User, now: datetime.datetime) -> Event:
    """Open a date for booking. A second click changes nothing.

    Raises CatalogueError with every blocking one of `reasons_not_publishable`.
    """
    person = require_coordinator(by)
    Course.objects.select_for_update(no_key=True).get(pk=event.version.course_id)  # it may be withdrawn meanwhile
    locked = _lock(event)
    if locked.standing == Event.Standing.PUBLISHED:
        return locked
    if locked.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled. Copy it to make a new one.")
    if locked.standing == Event.Standing.SUSPENDED:
        raise CatalogueError("This date is suspended. Let it go on from the page of its suspension.")
    loaded = Event.objects.with_details().get(pk=locked.pk)
    if stops := blocking(reasons_not_publishable(loaded, now)):
        raise CatalogueError(as_sentence(stops))
    loaded.move_to(Event.Standing.PUBLISHED, by=person, now=now)
    forget_searches()
    return loaded


@transaction.atomic
def unpublish_event(*, event: Event, by: User, now: datetime.datetime) -> Event:
    """Take an open date back to draft: nobody can book it. Refused while somebody is booked."""
    person = require_coordinator(by)
    locked = _lock(event)
    if locked.standing == Event.Standing.DRAFT:
        return locked
    if locked.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled. Copy it to make a new one.")
    if locked.standing == Event.Standing.SUSPENDED:
        raise CatalogueError("This date is suspended: nobody can book it. Cancel it, or let it go on first.")
    _refuse_held(locked, "Cancel it instead, so that they are told.")
    locked.move_to(Event.Standing.DRAFT, by=person, now=now)
    forget_searches()
    return locked


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: User, now: datetime.datetime) -> Event:
    """Cancel a date on which nobody is booked; its trainers are told why. A second click changes nothing.

    Refused while places are held: telling those booked and freeing them is `bookings.disruption`'s, which
    cancels an event with its bookings in one transaction.
    """
    person = require_coordinator(by)
    locked = _lock(event)
    if locked.standing == Event.Standing.CANCELLED:
        return locked
    reason = " ".join(reason.split())
    if not reason:
        raise CatalogueError("Enter why it is cancelled: the trainers are told.")
    _refuse_held(locked, "They have to be told and moved first.")
    closed = close_event(locked, reason=reason, by=person, now=now)
    _refuse_waiting(closed)
    return closed


@transaction.atomic
def run_with_those_booked(*, event: Event, by: User, now: datetime.datetime) -> Event:
    """ "Run or pull?" answered with run: as many as are booked now are enough. Fewer later ask again.

    A second click changes nothing.
    """
    person = require_coordinator(by)
    locked = _lock(event)
    if locked.standing != Event.Standing.PUBLISHED:
        raise CatalogueError(f"{event} is not open, so there is nothing to decide.")
    if locked.places_held >= locked.minimum:
        return locked
    reason = f"To run with {locked.places_held} booked instead of {locked.minimum}."
    EventStep.objects.create(
        event=locked, was=locked.standing, became=locked.standing, at=now, by=person, reason=reason
    )
    locked.minimum = locked.places_held
    locked.revision += 1
    locked.save(update_fields=["minimum", "revision"])
    return locked


def close_event(locked: Event, *, reason: str, by: Person, now: datetime.datetime) -> Event:
    """The catalogue's share of every cancellation: the step, and word to the trainers, whose time is free again.

    For callers that hold the lock and have seen to whoever is booked.
    """
    locked.move_to(Event.Standing.CANCELLED, by=by, now=now, reason=reason[:300])
    forget_searches()
    mark_orders(locked, Order.Attention.CANCEL, f"The date is cancelled: {reason}", by=by, now=now)
    live = Teaching.objects.live().filter(session__event=locked)
    trainers = list(Person.objects.filter(pk__in=live.values("person")).order_by("pk"))
    for teaching in live:
        teaching.move_to(Teaching.Status.WITHDRAWN, by=by, now=now, reason=reason[:300])
    if locked.ends_at and locked.ends_at > now:
        for trainer in trainers:
            tell_trainer_of_cancellation(trainer, event=locked, reason=reason, now=now)
    return locked


def _lock(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).select_related("version__course").get(pk=event.pk)


def _refuse_waiting(event: Event) -> None:
    """Who waits is known to the apps above, whose trigger refuses at the commit: asked now, for a page to say."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise CatalogueError(f"People wait for a place on {event}. They have to be told first.") from None


def _refuse_held(event: Event, what_to_do: str) -> None:
    held = event.places_held
    if held:
        people = "person is" if held == 1 else "people are"
        raise CatalogueError(f"{held} {people} booked on {event}. {what_to_do}")
