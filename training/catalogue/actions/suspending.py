"""The catalogue's share of a suspension: many dates at once, in a number of statements that does not grow with them.

For callers that hold the locks of the dates and know who may; whoever is booked is theirs to see to.
"""

import datetime
from collections.abc import Sequence

from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import Event, EventStep, Order, OrderStep, Teaching, TeachingStep
from training.catalogue.models.event import TRANSITIONS
from training.people.models import Person


def suspend_events(locked: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> None:
    """Nobody can book them; trainers, orders and bookings stay. Suppliers without an address are to be rung."""
    _move(locked, Event.Standing.SUSPENDED, reason, by, now)
    _mark_orders(locked, f"The date is suspended: {reason}", by, now)


def resume_events(locked: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> None:
    """As they were, open for booking."""
    _move(locked, Event.Standing.PUBLISHED, reason, by, now)
    _mark_orders(locked, "The date takes place after all.", by, now)


def close_events(locked: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> None:
    """Dates whose day has passed without them: cancelled, with what was ordered, and their trainers let go."""
    _move(locked, Event.Standing.CANCELLED, reason, by, now)
    _cancel_orders(locked, reason, by, now)
    _let_go(locked, reason, by, now)


def _move(events: Sequence[Event], standing: Event.Standing, reason: str, by: Person, now: datetime.datetime) -> None:
    for event in events:
        if standing not in TRANSITIONS[Event.Standing(event.standing)]:
            raise ValueError(f"a date that is {event.standing} cannot become {standing}")
    steps = [
        EventStep(event=one, was=one.standing, became=standing, at=now, by=by, reason=reason[:300]) for one in events
    ]
    Event.objects.filter(pk__in=[one.pk for one in events]).update(standing=standing)
    EventStep.objects.bulk_create(steps)
    for event in events:
        event.standing = standing
    forget_searches()


def _mark_orders(events: Sequence[Event], why: str, by: Person, now: datetime.datetime) -> None:
    """Suppliers with an address are written to by whoever suspends; to the others the coordinator speaks."""
    rows = Order.objects.at_a_supplier().filter(event__in=events, supplier_email="").exclude(attention="cancel")
    orders = list(rows.select_for_update(no_key=True).order_by("pk"))
    for order in orders:
        order.attention = Order.Attention.CHANGE
        order.revision += 1
    Order.objects.bulk_update(orders, ["attention", "revision"])
    _say(orders, why, by, now)


def _cancel_orders(events: Sequence[Event], why: str, by: Person, now: datetime.datetime) -> None:
    orders = list(Order.objects.live().filter(event__in=events).select_for_update(no_key=True).order_by("pk"))
    steps = [
        OrderStep(order=one, was=one.status, became=Order.Status.CANCELLED, at=now, by=by, reason=why[:300])
        for one in orders
    ]
    for order in orders:
        order.status, order.attention = Order.Status.CANCELLED, ""
        order.revision += 1
    Order.objects.bulk_update(orders, ["status", "attention", "revision"])
    OrderStep.objects.bulk_create(steps)


def _say(orders: Sequence[Order], why: str, by: Person, now: datetime.datetime) -> None:
    OrderStep.objects.bulk_create(
        OrderStep(order=one, was=one.status, became=one.status, at=now, by=by, reason=why[:300]) for one in orders
    )


def _let_go(events: Sequence[Event], why: str, by: Person, now: datetime.datetime) -> None:
    live = list(Teaching.objects.live().filter(session__event__in=events).order_by("pk"))
    steps = [
        TeachingStep(teaching=one, was=one.status, became=Teaching.Status.WITHDRAWN, at=now, by=by, reason=why[:300])
        for one in live
    ]
    Teaching.objects.filter(pk__in=[one.pk for one in live]).update(status=Teaching.Status.WITHDRAWN)
    TeachingStep.objects.bulk_create(steps)
