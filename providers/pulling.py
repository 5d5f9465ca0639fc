"""What pulling a date costs, and from which day: the terms of its orders, and of the contract of its trainer order."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from providers.models import Commission
from training.catalogue.models import Event, Order
from training.web.when import london_day
from training.web.words import day, pounds
from training.web.working_days import add_working_days

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class PullingCost:
    """One order: free until the end of a day, then so many pence. None: no such day, or no sum, is written down."""

    what: str
    free_until: datetime.date | None
    pence: int | None

    def on(self, today: datetime.date) -> int:
        """What pulling on this day costs, as far as it is known; nothing written down about the day: at once."""
        is_free = self.free_until is not None and today <= self.free_until
        return 0 if is_free else self.pence or 0

    @property
    def words(self) -> str:
        sum_words = "a sum that is not written down" if self.pence is None else pounds(self.pence)
        if self.free_until is None:
            return f"{sum_words}: no day until which it is free is written down"
        return f"nothing until {day(self.free_until)}, then {sum_words}"


def pulling_costs(event: Event) -> list[PullingCost]:
    """What is ordered, the trainer first. What is not ordered yet costs nothing. Two queries."""
    return costs_of([event])[event.pk]


def costs_of(events: Sequence[Event]) -> dict[int, list[PullingCost]]:
    """The same for many dates, by the date's id; two queries however many there are."""
    found: dict[int, list[PullingCost]] = {event.pk: [] for event in events}
    by_pk = {event.pk: event for event in events}
    ordered = Commission.objects.filter(event__in=by_pk, status=Commission.Status.ORDERED)
    for commission in ordered.select_related("contract__provider"):
        found[commission.event_id].append(_of_trainer(commission, by_pk[commission.event_id]))
    for order in Order.objects.at_a_supplier().filter(event__in=by_pk).order_by("kind", "pk"):
        found[order.event_id].append(_of_order(order))
    return found


def _of_order(order: Order) -> PullingCost:
    pence = order.cost_pence if order.late_cancel_pence is None else order.late_cancel_pence
    return PullingCost(f"{order.get_kind_display()}, {order.supplier}", order.cancel_free_until, pence)


def _of_trainer(commission: Commission, event: Event) -> PullingCost:
    """Rounded up to a whole penny. Working days are counted back from the first day."""
    contract, fee = commission.contract, commission.fee_pence or 0
    what = f"Trainer order, {contract.provider}"
    if contract.cancel_notice_days is None or event.starts_at is None:
        return PullingCost(what, None, fee)
    free_until = add_working_days(london_day(event.starts_at), -contract.cancel_notice_days)
    return PullingCost(what, free_until, -(-fee * contract.cancel_percent // 100))


def price_steps(costs: Sequence[PullingCost], today: datetime.date) -> list[tuple[datetime.date, int]]:
    """From which day pulling costs how much in all: today first, then each day on which it becomes dearer."""
    dearer = sorted({one.free_until + ONE_DAY for one in costs if one.free_until and one.free_until >= today})
    steps = [(on, sum(one.on(on) for one in costs)) for on in (today, *dearer)]
    return [step for number, step in enumerate(steps) if number == 0 or step[1] != steps[number - 1][1]]
