"""Which dates a suspension would stop, and everybody and everything on them: read before it, changing nothing."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bookings.models import HOLDING_A_PLACE, LIVE, Booking, RegisterMark, Status
from providers.pulling import PullingCost, costs_of
from training.catalogue.models import DeliveryMode, Event, Order, Session, Teaching, Venue
from training.catalogue.models.event import EventQuerySet
from training.web.when import in_london, london_day

ONE_DAY = datetime.timedelta(days=1)
IN_A_ROOM = (DeliveryMode.FACE_TO_FACE, DeliveryMode.HYBRID)


@dataclass(frozen=True)
class Scope:
    """A way of teaching from a day to a day, both included; no last day: until further notice. No venues: all."""

    mode: str
    first_on: datetime.date
    last_on: datetime.date | None = None
    venues: Sequence[Venue] = ()


@dataclass(frozen=True)
class ConcernedDate:
    """One date: how many have a place or wait, who teaches it, and what giving back its orders would cost today."""

    event: Event
    learners: int
    waiting: int
    without_address: int
    trainers: Sequence[str]
    costs: Sequence[PullingCost]
    orders: int
    pence: int


@dataclass(frozen=True)
class Concerned:
    """`left_alone` have begun or have a register: what becomes of the rest of them is decided by hand."""

    dates: Sequence[ConcernedDate] = ()
    left_alone: Sequence[Event] = field(default=())

    @property
    def learners(self) -> int:
        return sum(one.learners for one in self.dates)

    @property
    def waiting(self) -> int:
        return sum(one.waiting for one in self.dates)

    @property
    def without_address(self) -> int:
        return sum(one.without_address for one in self.dates)

    @property
    def trainers(self) -> int:
        return len({name for one in self.dates for name in one.trainers})

    @property
    def orders(self) -> int:
        return sum(one.orders for one in self.dates)

    @property
    def pence(self) -> int:
        return sum(one.pence for one in self.dates)


def dates_in(scope: Scope) -> EventQuerySet:
    """Open dates with a sitting on one of the days, at one of the venues."""
    days = Session.objects.filter(event=OuterRef("pk"), starts_at__gte=in_london(scope.first_on, datetime.time()))
    if scope.last_on is not None:
        days = days.filter(starts_at__lt=in_london(scope.last_on + ONE_DAY, datetime.time()))
    if scope.venues and scope.mode in IN_A_ROOM:
        days = days.filter(venue__in=scope.venues)
    return Event.objects.published().filter(Exists(days), mode=scope.mode)


def to_stop(scope: Scope, now: datetime.datetime) -> EventQuerySet:
    """Those not begun, and whose register nobody has begun."""
    return dates_in(scope).filter(~Exists(_marks()), starts_at__gt=now)


def _marks() -> QuerySet[RegisterMark]:
    return RegisterMark.objects.filter(session__event=OuterRef("pk"))


def concerned_by(scope: Scope, now: datetime.datetime) -> Concerned:
    """In a number of queries that does not grow with the dates."""
    events = to_stop(scope, now).select_related("version__course").prefetch_related("sessions__venue")
    begun = dates_in(scope).filter(Q(starts_at__lte=now) | Exists(_marks()), ends_at__gt=now)
    dates = look_at(list(events.order_by("starts_at", "pk")), now)
    return Concerned(dates, list(begun.select_related("version").order_by("starts_at", "pk")))


def look_at(events: Sequence[Event], now: datetime.datetime) -> list[ConcernedDate]:
    """These dates, whatever they are, in the order given."""
    keys, today = [event.pk for event in events], london_day(now)
    held = _held(keys)
    taught: dict[int, list[str]] = defaultdict(list)
    rows = Teaching.objects.live().filter(session__event__in=keys).order_by("person__name")
    for event_pk, name in rows.values_list("session__event", "person__name").distinct():
        taught[event_pk].append(name)
    costs = costs_of(events)
    none = {"learners": 0, "waiting": 0, "without_address": 0}
    return [
        ConcernedDate(
            event,
            trainers=taught[event.pk],
            costs=costs[event.pk],
            orders=len(costs[event.pk]),
            pence=sum(cost.on(today) for cost in costs[event.pk]),
            **held.get(event.pk, none),
        )
        for event in events
    ]


def _held(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    rows = Booking.objects.filter(event__in=keys, status__in=LIVE).values("event").order_by()
    counted = rows.annotate(
        learners=Count("pk", filter=Q(status__in=HOLDING_A_PLACE)),
        waiting=Count("pk", filter=Q(status=Status.WAITLISTED)),
        without_address=Count("pk", filter=Q(person__email="")),
    )
    return {
        event: {"learners": learners, "waiting": waiting, "without_address": without}
        for event, learners, waiting, without in counted.values_list("event", "learners", "waiting", "without_address")
    }


def suppliers_of(events: Sequence[Event]) -> list[Order]:
    """What is ordered for these dates besides trainers."""
    return list(Order.objects.at_a_supplier().filter(event__in=events).order_by("event", "kind", "pk"))
