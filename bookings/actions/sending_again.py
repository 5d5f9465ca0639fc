"""Somebody asks where their confirmation or their link is: the coordinator sends it again."""

import datetime

from django.db import models, transaction

from bookings import emails
from bookings.calendars.inviting import entries_of, invite, sessions_of
from bookings.errors import BookingsError
from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, Status
from bookings.page_words import joining_link
from training.people.models import User
from training.people.permissions import Permission

# Whoever presses the button again within this time wants one copy.
ONE_COPY_SECONDS = 300


class Again(models.TextChoices):
    CONFIRMATION = "confirmation", "the confirmation with its calendar entry"
    JOINING = "joining", "how to get there, or the joining link"


@transaction.atomic
def send_again(*, booking: Booking, what: Again, by: User, now: datetime.datetime) -> None:
    """One more copy, with what holds today. Its calendar entry is the one they have, under the same UID."""
    if not by.may(Permission.MANAGE_BOOKINGS):
        raise BookingsError("Only a coordinator sends messages again.")
    event = lock_event(booking.event_id)
    held = lock_booking(booking.pk)
    held.event = event
    if held.status != Status.BOOKED or (event.ends_at is not None and event.ends_at <= now):
        raise BookingsError("They have no place on this date, or it is over: there is nothing to send.")
    if not held.person.email:
        raise BookingsError("They have no e-mail address. Correct their details first.")
    again = f"again:{int(now.timestamp()) // ONE_COPY_SECONDS}"
    if what == Again.JOINING:
        _joining(held, again, now)
    else:
        invite(held, now)  # somebody who came with an import has no entry yet
        emails.tell_booked_again(held, entries_of([held]), again=again, now=now)


def _joining(booking: Booking, again: str, now: datetime.datetime) -> None:
    """The link itself where it is time for it, else what was said beforehand."""
    for session in sessions_of(booking.event):
        if link := joining_link(booking, session, now):
            emails.tell_joining_link(booking, session, link, None, now, again=again)
            return
    emails.tell_joining(booking, now, again=again)
