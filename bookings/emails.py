"""The messages of this app, one function each; every one is called inside its action's transaction.

A message that makes, changes or ends somebody's place carries the calendar entry of the first day; every further
day has a message of its own, because mail programs read one entry a message.
"""

import datetime
from collections.abc import Mapping, Sequence

from bookings import texts
from bookings.bulletin.choosing import stop_url
from bookings.calendars.appointments import cancellation, invitation
from bookings.calendars.facts import Facts, facts_of
from bookings.calendars.inviting import Change, invite, sessions_of, uninvite
from bookings.models import Booking, BookingStep, CalendarEntry, MailKind, Offer, SeatMail, Status
from bookings.page_words import free_in_words, link_appears_at
from training.catalogue.models import DeliveryMode, Event, Session
from training.outbox.posting import Invitation, Recipient, post
from training.outbox.rendering import Rendered, render_message
from training.people.emails import absolute, recipient
from training.people.models import Agency, Person
from training.web.words import count

Context = Mapping[str, object]


def tell_booked(
    booking: Booking, now: datetime.datetime, *, is_new: bool = False, step: BookingStep | None = None
) -> list[Facts]:
    """Gives the days told. A booking that `is_new`, just made, has no entry in a calendar yet.

    `step` names the message where a place was lost and given back: it is told again.
    """
    key = f"{booking.reference}:booked:{step.pk}" if step else ""
    return _tell_and_invite("booked", booking, now, {"free": free_in_words(booking, now)}, is_new=is_new, key=key)


def tell_booked_again(
    booking: Booking, entries: Mapping[tuple[int, int], CalendarEntry], *, again: str, now: datetime.datetime
) -> None:
    """One more copy, with the entry of the next day as their calendar was told of it last."""
    sessions = sessions_of(booking.event)
    held = [(entry, one) for one in sessions if one.ends_at > now and (entry := entries.get((booking.pk, one.pk)))]
    first = invitation(held[0][0], booking, held[0][1], now) if held else None
    context = {"free": free_in_words(booking, now), "days": [facts_of(booking.event, one) for one in sessions]}
    _tell("booked", booking, now, context, key=f"{booking.reference}:{again}", invitation=first)


def tell_waitlisted(booking: Booking, now: datetime.datetime) -> list[Facts]:
    """Gives the days told."""
    days = _days(booking)
    _tell("waitlisted", booking, now, {"days": days})
    return days


def tell_offered(offer: Offer, token: str, now: datetime.datetime) -> None:
    """`token` opens the page that takes or leaves the place; only its hash is kept."""
    booking, link = offer.booking, absolute("bookings:offer", token)
    context = {"offer": offer, "link": link, "days": _days(booking)}
    _tell("offered", booking, now, context, key=str(offer.pk), has_secret=True)
    texts.text_offer(offer, now)


def tell_cancelled(booking: Booking, now: datetime.datetime) -> None:
    _tell_and_uninvite("cancelled", booking, now)


def tell_moved(old: Booking, new: Booking, now: datetime.datetime, reason: str = "") -> None:
    """One message about both dates with the new one's entry; the old one's leaves the calendar by its own.

    `new` was made just now.
    """
    context = {"old": old, "reason": reason, "free": free_in_words(new, now)}
    _tell_and_invite("moved", new, now, context, is_new=True)
    for entry in uninvite(old, now):
        tell_day_removed(old, entry, now)


def tell_colleague_goes(old: Booking, new: Booking, now: datetime.datetime) -> None:
    """To whoever stays; the colleague gets the confirmation of every booking."""
    _tell_and_uninvite("colleague_goes", old, now, {"new": new})


def tell_event_cancelled(booking: Booking, reason: str, now: datetime.datetime) -> None:
    course = absolute("catalogue:course", booking.event.version.course.code)
    _tell_and_uninvite("event_cancelled", booking, now, {"reason": reason, "course": course})
    texts.text_cancelled(booking, now)


