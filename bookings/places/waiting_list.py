"""Who on a waiting list is next, and why: pure choosing, and the sentences people read about it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bookings.models import Booking
from bookings.places.room import Belongs, Kept, Room, belongs, room_of
from training.catalogue.models import Event
from training.web.reasons import Reason
from training.web.when import london_day
from training.web.words import count, day


@dataclass(frozen=True)
class Waiting:
    """One row of a waiting list, in its order. `stop` is why they could not take a place at all just now."""

    booking: Booking
    position: int
    belongs: Belongs
    stop: Reason | None = None


def waiting_rows(event: Event, busy: Mapping[int, str] | None = None) -> list[Waiting]:
    """The list of this date, first come first. `busy` names what a person does at that time, by their id."""
    rows = Booking.objects.filter(event=event).waiting().select_related("person", "employment__agency")
    return [
        Waiting(row, position, belongs(row.employment), _stop(row, (busy or {}).get(row.person_id, "")))
        for position, row in enumerate(rows, start=1)
    ]


def _stop(row: Booking, busy_with: str) -> Reason | None:
    if busy_with:
        return Reason("busy", f"Has a place on {busy_with} at the same time.")
    if row.employment is not None and not row.employment.counts:
        return Reason("employment_refused", f"{row.employment.agency} says that they do not work there.")
    return None


def choose_next(rows: Sequence[Waiting], room: Room) -> tuple[Waiting | None, list[tuple[Waiting, Reason]]]:
    """Who gets the next free place, first come first served, and whoever was passed over for what reason.

    Somebody is passed over when the places left are kept for others, or when they could not take one. Nobody is
    chosen, and nobody passed over, when no place is left at all.
    """
    if room.left == 0:
        return None, []
    passed: list[tuple[Waiting, Reason]] = []
    for row in rows:
        reason = row.stop or (None if room.has_place_for(row.belongs) else _all_kept(room, row.belongs))
        if reason is None:
            return row, passed
        passed.append((row, reason))
    return None, passed


def _all_kept(room: Room, one: Belongs) -> Reason:
    return Reason("kept", f"{kept_in_words(room, one)}.")


def kept_in_words(room: Room, one: Belongs) -> str:
    """ "2 places are kept for the education sector until 3 May"; empty when nothing is kept for others."""
    said = [_one_kept(kept, number) for kept, number in room.kept_for_others(one)]
    return " and ".join(said)


def _one_kept(kept: Kept, number: int) -> str:
    until = f" until {day(kept.until)}" if kept.until else ""
    return f"{count(number, 'place')} {'is' if number == 1 else 'are'} kept for {kept.whom}{until}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    last = 0 if 10 < number % 100 < 14 else number % 10
    return f"{number}{ ({1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th')) }"


def position_sentence(position: int, room: Room, one: Belongs) -> str:
    """ "3rd on the list; 2 places are kept for the education sector until Mon 3 May"."""
    kept = kept_in_words(room, one)
    return f"{ordinal(position)} on the list{f'; {kept}' if kept else ''}"


def positions_of(bookings: Iterable[Booking]) -> dict[int, int]:
    """Where each of these waiting bookings stands on its list, counted from 1, by its id. One query."""
    asked = {booking.pk: booking.event_id for booking in bookings}
    places: dict[int, int] = {}
    counts: Counter[int] = Counter()
    rows = Booking.objects.filter(event__in=set(asked.values())).waiting() if asked else Booking.objects.none()
    for pk, event_id in rows.values_list("pk", "event_id"):
        counts[event_id] += 1
        if pk in asked:
            places[pk] = counts[event_id]
    return places


def waiting_sentence(booking: Booking, now: datetime.datetime) -> str:
    """What the page says to somebody who waits. `booking` comes with its event and employment."""
    room = room_of(booking.event, london_day(now))
    return position_sentence(positions_of([booking]).get(booking.pk, 1), room, belongs(booking.employment))
