"""What was ordered for which fee: everything delivered, and the dates of the next weeks."""

import datetime

from django.db.models import F

from providers.actions.commissions import commission_event
from providers.models import Commission, CommissionStep
from training.config.parts import Demo

Status = Commission.Status
ORDERED_AHEAD = datetime.timedelta(days=110)
# The last few go out by the action itself, so that the outbox shows orders.
BY_MESSAGE = 6
FEES = {"half": 450_00, "full": 820_00, "two": 1_580_00}


def order_trainers(demo: Demo) -> None:
    rows = Commission.objects.filter(status=Status.PROPOSED).select_related("event__version", "contract__provider")
    proposed = list(rows.order_by(F("event__starts_at").asc(nulls_last=True), "pk"))
    past = [order for order in proposed if order.event.ends_at and order.event.ends_at <= demo.now]
    soon = [
        order
        for order in proposed
        if order not in past and order.event.starts_at and order.event.starts_at <= demo.now + ORDERED_AHEAD
    ]
    early, late = soon[:-BY_MESSAGE], soon[-BY_MESSAGE:]
    _write(demo, [*past, *early], delivered=len(past))
    with demo.step("Trainer orders") as advance:
        for order in late:
            by = demo.person("coordinator").user
            commission_event(event=order.event, contract=order.contract, fee_pence=_fee(order), by=by, now=demo.now)
            advance(2)


def _fee(order: Commission) -> int:
    hours = float(order.event.version.hours or 3)
    return FEES["two" if hours > 6 else "full" if hours > 4 else "half"]


def _write(demo: Demo, orders: list[Commission], *, delivered: int) -> None:
    """In bulk, with the steps: ordered six weeks before, delivered the day after."""
    by = demo.person("coordinator")
    steps = []
    for number, order in enumerate(orders):
        order.fee_pence, order.status = _fee(order), Status.ORDERED
        starts_at = order.event.starts_at or demo.now
        at = min(starts_at - datetime.timedelta(days=42), demo.now)
        steps.append(CommissionStep(commission=order, was=Status.PROPOSED, became=Status.ORDERED, at=at, by=by))
        if number < delivered:
            order.status = Status.DELIVERED
            after = min((order.event.ends_at or demo.now) + datetime.timedelta(days=1), demo.now)
            steps.append(CommissionStep(commission=order, was=Status.ORDERED, became=Status.DELIVERED, at=after, by=by))
    Commission.objects.bulk_update(orders, ["fee_pence", "status"])
    demo.insert("Trainer orders", steps)
