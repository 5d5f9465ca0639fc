"""A person's own calendar to subscribe to, at a secret address that they can end."""

import datetime

from django.db import transaction

from bookings.calendars.appointments import own_calendar
from bookings.calendars.inviting import entries_of
from bookings.models import Booking, CalendarFeed, Status
from training.people.models import Person
from training.web.tokens import hash_token, new_token

# What is longer ago leaves the calendar again.
PAST = datetime.timedelta(days=90)


@transaction.atomic
def make_feed(*, person: Person, now: datetime.datetime) -> str:
    """A new address; an earlier one finds nothing from now on. Gives the token, which is kept nowhere."""
    token, hashed = new_token()
    CalendarFeed.objects.update_or_create(person=person, defaults={"token_hash": hashed, "made_at": now})
    return token


def end_feed(*, person: Person) -> None:
    CalendarFeed.objects.filter(person=person).delete()


def find_feed(token: str) -> CalendarFeed | None:
    return CalendarFeed.objects.select_related("person").filter(token_hash=hash_token(token)).first()


def feed_file(feed: CalendarFeed, now: datetime.datetime) -> bytes:
    """What its person is booked on, in three queries however many bookings there are."""
    rows = Booking.objects.filter(person=feed.person_id, status=Status.BOOKED, event__ends_at__gt=now - PAST)
    rows = rows.exclude(event__standing__in=("suspended", "cancelled")).select_related(
        "event__version", "policy_version", "person"
    )
    bookings = list(rows.prefetch_related("event__sessions__venue").order_by("event__starts_at", "pk"))
    return own_calendar(bookings, entries_of(bookings), now)


def join_feeds(source: Person, target: Person) -> None:
    """Two records become one: the address that works goes on working, unless both have one."""
    if not CalendarFeed.objects.filter(person=target).exists():
        CalendarFeed.objects.filter(person=source).update(person=target)
    CalendarFeed.objects.filter(person=source).delete()
