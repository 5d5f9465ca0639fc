"""What the pages of a suspension show besides its dates: how far the telling is, what could be taken in or moved."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from bookings.disruption.concerned import to_stop
from bookings.disruption.suspending import scope_of
from bookings.models import DisruptedDate, Notice, Suspension
from providers.models import Commission, ContractRate
from training.catalogue.models import DeliveryMode, Event
from training.web.reasons import Reason


@dataclass(frozen=True)
class Telling:
    """Of so many to be told, how many are; some have no address and have to be rung."""

    all: int
    told: int
    without_address: int

    @property
    def left(self) -> int:
        return self.all - self.told


def telling_of(suspension: Suspension) -> Telling:
    counted = Notice.objects.filter(suspension=suspension).aggregate(
        all=Count("pk"),
        told=Count("pk", filter=Q(told_at__isnull=False)),
        without_address=Count("pk", filter=Q(outcome="no_address")),
    )
    return Telling(**counted)


def opened_since(suspension: Suspension, now: datetime.datetime) -> int:
    """Dates that fall under it and are open: opened since, or looked at too late. Those let go on are none of them."""
    if suspension.is_lifted:
        return 0
    let_go = suspension.dates.exclude(status=DisruptedDate.Status.SUSPENDED).values("event")
    return to_stop(scope_of(suspension), now).exclude(pk__in=let_go).count()


def reasons_not_online(events: Sequence[Event]) -> list[Reason]:
    """Dates whose contract agrees no price for live online; one query."""
    rate = ContractRate.objects.filter(contract=OuterRef("contract"), mode=DeliveryMode.VIRTUAL)
    rows = Commission.objects.filter(~Exists(rate), event__in=events, status__in=("ordered", "paused"))
    rows = rows.select_related("event", "contract__provider").order_by("event__starts_at", "pk")
    return [
        Reason(
            "no_rate",
            f"{one.event}: {one.contract} with {one.contract.provider} has no rate for live online.",
            "Agree one, record it as a variation and enter the rate on the contract’s page.",
        )
        for one in rows
    ]
