"""A date has changed: whoever is booked on it gets their calendar put right, and nobody hears of what is the same.

The pages that change a date tell in the same transaction (`bookings/changing.py`). What comes another way, by an
import or by hand in the database, the clock finds: this looks for what differs.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from bookings import emails
from bookings.calendars.facts import facts_of
from bookings.calendars.inviting import end_entries, entries_of, renew, sessions_of
from bookings.locking import lock_event
from bookings.models import Booking, CalendarEntry, Notice, Status
from bookings.models.booking import BookingQuerySet
from training.catalogue.models import DeliveryMode, Event, Session


@transaction.atomic
def reinvite(event: Event, now: datetime.datetime) -> int:
    """Tell those booked on this date of each session that is new, other or gone. Gives how many messages.

    Only bookings that were told of the date before. Safe to run twice, or two at once.
    """
    return sum(put_right(lock_event(event.pk), now))


def put_right(locked: Event, now: datetime.datetime) -> list[int]:
    """The same under the caller's lock: how many messages each booking told of the date before gets."""
    if locked.standing != Event.Standing.PUBLISHED:
        return []
    rows = told_bookings(locked).select_for_update(of=("self",), no_key=True)
    sessions, bookings = sessions_of(locked), list(rows)
    entries = entries_of(bookings)
    return [_put_right(booking, locked, sessions, entries, now) for booking in bookings]


def told_bookings(event: Event) -> BookingQuerySet:
    """Those booked whose calendar was told of this date."""
    was_told = Exists(CalendarEntry.objects.filter(booking=OuterRef("pk")))
    rows = Booking.objects.filter(was_told, event=event, status=Status.BOOKED)
    return rows.select_related("person", "policy_version").order_by("pk")


def _put_right(
    booking: Booking,
    event: Event,
    sessions: list[Session],
    entries: dict[tuple[int, int], CalendarEntry],
    now: datetime.datetime,
) -> int:
    booking.event = event
    changes = renew(booking, sessions, entries, now)
    for change in changes:
        emails.tell_changed(booking, change, now)
    gone = end_entries(booking.calendar_entries.filter(session=None, is_cancelled=False, ends_at__gt=now))
    for entry in gone:
        emails.tell_day_removed(booking, entry, now)
    return len(changes) + len(gone)


def tell_changes(*, now: datetime.datetime) -> int:
    """For the clock: every date whose calendars are not as it is now. Gives how many messages."""
    return sum(reinvite(event, now) for event in changed_events(now))


def changed_events(now: datetime.datetime, *, among: Sequence[int] | None = None) -> list[Event]:
    """In four queries, however many dates and bookings there are; `among` are the ids of dates, none for all.

    A link that may now be shown is no change: it goes out with its own message. Dates of which a suspension or a
    conversion is still to be told are told of all at once by that (`bookings/disruption/telling.py`).
    """
    live = CalendarEntry.objects.filter(is_cancelled=False, ends_at__gt=now, booking__status=Status.BOOKED)
    if among is not None:
        live = live.filter(booking__event__in=among)
    told: dict[int, set[str]] = {}
    for session_id, fingerprint in live.filter(session__isnull=False).values_list("session", "fingerprint").distinct():
        told.setdefault(session_id, set()).add(fingerprint)
    sessions = Session.objects.filter(pk__in=told).select_related("event__version", "venue")
    other = {session.event_id for session in sessions if not told[session.pk] <= right_ones(session.event, session)}
    lacking = _with_new_sessions(now, among) | set(live.filter(session=None).values_list("booking__event", flat=True))
    telling = Notice.objects.to_tell().filter(disrupted__event=OuterRef("pk"))
    return list(Event.objects.published().filter(~Exists(telling), pk__in=other | lacking).order_by("pk"))


def right_ones(event: Event, session: Session) -> set[str]:
    """The fingerprints before and after its link may be shown."""
    links = {""} if event.mode == DeliveryMode.FACE_TO_FACE else {"", session.joining_link or event.joining_link}
    return {facts_of(event, session, link).fingerprint for link in links}


def _with_new_sessions(now: datetime.datetime, among: Sequence[int] | None) -> set[int]:
    """Dates with a session of which nobody was told while somebody was told of another one."""
    of_session = CalendarEntry.objects.filter(session=OuterRef("pk"))
    of_event = CalendarEntry.objects.filter(
        Q(booking__event=OuterRef("event")), booking__status=Status.BOOKED, is_cancelled=False
    )
    rows = Session.objects.filter(~Exists(of_session), Exists(of_event), ends_at__gt=now)
    if among is not None:
        rows = rows.filter(event__in=among)
    return set(rows.values_list("event", flat=True))
