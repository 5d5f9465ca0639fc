"""A way of teaching stops: one transaction for the state of all its dates; whoever is to be told is told after it."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.disruption.concerned import IN_A_ROOM, ONE_DAY, Scope, look_at, to_stop
from bookings.disruption.noting import note, tell_soon
from bookings.errors import BookingsError
from bookings.locking import lock_events
from bookings.models import (
    Booking,
    BookingStep,
    DisruptedDate,
    Notice,
    Offer,
    RegisterMark,
    Status,
    Suspension,
    SuspensionPlace,
)
from bookings.rights import require_coordinator
from providers.actions.pausing import pause_orders
from training.catalogue.actions.suspending import suspend_events
from training.catalogue.models import DeliveryMode, Event, Venue
from training.governance.models import Decision
from training.people.models import Person, User
from training.web.when import london_day
from training.web.words import full_day


@transaction.atomic
def suspend_mode(
    *,
    scope: Scope,
    reason: str,
    by: User,
    now: datetime.datetime,
    decision: Decision | None = None,
    seen: int | None = None,
    submission: uuid.UUID | None = None,
) -> Suspension:
    """Stop every date of the scope that has not begun: nobody can book it, nothing about it goes out, its trainer
    order is paused, and whoever is on it keeps their place and is told.

    `seen` is how many dates the preview showed. The same `submission` gives what it made the first time. Raises
    BookingsError for days and places that are suspended already, and when the number of dates is another by now.
    """
    person = require_coordinator(by)
    if submission and (made := Suspension.objects.filter(submission=submission).first()):
        return made
    reason = " ".join(reason.split())[:300]
    _check(scope, reason, now)
    suspension = Suspension(
        mode=scope.mode, first_on=scope.first_on, last_on=scope.last_on, reason=reason, decision=decision,
        made_by=person, made_at=now, submission=submission,
    )  # fmt: skip
    try:
        with transaction.atomic():
            suspension.save(force_insert=True)
            SuspensionPlace.objects.bulk_create(_places(suspension, scope))
    except IntegrityError:
        if submission and (made := Suspension.objects.filter(submission=submission).first()):
            return made
        raise BookingsError(_overlap(scope)) from None
    events = _lock(scope, now)
    if seen is not None and seen != len(events):
        raise BookingsError(
            f"Since you looked, the number of dates has changed: it is {len(events)} now, not {seen}. Look again."
        )
    _stop(suspension, events, person, now)
    return suspension


def _check(scope: Scope, reason: str, now: datetime.datetime) -> None:
    if not reason:
        raise BookingsError("Enter why it is suspended: everybody concerned reads it.")
    if scope.mode == DeliveryMode.E_LEARNING:
        raise BookingsError("Training in people’s own time has no dates that could be suspended.")
    if scope.first_on < london_day(now):
        raise BookingsError("Choose a first day that is not in the past: what took place cannot be stopped.")
    if scope.last_on is not None and scope.last_on < scope.first_on:
        raise BookingsError("The last day is before the first one.")
    if scope.venues and scope.mode not in IN_A_ROOM:
        raise BookingsError("Live online dates have no venue. Leave the venues empty.")


def _places(suspension: Suspension, scope: Scope) -> list[SuspensionPlace]:
    period = DateRange(scope.first_on, scope.last_on + ONE_DAY if scope.last_on else None)
    venues: list[Venue | None] = [*scope.venues] or [None]
    return [SuspensionPlace(suspension=suspension, mode=scope.mode, venue=venue, period=period) for venue in venues]


def _overlap(scope: Scope) -> str:
    period = DateRange(scope.first_on, scope.last_on + ONE_DAY if scope.last_on else None)
    rows = SuspensionPlace.objects.filter(mode=scope.mode, period__overlap=period).select_related("suspension", "venue")
    if scope.venues:
        rows = rows.filter(venue=None) | rows.filter(venue__in=scope.venues)
    other = rows.order_by("pk").first()
    if other is None:  # lifted at this very moment
        return "Somebody else changed the suspensions at this moment. Look again."
    place = f"at {other.venue.name}" if other.venue else "everywhere"
    until = f"to {full_day(other.suspension.last_on)}" if other.suspension.last_on else "until further notice"
    return (
        f"{other.suspension.get_mode_display()} is suspended {place} already, from"
        f" {full_day(other.suspension.first_on)} {until} ({other.suspension.reference})."
        " Choose other days or places, or lift that one first."
    )


def _lock(scope: Scope, now: datetime.datetime) -> list[Event]:
    """The dates as they are once nobody else can change them: somebody may have cancelled one meanwhile."""
    locked = lock_events(*to_stop(scope, now).order_by("pk").values_list("pk", flat=True))
    begun = set(
        RegisterMark.objects.filter(session__event__in=locked).values_list("session__event", flat=True).distinct()
    )
    return [
        event
        for event in locked.values()
        if event.standing == Event.Standing.PUBLISHED and event.mode == scope.mode
        if event.pk not in begun and event.starts_at and event.starts_at > now
    ]


@transaction.atomic
def take_in(*, suspension: Suspension, by: User, now: datetime.datetime) -> int:
    """Dates opened since that fall under a suspension in force; gives how many. Those let go on before stay."""
    person = require_coordinator(by)
    locked = Suspension.objects.select_for_update(no_key=True).get(pk=suspension.pk)
    if locked.is_lifted:
        raise BookingsError("This suspension is lifted.")
    let_go = set(locked.dates.exclude(status=DisruptedDate.Status.SUSPENDED).values_list("event", flat=True))
    events = [event for event in _lock(scope_of(locked), now) if event.pk not in let_go]
    _stop(locked, events, person, now)
    return len(events)


def scope_of(suspension: Suspension) -> Scope:
    venues = [place.venue for place in suspension.places.select_related("venue") if place.venue]
    return Scope(suspension.mode, suspension.first_on, suspension.last_on, venues)


def _stop(suspension: Suspension, events: Sequence[Event], by: Person, now: datetime.datetime) -> None:
    if not events:
        return
    _end_offers(events, by, now)
    concerned = look_at(events, now)
    rows = DisruptedDate.objects.bulk_create(
        DisruptedDate(
            suspension=suspension, event=one.event, status=DisruptedDate.Status.SUSPENDED, reason=suspension.reason,
            learners=one.learners, waiting=one.waiting, cost_pence=one.pence, at=now, by=by,
        )
        for one in concerned
    )  # fmt: skip
    suspend_events(events, reason=suspension.reason, by=by, now=now)
    pause_orders(events, reason=suspension.reason, by=by, now=now)
    note(Notice.What.SUSPENDED, rows, now=now, suspension=suspension)
    tell_soon()


def _end_offers(events: Sequence[Event], by: Person, now: datetime.datetime) -> None:
    """What is offered cannot be taken now: they go back to the list, where they were."""
    Offer.objects.open().filter(booking__event__in=events).update(ended_at=now, outcome=Offer.Outcome.WITHDRAWN)
    offered = list(Booking.objects.filter(event__in=events, status=Status.OFFERED).order_by("pk"))
    for booking in offered:
        booking.waits_since = booking.waits_since or booking.made_at
    Booking.objects.bulk_update(offered, ["waits_since"])
    Booking.objects.filter(pk__in=[one.pk for one in offered]).update(status=Status.WAITLISTED)
    BookingStep.objects.bulk_create(
        BookingStep(booking=one, was=Status.OFFERED, became=Status.WAITLISTED, at=now, by=by, code="date_suspended")
        for one in offered
    )
