"""Trainer orders of dates that are suspended: paused, taken up again, given up, or priced anew for another way.

For callers that hold the locks of the dates and know who may. The first three are for many orders at once and take
the same number of statements for one as for hundreds; who is told is the callers' affair.
"""

import datetime
from collections.abc import Iterable, Sequence

from providers.emails import send_order_again
from providers.models import Commission, CommissionStep
from providers.pricing import fee_of, rate_for
from training.catalogue.models import Event
from training.people.models import Person
from training.web.words import Timed

Status = Commission.Status


def pause_orders(events: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> list[Commission]:
    """Those that were ordered, with their contract and provider. What is only proposed stays so."""
    return _move(events, {Status.ORDERED}, Status.PAUSED, reason, by, now)


def take_up_orders(events: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> list[Commission]:
    return _move(events, {Status.PAUSED}, Status.ORDERED, reason, by, now)


def give_up_orders(events: Sequence[Event], *, reason: str, by: Person, now: datetime.datetime) -> list[Commission]:
    """What is not delivered."""
    return _move(events, {Status.PROPOSED, Status.ORDERED, Status.PAUSED}, Status.CANCELLED, reason, by, now)


def _move(
    events: Sequence[Event], was: Iterable[str], became: str, reason: str, by: Person, now: datetime.datetime
) -> list[Commission]:
    rows = Commission.objects.filter(event__in=events, status__in=was).select_related("contract__provider")
    orders = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    steps = []
    for order in orders:
        if became not in Commission.TRANSITIONS[order.status]:
            raise ValueError(f"a commission that is {order.status} cannot become {became}")
        steps.append(
            CommissionStep(commission=order, was=order.status, became=became, at=now, by=by, reason=reason[:300])
        )
        order.status = became
    Commission.objects.filter(pk__in=[one.pk for one in orders]).update(status=became)
    CommissionStep.objects.bulk_create(steps)
    return orders


def price_for_mode(
    commission: Commission, mode: str, sittings: Sequence[Timed], *, reason: str, by: Person, now: datetime.datetime
) -> Commission:
    """The order of a date that is taught another way from now on: at the contract's rate for it.

    Raises ProvidersError where the contract has no rate for the mode. Told and taken up as by `order_again`.
    """
    if commission.status in (Status.ORDERED, Status.PAUSED):
        commission.fee_pence = fee_of(rate_for(commission.contract, mode), sittings)
    return order_again(commission, reason=reason, by=by, now=now)


def order_again(commission: Commission, *, reason: str, by: Person, now: datetime.datetime) -> Commission:
    """The same order for a date that has changed; the provider is told. A paused one is taken up again.

    What is only proposed has no fee yet, stays so and is told to nobody.
    """
    if commission.status not in (Status.ORDERED, Status.PAUSED):
        return commission
    was, commission.status = commission.status, Status.ORDERED
    commission.save(update_fields=["fee_pence", "status"])
    step = CommissionStep.objects.create(
        commission=commission, was=was, became=commission.status, at=now, by=by, reason=reason[:300]
    )
    send_order_again(commission, step, now=now)
    return commission
