"""Ordering a room, food, an interpreter or kit for a date; telling the supplier what changes, and cancelling."""

import datetime
import uuid
from dataclasses import dataclass, fields

from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.emails import tell_supplier
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Event, Order, OrderStep
from training.people.models import Person, User
from training.web.when import london_day
from training.web.words import count
from training.web.working_days import add_working_days

Status = Order.Status
# Working days before the date by which it should be ordered, where nobody has said otherwise.
LEAD = {
    Order.Kind.ROOM: 20,
    Order.Kind.CATERER: 10,
    Order.Kind.INTERPRETER: 20,
    Order.Kind.KIT: 5,
    Order.Kind.OTHER: 10,
}


@dataclass(frozen=True)
class OrderPlan:
    """What is typed about an order."""

    kind: str
    what: str = ""
    supplier: str = ""
    supplier_email: str = ""
    supplier_phone: str = ""
    numbers: int | None = None
    cost_pence: int | None = None
    order_by: datetime.date | None = None
    numbers_by: datetime.date | None = None
    cancel_free_until: datetime.date | None = None
    late_cancel_pence: int | None = None


PLAIN = tuple(field.name for field in fields(OrderPlan))


def order_by_default(event: Event, kind: str, today: datetime.date) -> datetime.date:
    """The last day on which to order: so many working days before, never before today."""
    if event.starts_at is None:
        return today
    return max(today, add_working_days(london_day(event.starts_at), -LEAD[Order.Kind(kind)]))


@transaction.atomic
def add_order(
    *, event: Event, plan: OrderPlan, by: User, now: datetime.datetime, submission: uuid.UUID | None = None
) -> Order:
    """Write down what is to be ordered. The same `submission` again gives what it made the first time."""
    person = require_coordinator(by)
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if submission and (made := Order.objects.filter(submission=submission).first()):
        return made
    if locked.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled: there is nothing to order.")
    given = {name: getattr(plan, name) for name in PLAIN}
    given["order_by"] = plan.order_by or order_by_default(locked, plan.kind, london_day(now))
    order = Order.objects.create(event=locked, submission=submission, **given)
    OrderStep.objects.create(order=order, became=order.status, at=now, by=person)
    return order


@transaction.atomic
def change_order(*, order: Order, plan: OrderPlan, revision: int, by: User, now: datetime.datetime) -> Order:
    """Write an order anew; a supplier who has it already has to be told. Raises StaleError after another's change."""
    person, locked = require_coordinator(by), _lock(order)
    if locked.revision != revision:
        raise StaleError("order", revision=locked.revision)
    if locked.status == Status.CANCELLED:
        raise CatalogueError("This order is cancelled. Add a new one.")
    before = {name: getattr(locked, name) for name in ("kind", "what", "numbers")}
    for name in PLAIN:
        setattr(locked, name, getattr(plan, name))
    locked.revision += 1
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise CatalogueError("It is ordered: it needs a supplier, and how many once that is confirmed.") from None
    if locked.status != Status.NEEDED and before != {name: getattr(locked, name) for name in before}:
        _mark(locked, Order.Attention.CHANGE, "What was ordered has changed.", person, now)
    return locked


@transaction.atomic
def place_order(*, order: Order, sends: bool, by: User, now: datetime.datetime) -> Order:
    """It is ordered: by our message to the supplier, or by telephone. A second click changes nothing."""
    person, locked = require_coordinator(by), _lock(order)
    if locked.status != Status.NEEDED:
        return locked
    if not locked.supplier:
        raise CatalogueError("Enter the supplier first.")
    if locked.event.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled: there is nothing to order.")
    _tell(locked, locked.move_to(Status.ORDERED, by=person, now=now), sends, now)
    return locked


@transaction.atomic
def confirm_numbers(*, order: Order, numbers: int, sends: bool, by: User, now: datetime.datetime) -> Order:
    """The supplier knows for how many. The same number again changes nothing; another one is told anew."""
    person, locked = require_coordinator(by), _lock(order)
    if locked.status == Status.CONFIRMED and locked.numbers == numbers and not locked.attention:
        return locked
    if locked.status not in (Status.ORDERED, Status.CONFIRMED):
        raise CatalogueError("Order it first, then confirm the numbers.")
    if locked.attention == Order.Attention.CANCEL:
        raise CatalogueError("The date is cancelled: cancel this order with its supplier.")
    locked.numbers = numbers
    said = f"For {count(numbers, 'person', 'people')}."
    if locked.status == Status.ORDERED:
        step = locked.move_to(Status.CONFIRMED, by=person, now=now, reason=said)
    else:
        step = _say(locked, said, person, now)
    _tell(locked, step, sends, now)
    return locked


