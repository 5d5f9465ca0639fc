"""From notices to messages, a batch a transaction: a worker that dies in one leaves all of it to be told again.

A message and the mark that it was written commit together, so none is doubled and none is lost. What somebody is told
is in the order in which it happened.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from bookings.disruption import emails
from bookings.locking import lock_events
from bookings.models import LIVE, Booking, Notice
from training.catalogue.models import Event

BATCH = 100
# A worker comes back for the rest: a task does not keep it for longer than some minutes.
MOST_BATCHES = 100


def tell_disruptions(*, now: datetime.datetime, most: int = MOST_BATCHES, batch: int = BATCH) -> int:
    """Write the messages of what is still to be told; gives of how many notices that was.

    Safe to run twice, or two at once: what one has in hand the other leaves alone.
    """
    done = 0
    for _ in range(most):
        told = tell_some(now, batch)
        done += told
        if not told:
            break
    return done


@transaction.atomic
def tell_some(now: datetime.datetime, batch: int = BATCH) -> int:
    earlier = Notice.objects.to_tell().filter(booking=OuterRef("booking"), pk__lt=OuterRef("pk"))
    rows = Notice.objects.to_tell().filter(~Exists(earlier)).select_for_update(skip_locked=True, of=("self",))
    notices = list(rows.select_related("disrupted", "person", "provider", "order", "suspension")[:batch])
    if not notices:
        return 0
    events = lock_events(*{one.disrupted.event_id for one in notices if one.booking_id and one.disrupted})
    bookings = _bookings([one.booking_id for one in notices if one.booking_id], events)
    for notice in notices:
        notice.outcome = _tell(notice, bookings, now)
        notice.told_at = now
    Notice.objects.bulk_update(notices, ["outcome", "told_at"])
    return len(notices)


def _bookings(keys: Sequence[int], events: dict[int, Event]) -> dict[int, Booking]:
    rows = Booking.objects.filter(pk__in=keys).select_for_update(of=("self",), no_key=True).order_by("pk")
    found = {one.pk: one for one in rows.select_related("person", "employment__agency", "policy_version")}
    for booking in found.values():
        booking.event = events[booking.event_id]
    return found


def _tell(notice: Notice, bookings: dict[int, Booking], now: datetime.datetime) -> Notice.Outcome:
    if notice.booking_id is not None:
        return _tell_booking(notice, bookings[notice.booking_id], now)
    dates = Event.objects.filter(pk__in=notice.data.get("events", ())).select_related("version")
    listed = list(dates.prefetch_related("sessions__venue").order_by("starts_at", "pk"))
    return Notice.Outcome.WRITTEN if emails.tell_other(notice, listed, now) else Notice.Outcome.NO_ADDRESS


def _tell_booking(notice: Notice, booking: Booking, now: datetime.datetime) -> Notice.Outcome:
    """Whoever has left since was told of that; only of a lost date those are told whose booking it ended."""
    if notice.what != Notice.What.LOST and booking.status not in LIVE:
        return Notice.Outcome.NOT_NEEDED
    emails.tell_learner(notice, booking, now)
    return Notice.Outcome.WRITTEN if booking.person.email else Notice.Outcome.NO_ADDRESS
