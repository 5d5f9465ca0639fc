"""A coordinator changes a date or a venue: whoever is booked is told in the same transaction.

The rows are the catalogue's and its actions write them; what follows for bookings is known here alone.
"""

import datetime
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.db import transaction

from bookings.actions.offers import promote
from bookings.calendars.changes import changed_events, put_right, right_ones, told_bookings
from bookings.calendars.facts import place_of
from bookings.calendars.inviting import entries_of
from bookings.locking import lock_event, lock_events
from bookings.models import Booking
from training.catalogue.actions.events import change_event
from training.catalogue.actions.venues import save_venue
from training.catalogue.models import Event, Session, Venue
from training.catalogue.plans import EventPlan, checked
from training.people.models import User
from training.web.words import when


@dataclass(frozen=True)
class Telling:
    """Whom a change concerns, before it is made: how many are booked, how many of them have no address, and what."""

    people: int = 0
    without_address: int = 0
    changes: Sequence[str] = ()


@transaction.atomic
def change_date(*, event: Event, plan: EventPlan, revision: int, by: User, now: datetime.datetime) -> tuple[Event, int]:
    """Write a date anew and put the calendars of those booked right; gives the date and how many people are told.

    Places set free go to whoever waits. A change that no calendar shows, such as a note, tells nobody.
    Raises CatalogueError and StaleError as `change_event` does; then nothing is changed and nobody is told.
    """
    changed = change_event(event=event, plan=plan, revision=revision, by=by, now=now)
    promote(lock_event(changed.pk), now=now)
    return changed, _tell([changed.pk], now)


@transaction.atomic
def change_venue(*, venue: Venue, revision: int, by: User, now: datetime.datetime) -> tuple[Venue, int]:
    """Write a venue anew; whoever is booked on a date there is told of its other name or address.

    Gives the venue and how many people are told. Raises CatalogueError and StaleError as `save_venue` does.
    """
    keys = [event.pk for event in _dates_at(venue, now)]
    lock_events(*keys)
    saved = save_venue(venue=venue, revision=revision, by=by)
    return saved, _tell(keys, now)


def _tell(event_keys: Sequence[int], now: datetime.datetime) -> int:
    """The caller holds the locks of these dates."""
    told = [put_right(event, now) for event in changed_events(now, among=event_keys)]
    return sum(1 for messages in told for number in messages if number)


def _dates_at(venue: Venue, now: datetime.datetime) -> list[Event]:
    rows = Event.objects.published().filter(sessions__venue=venue, ends_at__gt=now).distinct()
    return list(rows.select_related("version").prefetch_related("sessions__venue").order_by("pk"))


def telling_of_date(event: Event, plan: EventPlan, now: datetime.datetime) -> Telling:
    """Whom `change_date` would write to, and of what; changes nothing."""
    if event.standing != Event.Standing.PUBLISHED:
        return Telling()
    draft = copy(event)
    draft.mode, draft.joining_link = plan.mode, plan.joining_link
    before = {session.position: session for session in event.sessions.all()}
    days = [
        Session(
            pk=before[day.was].pk if day.was in before else None,
            position=position,
            starts_at=day.starts_at,
            ends_at=day.ends_at,
            venue=day.venue,
            joining_link=day.joining_link,
        )
        for position, day in enumerate(checked(plan).sessions, start=1)
    ]
    told = _told(event, draft, days, now)
    return _telling(told, list(_differences(event, list(before.values()), draft, days)) if told else [])


def telling_of_venue(venue: Venue, now: datetime.datetime) -> Telling:
    """Whom `change_venue` would write to; `venue` holds, unsaved, what it is to be."""
    dates = _dates_at(venue, now)
    for session in [session for event in dates for session in event.sessions.all() if session.venue_id == venue.pk]:
        session.venue = venue
    return _telling([booking for event in dates for booking in _told(event, event, list(event.sessions.all()), now)])


def _told(event: Event, draft: Event, days: Sequence[Session], now: datetime.datetime) -> list[Booking]:
    """Those booked whose calendar would not be right any more."""
    bookings = list(told_bookings(event))
    entries = {key: entry for key, entry in entries_of(bookings).items() if entry.ends_at > now}
    right = {day.pk: right_ones(draft, day) for day in days if day.ends_at > now}
    standing = {(key, entry.fingerprint) for key, entry in entries.items() if not entry.is_cancelled}
    wanted = {booking.pk: {(booking.pk, day) for day in right} for booking in bookings}
    wrong = {
        booking_pk
        for (booking_pk, day), fingerprint in standing
        if fingerprint not in right.get(day, set())  # another time or place, or gone
    }
    has = {key for key, _ in standing}
    return [one for one in bookings if one.pk in wrong or not wanted[one.pk] <= has]


def _telling(told: Sequence[Booking], changes: Sequence[str] = ()) -> Telling:
    return Telling(len(told), sum(1 for booking in told if not booking.person.email), changes)


def _differences(event: Event, before: Iterable[Session], draft: Event, days: Sequence[Session]) -> Iterable[str]:
    after = {day.pk: day for day in days if day.pk}
    for session in before:
        was = _in_words(event, session)
        becomes = _in_words(draft, after[session.pk]) if session.pk in after else ""
        if not becomes:
            yield f"Day {session.position} is taken away. It was {was}."
        elif was != becomes:
            yield f"Day {session.position} was {was}. It is to be {becomes}."
    for day in days:
        if day.pk is None:
            yield f"Day {day.position} is new: {_in_words(draft, day)}."


def _in_words(event: Event, session: Session) -> str:
    return ", ".join(part for part in (when(session), place_of(event, session)) if part)