@transaction.atomic
def tell_change(*, order: Order, sends: bool, by: User, now: datetime.datetime) -> Order:
    """The supplier knows of what changed. A second click changes nothing."""
    person, locked = require_coordinator(by), _lock(order)
    if locked.attention == Order.Attention.CHANGE:
        _tell(locked, _say(locked, "The supplier was told of the change.", person, now), sends, now)
    return locked


@transaction.atomic
def cancel_order(*, order: Order, reason: str, sends: bool, by: User, now: datetime.datetime) -> Order:
    """No longer wanted. A second click changes nothing."""
    person, locked = require_coordinator(by), _lock(order)
    if locked.status == Status.CANCELLED:
        return locked
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise CatalogueError("Enter why it is cancelled: the supplier may ask.")
    was_ordered = locked.status != Status.NEEDED
    step = locked.move_to(Status.CANCELLED, by=person, now=now, reason=reason)
    _tell(locked, step, sends and was_ordered, now)
    return locked


def mark_orders(event: Event, attention: str, why: str, *, by: Person, now: datetime.datetime) -> None:
    """For the catalogue's actions that cancel or move a date, under its lock: what was ordered has to be told.

    What was not ordered yet is simply no longer wanted when the date is cancelled.
    """
    for order in Order.objects.live().select_for_update(no_key=True).filter(event=event).order_by("pk"):
        if order.status != Status.NEEDED:
            _mark(order, attention, why, by, now)
        elif attention == Order.Attention.CANCEL:
            order.move_to(Status.CANCELLED, by=by, now=now, reason=why[:300])


@transaction.atomic
def need_interpreter(*, event: Event, by: Person | None, now: datetime.datetime) -> Order:
    """Somebody booked needs one: a new order on the day of booking, or one more on the one there is.

    The order holds how many need it, never who or why.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    rows = Order.objects.live().filter(event=locked, kind=Order.Kind.INTERPRETER)
    order = rows.select_for_update(no_key=True).order_by("pk").first()
    if order is None:
        order = Order.objects.create(
            event=locked,
            kind=Order.Kind.INTERPRETER,
            what="Read under People what is asked for. Sign language often needs two interpreters.",
            numbers=1,
            order_by=order_by_default(locked, Order.Kind.INTERPRETER, london_day(now)),
        )
        OrderStep.objects.create(order=order, became=order.status, at=now, by=by, reason="Asked for with a booking.")
        return order
    order.numbers = (order.numbers or 0) + 1
    order.revision += 1
    order.save(update_fields=["numbers", "revision"])
    if order.status != Status.NEEDED:
        _mark(order, Order.Attention.CHANGE, "One more person needs an interpreter.", by, now)
    return order


def _lock(order: Order) -> Order:
    rows = Order.objects.select_for_update(of=("self",), no_key=True).select_related("event__version")
    return rows.get(pk=order.pk)


def _mark(order: Order, attention: str, why: str, by: Person | None, now: datetime.datetime) -> None:
    """To be cancelled outweighs to be changed."""
    if order.attention == Order.Attention.CANCEL:
        return
    order.attention = attention
    order.revision += 1
    order.save(update_fields=["attention", "revision"])
    OrderStep.objects.create(order=order, was=order.status, became=order.status, at=now, by=by, reason=why[:300])


def _say(order: Order, reason: str, by: Person, now: datetime.datetime) -> OrderStep:
    """A step that leaves the state: the supplier was told."""
    order.attention = ""
    order.revision += 1
    order.save(update_fields=["attention", "numbers", "revision"])
    return OrderStep.objects.create(order=order, was=order.status, became=order.status, at=now, by=by, reason=reason)


def _tell(order: Order, step: OrderStep, sends: bool, now: datetime.datetime) -> None:
    if sends:
        tell_supplier(order, step, now=now)
