"""From rows to appointments and their text: an invitation, its end, a date's file, a person's own calendar."""

import datetime
from collections.abc import Iterable

from django.conf import settings

from bookings.calendars.facts import Facts, facts_for, facts_of, public_uid_of, uid_of
from bookings.calendars.writing import Appointment, Mailbox, one_object, published, subscription
from bookings.models import Booking, CalendarEntry
from training.catalogue.models import Event, Session
from training.outbox.posting import Invitation
from training.people.emails import absolute

NO_NOTICE = "Saying no to this entry does not cancel your place. If you can’t come, say so here:"


def invitation(entry: CalendarEntry, booking: Booking, session: Session, now: datetime.datetime) -> Invitation:
    """The entry as it is to be from now on. The session comes with its venue."""
    facts = facts_for(booking, session, now)
    page = absolute("bookings:booking", booking.reference)
    return Invitation("REQUEST", one_object("REQUEST", _own(entry, booking, facts, page, now)))


def cancellation(entry: CalendarEntry, booking: Booking, now: datetime.datetime) -> Invitation:
    """Takes the entry out of the calendar, at the time it last stood there. Its session may be gone."""
    appointment = Appointment(
        uid=str(entry.uid),
        sequence=entry.sequence,
        stamped_at=now,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        title=booking.event.version.title,
        place="",
        description="",
        page=absolute("bookings:booking", booking.reference),
        organiser=organiser(),
        attendee=attendee(booking),
        is_cancelled=True,
    )
    return Invitation("CANCEL", one_object("CANCEL", appointment))


def calendar_file(event: Event) -> bytes:
    """The sessions of a date for everybody to put into their calendar: no link, nobody's name."""
    page = absolute("bookings:event", event.reference)
    return published(_public(event, session, page) for session in event.sessions.all())


def search_calendar(name: str, events: Iterable[Event]) -> bytes:
    """The sessions of many dates, as a calendar to subscribe to: only what is public."""
    pages = ((event, absolute("bookings:event", event.reference)) for event in events)
    return subscription(name, [_public(event, one, page) for event, page in pages for one in event.sessions.all()])


def own_calendar(
    bookings: Iterable[Booking], entries: dict[tuple[int, int], CalendarEntry], now: datetime.datetime
) -> bytes:
    """What a person is booked on, as a calendar to subscribe to. `entries` by booking and session, where there are.

    The same rows give the same bytes, whenever it is asked for: only a link that may now be shown changes them.
    """
    return subscription("My training", [one for booking in bookings for one in _of_booking(booking, entries, now)])


def organiser() -> Mailbox:
    """The mailbox that sends: Outlook and Google believe nobody else's change."""
    return Mailbox.parse(settings.DEFAULT_FROM_EMAIL)


def attendee(booking: Booking) -> Mailbox:
    return Mailbox(booking.person.email, booking.person.name)


def _own(entry: CalendarEntry, booking: Booking, facts: Facts, page: str, stamped_at: datetime.datetime) -> Appointment:
    return Appointment(
        uid=str(entry.uid),
        sequence=entry.sequence,
        stamped_at=stamped_at,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        title=facts.summary,
        place=facts.place,
        description=_description(facts, booking.event, page),
        page=page,
        organiser=organiser(),
        attendee=attendee(booking),
    )


def _description(facts: Facts, event: Event, page: str) -> str:
    parts = [
        f"{event.version.title} ({event.reference})",
        f"Join here: {facts.link}" if facts.link else "",
        f"{NO_NOTICE}\n{page}",
    ]
    return "\n\n".join(part for part in parts if part)


def _public(event: Event, session: Session, page: str) -> Appointment:
    facts = facts_of(event, session)
    return Appointment(
        uid=str(public_uid_of(session)),
        sequence=event.revision,
        stamped_at=event.version.made_at,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        title=facts.summary,
        place=facts.place,
        description=f"{event.version.title} ({event.reference})\n\nThis is not a booking. Book a place here:\n{page}",
        page=page,
        organiser=organiser(),
        is_cancelled=event.standing == Event.Standing.CANCELLED,
    )


def _of_booking(
    booking: Booking, entries: dict[tuple[int, int], CalendarEntry], now: datetime.datetime
) -> Iterable[Appointment]:
    page = absolute("bookings:booking", booking.reference)
    for session in booking.event.sessions.all():
        facts, entry = facts_for(booking, session, now), entries.get((booking.pk, session.pk))
        yield Appointment(
            uid=str(entry.uid if entry else uid_of(booking, session)),
            sequence=entry.sequence if entry else 0,
            stamped_at=booking.made_at,
            starts_at=facts.starts_at,
            ends_at=facts.ends_at,
            title=facts.summary,
            place=facts.place,
            description=_description(facts, booking.event, page),
            page=page,
            organiser=organiser(),
        )
