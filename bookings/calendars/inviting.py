"""The rows that remember what each delegate's calendar was told. Called in the transaction of the change."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bookings.calendars.facts import Facts, facts_for, uid_of
from bookings.models import Booking, CalendarEntry
from training.catalogue.models import Event, Session


@dataclass(frozen=True)
class Span:
    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(frozen=True)
class Change:
    """One entry that its calendar has to be told of. `was` is the time it had, where that is another now."""

    entry: CalendarEntry
    session: Session
    is_new: bool
    was: Span | None = None


def sessions_of(event: Event) -> list[Session]:
    """As they are now, whatever was read before, with their venues."""
    return list(event.sessions.select_related("venue").order_by("position"))


def entries_of(bookings: Iterable[Booking]) -> dict[tuple[int, int], CalendarEntry]:
    """By booking and session; those whose session is gone are left out. In one query."""
    rows = CalendarEntry.objects.filter(booking__in=list(bookings), session__isnull=False)
    return {(entry.booking_id, entry.session_id): entry for entry in rows if entry.session_id is not None}


def invite(
    booking: Booking, now: datetime.datetime, *, sessions: Sequence[Session] | None = None, is_new: bool = False
) -> list[Change]:
    """Write an entry for every session still to come and give those that are new or have changed.

    A second call gives nothing; for a booking that `is_new` nobody looks whether there was a first. The booking comes
    with its event, version and rules, all locked by the caller.
    """
    sessions = sessions_of(booking.event) if sessions is None else sessions
    return renew(booking, sessions, {} if is_new else entries_of([booking]), now)


def renew(
    booking: Booking,
    sessions: Iterable[Session],
    entries: Mapping[tuple[int, int], CalendarEntry],
    now: datetime.datetime,
) -> list[Change]:
    """The same with the entries at hand, for many bookings of one date."""
    changes, new = [], []
    for session in sessions:
        if session.ends_at <= now:
            continue
        facts, entry = facts_for(booking, session, now), entries.get((booking.pk, session.pk))
        if entry is None:
            new.append(new_entry(booking, session, facts))
            changes.append(Change(new[-1], session, is_new=True))
        elif entry.is_cancelled or entry.fingerprint != facts.fingerprint:
            changes.append(_rewrite(entry, session, facts))
    CalendarEntry.objects.bulk_create(new)
    return changes


def new_entry(booking: Booking, session: Session, facts: Facts) -> CalendarEntry:
    """Not saved. Also for bookings that are loaded in bulk and whose people know of them already."""
    return CalendarEntry(
        uid=uid_of(booking, session),
        booking=booking,
        session=session,
        fingerprint=facts.fingerprint,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
    )


def _rewrite(entry: CalendarEntry, session: Session, facts: Facts) -> Change:
    was, becomes = Span(entry.starts_at, entry.ends_at), Span(facts.starts_at, facts.ends_at)
    entry.sequence += 1
    entry.is_cancelled = False
    entry.fingerprint, entry.starts_at, entry.ends_at = facts.fingerprint, facts.starts_at, facts.ends_at
    entry.answer, entry.answered_at = "", None
    entry.save()
    return Change(entry, session, is_new=False, was=was if was != becomes else None)


def uninvite(booking: Booking, now: datetime.datetime) -> list[CalendarEntry]:
    """End every entry that is not over and give them, the first day first. A second call gives nothing."""
    return end_entries(booking.calendar_entries.filter(is_cancelled=False, ends_at__gt=now).order_by("starts_at", "pk"))


def end_entries(entries: Iterable[CalendarEntry]) -> list[CalendarEntry]:
    ended = list(entries)
    for entry in ended:
        entry.sequence += 1
        entry.is_cancelled = True
        entry.save(update_fields=["sequence", "is_cancelled"])
    return ended
