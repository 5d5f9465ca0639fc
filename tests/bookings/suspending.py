"""A coordinator’s suspension of the rooms, for tests."""

import datetime
from typing import Any

from django.utils import timezone

from bookings.disruption.concerned import Scope
from bookings.disruption.suspending import suspend_mode
from bookings.disruption.telling import tell_disruptions
from bookings.models import Suspension
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_trainer
from training.catalogue.actions.orders import OrderPlan, add_order, place_order
from training.catalogue.models import Event, Order
from training.outbox.models import Message


def rooms(**fields: Any) -> Scope:
    """Every room from today on, until further notice."""
    return Scope(**{"mode": "face_to_face", "first_on": in_days(0), **fields})


def suspend(scope: Scope | None = None, **fields: Any) -> Suspension:
    given = {"reason": "The building is flooded.", "by": any_coordinator(), "now": timezone.now(), **fields}
    return suspend_mode(scope=scope or rooms(), **given)


def busy_date(days: int = 30, people: int = 2, **fields: Any) -> Event:
    """With people on it, a trainer and food from a caterer."""
    event = make_event(days=[in_days(days)], **fields)
    make_teaching(event, make_trainer())
    for _ in range(people):
        make_booking(event)
    order_food(event)
    return Event.objects.get(pk=event.pk)


def order_food(event: Event, email: str = "food@caterer.example", **fields: Any) -> Order:
    plan = OrderPlan(
        **{
            "kind": "caterer",
            "supplier": "Pepper",
            "supplier_email": email,
            "cost_pence": 9000,
            "numbers": 12,
            **fields,
        }
    )
    order = add_order(event=event, plan=plan, by=any_coordinator(), now=timezone.now())
    return place_order(order=order, sends=False, by=any_coordinator(), now=timezone.now())


def tell(now: datetime.datetime | None = None) -> int:
    return tell_disruptions(now=now or timezone.now())


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()