def tell_disrupted(
    message: str, booking: Booking, now: datetime.datetime, context: Context, *, key: str, takes_place: bool
) -> None:
    """A date was suspended, changed, or goes on: the calendar entry comes or goes with the message.

    `context` may hold a personal link. Whoever has no place has no entry either.
    """
    if not takes_place:
        _tell_and_uninvite(message, booking, now, context, key=key)
    elif booking.status == Status.BOOKED:
        _tell_and_invite(message, booking, now, context, is_new=False, key=key, has_secret="link" in context)
    else:
        _tell(message, booking, now, {**context, "days": _days(booking)}, key=key, has_secret="link" in context)


def tell_place_lost(booking: Booking, step: BookingStep, now: datetime.datetime) -> None:
    """A coordinator offers fewer places: this one waits now. `step` names the message: it may happen again."""
    course = absolute("catalogue:course", booking.event.version.course.code)
    context = {"reason": step.reason, "course": course}
    _tell_and_uninvite("place_lost", booking, now, context, key=f"{booking.reference}:{step.pk}")


def tell_manager_of_booking(booking: Booking, now: datetime.datetime, *, days: Sequence[Facts]) -> None:
    """A copy for the manager, without what the person needs so that they can take part. `days` are those it told."""
    context = {"days": days, "free": free_in_words(booking, now)}
    _tell("manager_copy", booking, now, context, to=Recipient(booking.manager_email, booking.manager_name))


def tell_changed(booking: Booking, change: Change, now: datetime.datetime) -> None:
    """One session of a date is other than it was, or new: the entry is put right."""
    _tell_day("day_added" if change.is_new else "changed", booking, change, now)
    soonest = min(change.session.starts_at, change.was.starts_at) if change.was else change.session.starts_at
    texts.text_change(booking, _key(change.entry), soonest, now)


def tell_day_removed(booking: Booking, entry: CalendarEntry, now: datetime.datetime) -> None:
    """One session is no longer this person's: the entry leaves the calendar."""
    sent = cancellation(entry, booking, now)
    _tell("day_removed", booking, now, {"entry": entry}, key=_key(entry), invitation=sent)
    if booking.status == Status.BOOKED:  # whoever leaves knows
        texts.text_change(booking, _key(entry), entry.starts_at, now)


def ask_still_coming(booking: Booking, token: str, *, free_until: datetime.datetime, now: datetime.datetime) -> None:
    """While saying no is still free. `token` opens the page with the three answers; only its hash is kept."""
    link = absolute("bookings:still-coming", token)
    context = {"free_until": free_until, "link": link, "days": _days(booking)}
    _tell("still_coming", booking, now, context, key=booking.reference, has_secret=True, expires_at=free_until)


def ask_about_no_in_calendar(booking: Booking, entry: CalendarEntry, token: str, now: datetime.datetime) -> None:
    """Once for each version of an entry; `token` opens the page with the three answers."""
    context = {"entry": entry, "link": absolute("bookings:still-coming", token), "free": free_in_words(booking, now)}
    expires_at = booking.event.starts_at
    _tell("no_in_calendar", booking, now, context, key=_key(entry), has_secret=True, expires_at=expires_at)


def tell_joining(booking: Booking, now: datetime.datetime, *, again: str = "") -> None:
    """Where, how to get in, what to bring; online, when the link comes. `again` names one more copy."""
    sessions = sessions_of(booking.event)
    venues = {session.venue_id: session.venue for session in sessions if session.venue}
    link_from = _link_from(booking, sessions, now)
    context = {
        "days": [facts_of(booking.event, session) for session in sessions],
        "venues": list(venues.values()),
        "link_from": link_from,
        "is_link_near": link_from is not None and link_from <= now,
    }
    _tell("joining", booking, now, context, key=_copy(booking.reference, again), expires_at=booking.event.ends_at)


def _link_from(booking: Booking, sessions: Sequence[Session], now: datetime.datetime) -> datetime.datetime | None:
    """When the next session's link comes; None where nobody joins online."""
    if booking.event.mode not in (DeliveryMode.VIRTUAL, DeliveryMode.HYBRID):
        return None
    return next((link_appears_at(booking, session) for session in sessions if session.ends_at > now), None)


