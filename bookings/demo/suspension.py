"""March 2020: every room suspended, some dates moved online within days, the others lost as their days passed.

The dates are those of the committed list, planned before anybody knew.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.disruption.lifting import DAY_PASSED
from bookings.disruption.splitting import SAME_DAY, split_long
from bookings.models import Booking, DisruptedDate, Suspension, SuspensionPlace
from providers.actions.pausing import give_up_orders, pause_orders, take_up_orders
from providers.models import Commission, CommissionStep
from training.catalogue.actions.events import plan_of
from training.catalogue.actions.sessions import rewrite_sessions
from training.catalogue.actions.suspending import close_events, resume_events, suspend_events
from training.catalogue.models import DeliveryMode, Event, Teaching
from training.config.parts import Demo
from training.governance.models import Decision
from training.people.demo.agencies import References

SUSPENDED_AT = datetime.datetime(2020, 3, 16, 17, tzinfo=datetime.UTC)
LIFTED_AT = datetime.datetime(2021, 3, 22, 10, tzinfo=datetime.UTC)
AGAIN_FROM = datetime.date(2021, 4, 12)
WHY = "All face-to-face training was suspended because of COVID-19."
ONLINE = "It is held live online while rooms are closed."
# Decided from the week after the suspension on; days after it.
MOVED_ONLINE = {"E0098": 7, "E0024": 7, "E0023": 9, "E0048": 9, "E0085": 14, "E0063": 18, "E0035": 18}
HALF_A_DAY_ONLINE = 390_00
ORDERED = Commission.Status.ORDERED
Became = DisruptedDate.Status


def suspend_the_rooms(demo: Demo) -> None:
    """Before anybody books. Kept as `bookings.suspended`: the rows of the dates, to be counted once all are booked."""
    by = demo.person("coordinator")
    rooms = Event.objects.published().filter(mode=DeliveryMode.FACE_TO_FACE, starts_at__gt=SUSPENDED_AT)
    events = list(rooms.filter(starts_at__date__lt=AGAIN_FROM).select_related("version__course").order_by("pk"))
    with demo.step("The suspension of 2020") as advance:
        suspension = _suspension(demo)
        _put_orders_right(events)
        suspend_events(events, reason=WHY, by=by, now=SUSPENDED_AT)
        pause_orders(events, reason=WHY, by=by, now=SUSPENDED_AT)
        rows = [_row(demo, suspension, event) for event in events]
        demo.keep("bookings.suspended", rows)
        advance(len(rows))


def _suspension(demo: Demo) -> Suspension:
    by = demo.person("coordinator")
    suspension = Suspension.objects.create(
        reference=References(demo, "suspensions").draw(),
        mode=DeliveryMode.FACE_TO_FACE,
        first_on=SUSPENDED_AT.date(),
        reason=WHY,
        decision=Decision.objects.filter(subject="Face-to-face training").first(),
        made_by=by,
        made_at=SUSPENDED_AT,
        lifted_from=AGAIN_FROM,
        lifted_by=by,
        lifted_at=LIFTED_AT,
    )
    period = DateRange(SUSPENDED_AT.date(), AGAIN_FROM)
    SuspensionPlace.objects.create(suspension=suspension, mode=suspension.mode, period=period)
    return suspension


def _put_orders_right(events: Sequence[Event]) -> None:
    """The list knows of no suspension: none of these was delivered, and those of the summer were not ordered yet."""
    steps = CommissionStep.objects.filter(commission__event__in=events)
    steps.filter(became=Commission.Status.DELIVERED).delete()
    early = steps.filter(became=ORDERED, at__lte=SUSPENDED_AT).values("commission")
    orders = Commission.objects.filter(event__in=events)
    orders.filter(pk__in=early).update(status=ORDERED)
    steps.exclude(commission__in=early).delete()
    orders.exclude(pk__in=early).update(status=Commission.Status.PROPOSED, fee_pence=None)


def _row(demo: Demo, suspension: Suspension, event: Event) -> DisruptedDate:
    """What became of one date, with its own day."""
    by, days = demo.person("coordinator"), MOVED_ONLINE.get(event.reference)
    row = DisruptedDate(
        suspension=suspension, event=event, status=Became.LOST, reason=WHY, learners=0, at=SUSPENDED_AT, by=by,
        ended_at=event.starts_at,
    )  # fmt: skip
    if days is None:
        give_up_orders([event], reason=DAY_PASSED, by=by, now=event.starts_at or SUSPENDED_AT)
        close_events([event], reason=DAY_PASSED, by=by, now=event.starts_at or SUSPENDED_AT)
        return row
    row.status, row.ended_by, row.ended_at = Became.CONVERTED, by, SUSPENDED_AT + datetime.timedelta(days=days)
    _move_online(demo, event, row.ended_at)
    return row


def _move_online(demo: Demo, event: Event, at: datetime.datetime) -> None:
    by = demo.person("coordinator")
    resume_events([event], reason=ONLINE, by=by, now=at)
    take_up_orders([event], reason=ONLINE, by=by, now=at)
    halves = split_long(plan_of(event).sessions, SAME_DAY)
    rewrite_sessions(event, [replace(one, venue=None) for one in halves], by=by, now=at)
    Event.objects.filter(pk=event.pk).update(mode=DeliveryMode.VIRTUAL)
    asked = Teaching.objects.unanswered().filter(session__event=event)
    asked.update(status=Teaching.Status.CONFIRMED, answered_at=at)
    _deliver(demo, event, len(halves), at)


def _deliver(demo: Demo, event: Event, halves: int, at: datetime.datetime) -> None:
    """Ordered anew at the rate for live online, and delivered."""
    by, delivered = demo.person("coordinator"), Commission.Status.DELIVERED
    after = (event.ends_at or at) + datetime.timedelta(days=1)
    for order in Commission.objects.live().filter(event=event):
        steps = [
            CommissionStep(commission=order, was=order.status, became=ORDERED, at=at, by=by, reason=ONLINE),
            CommissionStep(commission=order, was=ORDERED, became=delivered, at=after, by=by),
        ]
        CommissionStep.objects.bulk_create(steps)
        order.status, order.fee_pence = delivered, halves * HALF_A_DAY_ONLINE
        order.save(update_fields=["status", "fee_pence"])


def count_the_suspended(demo: Demo, bookings: Sequence[Booking]) -> None:
    """How many had a place on each of them on that day."""
    rows: list[DisruptedDate] = demo.kept("bookings.suspended")
    for row in rows:
        held = [one for one in bookings if one.event_id == row.event_id and one.made_at <= SUSPENDED_AT]
        row.learners = sum(one.status in ("event_cancelled", "booked") for one in held)
    demo.insert("Dates suspended in 2020", rows)
