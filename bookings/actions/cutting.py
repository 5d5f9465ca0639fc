"""Fewer places than are taken: the coordinator says who loses theirs. They head the waiting list and owe nothing."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from bookings import emails
from bookings.actions.offers import end_open_offer
from bookings.actions.places import change_places
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event
from bookings.models import HOLDING_A_PLACE, Booking, Offer, Status, WaitingDecision
from bookings.rights import require_coordinator
from training.catalogue.models import Event
from training.people.models import User
from training.web.words import count

ONE_SECOND = datetime.timedelta(seconds=1)


def last_booked_first(event: Event) -> list[Booking]:
    """Whoever has a place, the one who got it last first: the order in which places are lost unless one says other."""
    given = Max("steps__at", filter=Q(steps__became__in=HOLDING_A_PLACE) & ~Q(steps__was__in=HOLDING_A_PLACE))
    rows = Booking.objects.filter(event=event).holding_a_place().select_related("person", "employment__agency")
    return list(rows.annotate(given_at=Coalesce(given, F("made_at"))).order_by("-given_at", "-pk"))


@transaction.atomic
def cut_places(
    *,
    event: Event,
    room_limit: int,
    places_offered: int,
    losing: Sequence[Booking],
    reason: str,
    revision: int,
    by: User,
    now: datetime.datetime,
) -> list[Booking]:
    """Offer fewer places than are taken; each of `losing` waits at the head of the list and is told why.

    Among them whoever got the place first waits first. The same again changes nothing. Raises BookingsError unless
    exactly as many lose a place as are too many, and for all that `change_places` refuses.
    """
    require_coordinator(by)
    locked = lock_event(event.pk)
    chosen = [one for one in reversed(last_booked_first(locked)) if one.pk in {row.pk for row in losing}]
    if not chosen and (locked.room_limit, locked.places_offered) == (room_limit, places_offered):
        return []
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise BookingsError("Enter why there are fewer places: those who lose theirs are told.")
    if locked.starts_at is not None and locked.starts_at <= now:
        raise BookingsError("This date has begun. Its places stay as they are.")
    _refuse_other_number(locked.places_held - places_offered, locked.places_held, places_offered, len(chosen))
    for booking, since in zip(chosen, _heads(locked, len(chosen), now), strict=True):
        _lose(lock_booking(booking.pk), locked, since, reason, by=by, now=now)
    locked.refresh_from_db(fields=["places_held"])
    change_places(event=locked, room_limit=room_limit, places_offered=places_offered, revision=revision, by=by, now=now)
    return chosen


def _refuse_other_number(needed: int, held: int, offered: int, chosen: int) -> None:
    if chosen != max(needed, 0):
        have = "has a place" if held == 1 else "have a place"
        raise BookingsError(
            f"{count(held, 'person', 'people').capitalize()} {have} and {offered} are to be offered: "
            f"choose {count(max(needed, 0), 'person', 'people')}, not {chosen or 'none'}."
        )


def _heads(event: Event, number: int, now: datetime.datetime) -> list[datetime.datetime]:
    """Since when they wait: before whoever heads the list now."""
    first = Booking.objects.filter(event=event).waiting().first()
    head = first.waits_since if first is not None and first.waits_since else now
    return [head - ONE_SECOND * left for left in range(number, 0, -1)]


def _lose(
    booking: Booking, event: Event, since: datetime.datetime, reason: str, *, by: User, now: datetime.datetime
) -> None:
    booking.event = event
    end_open_offer(booking, Offer.Outcome.WITHDRAWN, now)
    booking.waits_since = since
    step = booking.move_to(Status.WAITLISTED, by=by.person, now=now, code="places_cut", reason=reason)
    WaitingDecision.objects.create(
        event=event,
        booking=booking,
        at=now,
        is_chosen=False,
        position=1,
        code="places_cut",
        sentence=f"Lost the place and heads the list: {reason}"[:300],
    )
    emails.tell_place_lost(booking, step, now)
