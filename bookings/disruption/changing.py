"""Dates that take place another way or on another day: everybody keeps their place, is told, and may leave for nothing.

A change of a suspended date ends its suspension. Trainers are told by the catalogue, the provider with the order.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from bookings.actions.offers import promote
from bookings.disruption.noting import note, tell_soon
from bookings.disruption.splitting import shifted, split_long
from bookings.disruption.writing_down import end_or_write_down
from bookings.errors import BookingsError
from bookings.locking import lock_events
from bookings.models import DisruptedDate, Notice, RegisterMark
from bookings.rights import require_coordinator
from providers.actions.pausing import order_again, price_for_mode
from providers.errors import ProvidersError
from providers.models import Commission
from providers.ordering import live_commission
from training.catalogue.actions.events import change_event, plan_of
from training.catalogue.actions.orders import cancel_order, tell_change
from training.catalogue.actions.suspending import resume_events
from training.catalogue.errors import CatalogueError
from training.catalogue.models import DeliveryMode, Event, Order
from training.catalogue.plans import EventPlan
from training.people.models import User
from training.web.when import london_day
from training.web.words import day

# What a date live online needs no more. An interpreter is needed there, too.
OF_THE_ROOM = (Order.Kind.ROOM, Order.Kind.CATERER)


@transaction.atomic
def convert_dates(
    *,
    events: Sequence[Event],
    split: str,
    reason: str,
    by: User,
    now: datetime.datetime,
    links: Mapping[str, str] | None = None,
    places_offered: int | None = None,
) -> list[Event]:
    """Move these dates live online, all or none; gives those that were moved now.

    `split` is a word of `splitting`, `links` by a date's reference. Long sittings are split, orders of room and food
    cancelled with their suppliers, the trainer order priced at the contract's rate for live online. A second click
    changes nothing. Raises BookingsError that names the date where one cannot be moved.
    """
    reason = _reason(reason, by)
    locked = lock_events(*[event.pk for event in events])
    moved = [event for event in locked.values() if event.mode != DeliveryMode.VIRTUAL]
    for event in moved:
        _refuse(event, now)
        plan = plan_of(event)
        sittings = [replace(one, venue=None, joining_link="") for one in split_long(plan.sessions, split)]
        link = (links or {}).get(event.reference, "") or plan.joining_link
        plan = replace(plan, mode=DeliveryMode.VIRTUAL, joining_link=link, sessions=sittings)
        if places_offered is not None:
            plan = replace(plan, room_limit=places_offered, places_offered=places_offered)
            plan = replace(plan, minimum=min(plan.minimum, places_offered))
        _change(event, plan, Notice.What.CONVERTED, reason, by, now)
    tell_soon()
    return moved


@transaction.atomic
def postpone_date(*, event: Event, first_on: datetime.date, reason: str, by: User, now: datetime.datetime) -> Event:
    """The same date on another day, at the same times: whoever is booked has first refusal, for they keep their place.

    A date of several days keeps their distance. A second click changes nothing.
    """
    reason = _reason(reason, by)
    locked = lock_events(event.pk)[event.pk]
    starts_at = locked.starts_at
    if starts_at is None:
        raise BookingsError(f"{event} has no day, so it cannot be postponed.")
    days = (first_on - london_day(starts_at)).days
    if days == 0 and locked.disruptions.filter(status=DisruptedDate.Status.POSTPONED).exists():
        return locked
    if days == 0:
        raise BookingsError("That is the day it has. Choose another one.")
    if first_on <= london_day(now):
        raise BookingsError("Choose a day after today.")
    _refuse(locked, now, is_today_fine=True)
    plan = plan_of(locked)
    try:
        sittings = [shifted(one, days) for one in plan.sessions]
    except ValueError as error:
        raise BookingsError(str(error)) from None
    plan = replace(plan, sessions=sittings, booking_closes_at=None)
    _change(locked, plan, Notice.What.POSTPONED, reason, by, now)
    tell_soon()
    return locked


def _reason(reason: str, by: User) -> str:
    require_coordinator(by)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BookingsError("Enter why: everybody concerned reads it.")
    return reason


def _refuse(event: Event, now: datetime.datetime, *, is_today_fine: bool = False) -> None:
    if event.standing not in (Event.Standing.PUBLISHED, Event.Standing.SUSPENDED):
        raise BookingsError(f"{event} is not open, so there is nothing to change for anybody.")
    if RegisterMark.objects.filter(session__event=event).exists():
        raise BookingsError(f"The register of {event} is begun: it takes place. Change its other days by hand.")
    if event.starts_at is None or (event.starts_at <= now and not is_today_fine):
        raise BookingsError(f"{event} has begun.")


def _change(event: Event, plan: EventPlan, what: Notice.What, reason: str, by: User, now: datetime.datetime) -> None:
    """Under the lock of the date."""
    person, was = require_coordinator(by), day(event.starts_at) if event.starts_at else ""
    try:
        if what == Notice.What.CONVERTED:
            _cancel_the_room(event, reason, by, now)
        if event.standing == Event.Standing.SUSPENDED:
            resume_events([event], reason=reason, by=person, now=now)
        changed = change_event(event=event, plan=plan, revision=event.revision, by=by, now=now)
        _order_again(changed, what, reason, by, now)
        _tell_suppliers(changed, by, now)
    except (CatalogueError, ProvidersError) as error:
        raise BookingsError(f"{event}: {error}") from None
    row = end_or_write_down(event, DisruptedDate.Status(what.value), reason, by=by, now=now)
    note(what, [row], now=now, suspension=row.suspension, learners_only=True, data={"was": was})
    promote(lock_events(event.pk)[event.pk], now=now)


def _cancel_the_room(event: Event, reason: str, by: User, now: datetime.datetime) -> None:
    for order in Order.objects.live().filter(event=event, kind__in=OF_THE_ROOM).order_by("pk"):
        cancel_order(order=order, reason=reason, sends=True, by=by, now=now)


def _order_again(event: Event, what: Notice.What, reason: str, by: User, now: datetime.datetime) -> None:
    person, order = require_coordinator(by), live_commission(event)
    if order is None:
        return
    held = Commission.objects.select_for_update(of=("self",)).select_related("contract__provider", "event__version")
    order = held.get(pk=order.pk)
    if what == Notice.What.CONVERTED:
        price_for_mode(order, event.mode, list(event.sessions.all()), reason=reason, by=person, now=now)
    else:
        order_again(order, reason=reason, by=person, now=now)


def _tell_suppliers(event: Event, by: User, now: datetime.datetime) -> None:
    """Those with an address, now; the others stand on the list of orders, to be rung."""
    changed = Order.objects.at_a_supplier().filter(event=event, attention="change").exclude(supplier_email="")
    for order in changed.order_by("pk"):
        tell_change(order=order, sends=True, by=by, now=now)