def tell_joining_link(
    booking: Booking, session: Session, link: str, change: Change | None, now: datetime.datetime, *, again: str = ""
) -> None:
    """The link of one session, also put into the calendar entry where that did not hold it yet."""
    sent = invitation(change.entry, booking, change.session, now) if change else None
    context = {"day": facts_of(booking.event, session), "link": link}
    key = _copy(f"{booking.reference}:{session.pk}", again)
    _tell("joining_link", booking, now, context, key=key, expires_at=session.ends_at, invitation=sent)


def _copy(key: str, again: str) -> str:
    return f"{key}:{again}" if again else key


def _days(booking: Booking) -> list[Facts]:
    return [facts_of(booking.event, session) for session in sessions_of(booking.event)]


def _key(entry: CalendarEntry) -> str:
    """An entry is told once of each of its changes."""
    return f"{entry.uid}:{entry.sequence}"


def _tell_and_invite(
    message: str,
    booking: Booking,
    now: datetime.datetime,
    context: Context,
    *,
    is_new: bool,
    key: str = "",
    has_secret: bool = False,
) -> list[Facts]:
    sessions = sessions_of(booking.event)
    changes = invite(booking, now, sessions=sessions, is_new=is_new)
    days = [facts_of(booking.event, session) for session in sessions]
    first = invitation(changes[0].entry, booking, changes[0].session, now) if changes else None
    _tell(message, booking, now, {**context, "days": days}, invitation=first, key=key, has_secret=has_secret)
    for change in changes[1:]:
        _tell_day("another_day", booking, change, now)
    return days


def _tell_day(message: str, booking: Booking, change: Change, now: datetime.datetime) -> None:
    sent = invitation(change.entry, booking, change.session, now)
    context = {"day": facts_of(booking.event, change.session), "was": change.was}
    _tell(message, booking, now, context, key=_key(change.entry), invitation=sent)


def _tell_and_uninvite(
    message: str, booking: Booking, now: datetime.datetime, context: Context | None = None, *, key: str = ""
) -> None:
    entries = uninvite(booking, now)
    first = cancellation(entries[0], booking, now) if entries else None
    _tell(message, booking, now, context or {}, invitation=first, key=key)
    for entry in entries[1:]:
        tell_day_removed(booking, entry, now)


def _tell(
    message: str,
    booking: Booking,
    now: datetime.datetime,
    context: Context,
    *,
    key: str = "",
    to: Recipient | None = None,
    has_secret: bool = False,
    expires_at: datetime.datetime | None = None,
    invitation: Invitation | None = None,
) -> None:
    post(
        f"bookings.{message}",
        key=key or f"{booking.reference}:{booking.status}",
        to=to or recipient(booking.person),
        now=now,
        context={
            "booking": booking,
            "event": booking.event,
            "person": booking.person,
            "page": absolute("bookings:booking", booking.reference),
            **context,
        },
        invitation=invitation,
        has_secret=has_secret,
        expires_at=expires_at,
    )


def tell_places_left(
    mail: SeatMail, events: Sequence[Event], lead: Person, agencies: Sequence[Agency], now: datetime.datetime
) -> None:
    """Once a lead and mail."""
    key = f"{mail.reference}:{lead.reference}"
    stop = stop_url(lead, MailKind.PLACES_LEFT)
    context = {**_places_left(events, agencies, mail.words), "stop": stop}
    post(
        "bookings.fill_seats",
        key=key,
        to=recipient(lead),
        now=now,
        context=context,
        has_secret=True,
        unsubscribe_url=stop,
    )


def places_left_message(events: Sequence[Event], lead: Person, agencies: Sequence[Agency], words: str) -> Rendered:
    """What a lead would read."""
    shown = {"to": recipient(lead), "stop": absolute("bookings:my-mails")}
    return render_message("bookings.fill_seats", {**_places_left(events, agencies, words), **shown})


def _places_left(events: Sequence[Event], agencies: Sequence[Agency], words: str) -> dict[str, object]:
    return {
        "words": words,
        "organisations": ", ".join(agency.name for agency in agencies),
        "dates": [
            {
                "event": event,
                "places": f"{count(event.places_left or 0, 'place')} left",
                "link": absolute("bookings:event", event.reference),
            }
            for event in events
        ],
        "page": absolute("bookings:book-people-dates"),
    }
