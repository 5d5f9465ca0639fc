"""What absence cost: places that stood empty while somebody waited, by organisation."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from bookings.charges.finding import missed_on
from bookings.models import Booking, Charge, ChargeStatus, Ground, Status
from training.catalogue.models import Event
from training.people.models import Agency
from training.web.when import in_london

MIDNIGHT = datetime.time(0)


@dataclass(frozen=True)
class AbsenceCost:
    """Of one organisation's people: places that stood empty, and how many of them while somebody else waited.

    `lost` is never more, on one date, than the people who waited for it. `charged_pence` is what was decided to be
    charged, less nothing: credits stand on statements.
    """

    did_not_come: int = 0
    cancelled_late: int = 0
    lost: int = 0
    charged_pence: int = 0

    @property
    def missed(self) -> int:
        return self.did_not_come + self.cancelled_late

    def __add__(self, other: "AbsenceCost") -> "AbsenceCost":
        return AbsenceCost(
            self.did_not_come + other.did_not_come, self.cancelled_late + other.cancelled_late, self.lost + other.lost,
            self.charged_pence + other.charged_pence,
        )  # fmt: skip


def absence_cost(first: datetime.date, last: datetime.date) -> dict[Agency, AbsenceCost]:
    """By organisation, those that lost most places to others first; dates of these days, the last one included.

    A place that somebody else took is not counted. Of a date for which fewer waited than places stood empty, those
    cancelled or missed first by their booking's number count. In a fixed number of queries.
    """
    starts = in_london(first, MIDNIGHT), in_london(last + datetime.timedelta(days=1), MIDNIGHT)
    events = list(
        Event.objects.published().filter(starts_at__gte=starts[0], starts_at__lt=starts[1], ends_at__isnull=False)
    )
    waited = _waited(events)
    found: dict[Agency, AbsenceCost] = defaultdict(AbsenceCost)
    left = dict(waited)
    for one in missed_on(events):
        if one.booking.employment is None or one.reckoned.why_not in ("refilled", "called_off"):
            continue
        is_lost = left.get(one.booking.event_id, 0) > 0
        left[one.booking.event_id] = left.get(one.booking.event_id, 0) - is_lost
        came = one.row.ground == Ground.DID_NOT_COME
        found[one.booking.employment.agency] += AbsenceCost(int(came), int(not came), int(is_lost))
    for agency, pence in _charged(events):
        found[agency] += AbsenceCost(charged_pence=pence)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].lost, -pair[1].missed, pair[0].name)))


def _waited(events: Iterable[Event]) -> dict[int, int]:
    """How many were on the waiting list when the date began. Nobody takes them off it after that."""
    rows = Booking.objects.filter(event__in=events, status=Status.WAITLISTED)
    return dict(rows.values_list("event").annotate(number=Count("pk")).order_by())


def _charged(events: Iterable[Event]) -> list[tuple[Agency, int]]:
    kept = (ChargeStatus.CHARGED, ChargeStatus.BILLED, ChargeStatus.DISPUTED)
    rows = Charge.objects.filter(booking__event__in=events, status__in=kept).select_related("agency")
    return [(row.agency, row.amount_pence) for row in rows if row.agency is not None]
