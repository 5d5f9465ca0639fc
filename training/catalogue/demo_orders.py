"""Rooms and food for the next weeks of the demonstration: every state, one overdue, one whose numbers are due."""

import datetime

from training.catalogue.models import DeliveryMode, Event, Order, OrderStep
from training.config.parts import Demo
from training.people.demo.agencies import References
from training.people.models import Person
from training.web.when import london_day
from training.web.working_days import add_working_days

AHEAD = datetime.timedelta(days=60)
PER_HEAD = 9_50
ROOM = 180_00
Status = Order.Status


def order_for_dates(demo: Demo) -> None:
    """Of dates in a room within two months: food for all, and the hire of every third room."""
    rows = Event.objects.published().filter(mode=DeliveryMode.FACE_TO_FACE)
    soon = rows.filter(starts_at__gt=demo.now, starts_at__lt=demo.now + AHEAD).order_by("starts_at", "pk")
    references, orders = References(demo, "orders"), []
    for number, event in enumerate(soon.prefetch_related("sessions__venue")):
        orders.append(_food(demo, event, references.draw(), number))
        if number % 3 == 0:
            orders.append(_room(demo, event, references.draw()))
    demo.insert("Orders", orders)
    by = demo.person("coordinator")
    steps = [step for order in orders for step in _steps(order, by, demo.now)]
    demo.insert("Steps of orders", steps)


def _before(event: Event, working_days: int) -> datetime.date:
    assert event.starts_at is not None  # noqa: S101 - filtered by it
    return add_working_days(london_day(event.starts_at), -working_days)


def _food(demo: Demo, event: Event, reference: str, number: int) -> Order:
    places = event.places_offered or 20
    order_by, numbers_by = _before(event, 10), _before(event, 4)
    status = Status.NEEDED if order_by > demo.today or number == 2 else Status.ORDERED
    if status == Status.ORDERED and numbers_by < demo.today:
        status = Status.CONFIRMED
    return Order(
        reference=reference,
        event=event,
        kind=Order.Kind.CATERER,
        what="Tea and coffee from 9:00, sandwiches at 12:30, a quarter of them without meat.",
        supplier="Pepper and Thyme Kitchen",
        supplier_email="orders@pepper-and-thyme.example",
        supplier_phone="020 7946 0144",
        numbers=places,
        cost_pence=PER_HEAD * places,
        order_by=order_by,
        numbers_by=numbers_by,
        cancel_free_until=_before(event, 3),
        status=status,
    )


def _room(demo: Demo, event: Event, reference: str) -> Order:
    venue = next((session.venue for session in event.sessions.all() if session.venue), None)
    return Order(
        reference=reference,
        event=event,
        kind=Order.Kind.ROOM,
        what="Tables for five, a screen, the hearing loop switched on.",
        supplier=venue.name if venue else "The town hall",
        supplier_phone=venue.contact_phone if venue else "",
        numbers=event.room_limit,
        cost_pence=ROOM,
        order_by=_before(event, 20),
        cancel_free_until=_before(event, 8),
        late_cancel_pence=ROOM // 2,
        status=Status.ORDERED if _before(event, 20) <= demo.today else Status.NEEDED,
    )


def _steps(order: Order, by: Person, now: datetime.datetime) -> list[OrderStep]:
    """Written down three weeks ago, then what its state says."""
    path = {Status.NEEDED: [], Status.ORDERED: [Status.ORDERED], Status.CONFIRMED: [Status.ORDERED, Status.CONFIRMED]}
    was, found = "", []
    for number, became in enumerate([Status.NEEDED, *path[Status(order.status)]]):
        at = now - datetime.timedelta(days=21 - 7 * number)
        found.append(OrderStep(order=order, was=was, became=became, at=at, by=by))
        was = became
    return found
