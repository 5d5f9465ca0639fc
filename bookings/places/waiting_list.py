"""The waiting list of a date: its rows as they are chosen from, and what is said to whoever waits."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from bookings.models import HOLDING_A_PLACE, Booking, NextRule, WaitingDecision
from bookings.places.choosing import Waiting, days_waited, position_sentence
from bookings.places.reading import belongs, room_of
from bookings.rules.eligibility import at_the_same_time
from training.catalogue.models import Event
from training.record.falling_due import days_overdue
from training.web.reasons import Reason
from training.web.when import london_day

# What somebody who lost a place, and somebody whom a coordinator moved to the top, is known by.
FIRST_AGAIN = ("places_cut", "moved_up")


def waiting_rows(
    event: Event,
    busy: Mapping[int, str] | None = None,
    *,
    now: datetime.datetime | None = None,
    overdue: Mapping[int, int] | None = None,
    unanswered: Collection[int] = (),
) -> list[Waiting]:
    """The list of this date, whoever waits longest first; two queries.

    `busy` names what a person does at that time, `overdue` for how many days their training is, by their id;
    `unanswered` are bookings whose manager has not answered. `now` says for how many days each has waited.
    """
    rows = Booking.objects.filter(event=event).waiting().select_related("person", "employment__agency")
    first = _first_again(event)
    return [
        Waiting(
            row,
            position,
            belongs(row.employment),
            _stop(row, (busy or {}).get(row.person_id, ""), row.pk in unanswered),
            days_waited(row.waits_since, now) if now else 0,
            (overdue or {}).get(row.person_id, 0),
            row.pk in first,
        )
        for position, row in enumerate(rows, start=1)
    ]


def _first_again(event: Event) -> set[int]:
    rows = WaitingDecision.objects.filter(event=event, code__in=FIRST_AGAIN, is_chosen=False)
    return set(rows.values_list("booking", flat=True))


def _stop(row: Booking, busy_with: str, is_unanswered: bool) -> Reason | None:
    if busy_with:
        return Reason("busy", f"Has a place on {busy_with} at the same time.")
    if row.employment is not None and not row.employment.counts:
        return Reason("employment_refused", f"{row.employment.agency} says that they do not work there.")
    if is_unanswered:
        return Reason("unanswered", "The manager has not answered yet.")
    return None


def list_to_choose_from(event: Event, rule: NextRule, persons: Sequence[int], now: datetime.datetime) -> list[Waiting]:
    """The waiting list of a date with all that a rule asks; a few queries more for a mixed room.

    `persons` are those who wait.
    """
    overdue = days_overdue(event.version, persons, london_day(now)) if rule == NextRule.MIX else {}
    return waiting_rows(event, busy_then(event, persons), now=now, overdue=overdue)


def busy_then(event: Event, persons: Iterable[int]) -> dict[int, str]:
    """Which of these persons have a place elsewhere while a session of this date runs: what on, by their id."""
    rows = Booking.objects.filter(person__in=persons, status__in=HOLDING_A_PLACE).exclude(event=event)
    at_once = rows.filter(at_the_same_time(event)).select_related("event__version")
    return {row.person_id: str(row.event.version) for row in at_once}


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


def last_passed_over(booking: Booking) -> WaitingDecision | None:
    """When somebody else got a place before this one, and why."""
    return booking.waiting_decisions.filter(is_chosen=False, turn__isnull=False).order_by("-at", "-pk").first()
