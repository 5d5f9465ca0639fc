"""Who wants a place on a course and has none to come: each person once a course, in the first of three lists."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bookings.board.sums import Demand
from bookings.models import HOLDING_A_PLACE, LIVE, Booking, Status
from training.people.models import User
from training.programme.models import DemandSignal
from training.record.falling_due import refreshers_due
from training.web.periods import Period
from training.web.when import london_day

# Whoever let a refresher lapse for longer is not coming back by themselves.
LAPSED = datetime.timedelta(days=183)
Key = tuple[int, datetime.date]


def demand_of(user: User, quarters: Sequence[Period], now: datetime.datetime, first: Period) -> dict[Key, Demand]:
    """By course and quarter's first day, of those rows that this user may list.

    Who waits counts in the quarter of the date, who asked to be told in `first` (where a date can be added the
    soonest), a refresher in the quarter in which it falls due; an overdue one in `first`.
    """
    counts: dict[str, Counter[Key]] = {"waiting": Counter(), "interested": Counter(), "due": Counter()}
    seen: set[tuple[int, int]] = set()
    for name, course, person, day in _wishes(user, quarters, now):
        if (course, person) in seen:
            continue
        seen.add((course, person))
        quarter = quarter_holding(quarters, day) if day else first
        if name and quarter is not None:
            counts[name][course, max(quarter.starts_on, first.starts_on) if name == "due" else quarter.starts_on] += 1
    keys = set().union(*counts.values())
    return {key: Demand(**{name: counted[key] for name, counted in counts.items()}) for key in keys}


def _wishes(
    user: User, quarters: Sequence[Period], now: datetime.datetime
) -> Iterator[tuple[str, int, int, datetime.date | None]]:
    """What, course, person and day; without a name for who has a place to come. The stronger claim first."""
    live = (
        Booking.objects.visible_to(user).filter(status__in=LIVE, event__starts_at__gt=now).order_by("event__starts_at")
    )
    rows = list(live.values_list("event__version__course", "person", "event__starts_at", "status"))
    yield from (("", course, person, None) for course, person, _, status in rows if status in HOLDING_A_PLACE)
    for course, person, starts_at, status in rows:
        if status == Status.WAITLISTED and starts_at is not None:
            yield "waiting", course, person, london_day(starts_at)
    asked = DemandSignal.objects.visible_to(user).waiting().order_by("pk")
    yield from (("interested", course, person, None) for course, person in asked.values_list("course", "person"))
    today = london_day(now)
    for course, person, due in refreshers_due(user, today, until=quarters[-1].ends_on):
        if due.on >= today - LAPSED:
            yield "due", course, person, max(due.on, quarters[0].starts_on)


def quarter_holding(quarters: Iterable[Period], day: datetime.date) -> Period | None:
    return next((one for one in quarters if one.starts_on <= day < one.ends_on), None)


def total_of(demands: Mapping[Key, Demand], course: int) -> Demand:
    """Of a course over all quarters."""
    own = [demand for key, demand in demands.items() if key[0] == course]
    return Demand(sum(one.waiting for one in own), sum(one.interested for one in own), sum(one.due for one in own))
