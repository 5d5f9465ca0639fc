"""Writing down, with a change and in its transaction, who is to be told of it. A worker writes to them afterwards."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from bookings.models import LIVE, Booking, DisruptedDate, Notice, Suspension
from providers.models import Commission
from training.catalogue.models import Order, Teaching
from training.outbox.queueing import queue_task

TELL = "bookings.tasks.tell_disruptions"


def note(
    what: Notice.What,
    rows: Sequence[DisruptedDate],
    *,
    now: datetime.datetime,
    suspension: Suspension | None = None,
    bookings: Sequence[Booking] | None = None,
    learners_only: bool = False,
    data: dict[str, str] | None = None,
) -> None:
    """Everybody live on these dates (or `bookings`), each trainer and provider once, each supplier with an address.

    With `learners_only` the others are told by whoever changes the date. In the same number of statements for one date
    as for hundreds.
    """
    of_event = {row.event_id: row for row in rows}
    if bookings is None:
        live = Booking.objects.filter(event__in=of_event, status__in=LIVE).only("pk", "event_id").order_by("pk")
        bookings = list(live)
    notices = [
        Notice(
            what=what,
            suspension=suspension,
            disrupted=of_event[one.event_id],
            booking=one,
            made_at=now,
            data=data or {},
        )
        for one in bookings
    ]
    if not learners_only:
        notices += _others(what, list(of_event), suspension, now)
    Notice.objects.bulk_create(notices, batch_size=2000)


def _others(
    what: Notice.What, events: Sequence[int], suspension: Suspension | None, now: datetime.datetime
) -> list[Notice]:
    shared = {"what": what, "suspension": suspension, "made_at": now}
    taught = Teaching.objects.live().filter(session__event__in=events)
    ordered = Commission.objects.filter(event__in=events, status__in=("ordered", "paused"))
    persons = _together(taught.values_list("person", "session__event").distinct())
    providers = _together(ordered.values_list("contract__provider", "event").distinct())
    orders = Order.objects.at_a_supplier().filter(event__in=events).exclude(supplier_email="").order_by("pk")
    return [
        *(Notice(person_id=pk, data={"events": dates}, **shared) for pk, dates in persons.items()),
        *(Notice(provider_id=pk, data={"events": dates}, **shared) for pk, dates in providers.items()),
        *(Notice(order_id=pk, data={"events": [event]}, **shared) for pk, event in orders.values_list("pk", "event")),
    ]


def _together(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, event in sorted(pairs):
        found[key].append(event)
    return dict(found)


def tell_soon() -> None:
    """Wake a worker after the commit. Without the queue the clock finds what is to be told within seconds."""
    transaction.on_commit(lambda: queue_task(TELL), robust=True)
