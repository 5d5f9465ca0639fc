"""What of the bookings waits for somebody: a coordinator's lists and adjustments, a person's own offers."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from bookings.bulletin.readers import wanting
from bookings.lists import waiting_lists
from bookings.models import HOLDING_A_PLACE, AccessNeed, Bulletin, Incident, Offer
from bookings.tables import ListedWait
from training.config.parts import Todo
from training.people.models import Person, User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import clock, count, day

SAFETY, TODAY, THIS_WEEK, WHEN_TIME = 0, 10, 20, 30
SHOWN = 5
# A sign-language interpreter takes three to four weeks.
EARLY = datetime.timedelta(days=28)


def booking_todos(user: User, now: datetime.datetime) -> Iterator[Todo]:
    if user.person is not None:
        yield from _offers(user.person, now)
    if user.may(Permission.MANAGE_BOOKINGS) or user.may(Permission.ANSWER_CONCERNS):
        yield from _incidents(user)
    if user.may(Permission.MANAGE_BOOKINGS):
        yield from to_decide(now)


def to_decide(now: datetime.datetime) -> Iterator[Todo]:
    """A coordinator's: adjustments to arrange, and waiting lists against places."""
    yield from _adjustments(now)
    yield from _lists(now)
    yield from _bulletin(now)


def _incidents(user: User) -> Iterator[Todo]:
    """What happened at dates and is not closed; for duty people what is theirs."""
    rows = Incident.objects.visible_to(user).open().select_related("session__event__version")
    for incident in rows.order_by("happened_at", "pk"):
        title, when = incident.session.event.version.title, day(incident.happened_at)
        url = reverse("bookings:incident", args=[incident.reference])
        weight = SAFETY if incident.is_for_duty else TODAY
        yield Todo(f"{incident.get_what_display()}: reported from {title}, {when}.", url, "Read it", weight)


def _offers(person: Person, now: datetime.datetime) -> Iterator[Todo]:
    rows = Offer.objects.open().filter(booking__person=person, expires_at__gt=now)
    for offer in rows.select_related("booking__event__version").order_by("expires_at")[:2]:
        until = f"{day(offer.expires_at)}, {clock(offer.expires_at)}"
        url = reverse("bookings:booking", args=[offer.booking.reference])
        yield Todo(f"A place on {offer.booking.event.version} is yours until {until}.", url, "Answer", TODAY, 1)


def _adjustments(now: datetime.datetime) -> Iterator[Todo]:
    """Open ones by date, without the name or what it is."""
    rows = AccessNeed.objects.filter(confirmed_at__isnull=True, booking__status__in=HOLDING_A_PLACE)
    rows = rows.filter(booking__event__starts_at__gt=now).select_related("booking__event__version")
    events: dict[int, list[AccessNeed]] = {}
    for need in rows.order_by("booking__event__starts_at", "pk"):
        events.setdefault(need.booking.event_id, []).append(need)
    for needs in list(events.values())[:SHOWN]:
        event = needs[0].booking.event
        starts = event.starts_at
        assert starts is not None  # noqa: S101 - filtered above
        what = count(len(needs), "adjustment")
        url = reverse("bookings:event-people", args=[event.reference]) + "#to-arrange"
        weight = TODAY if starts - now < EARLY else THIS_WEEK
        yield Todo(f"{what.capitalize()} to arrange: {event.version}, {day(starts)}.", url, "Arrange", weight)


def _lists(now: datetime.datetime) -> Iterator[Todo]:
    rows = waiting_lists(now)
    with_places = [row for row in rows if row.room.left]
    for row in with_places[:SHOWN]:
        url = reverse("bookings:event-people", args=[row.event.reference]) + "#waiting"
        yield Todo(_against(row), url, "Look", THIS_WEEK)
    full = [row for row in rows if not row.room.left]
    if full:
        people = count(sum(row.waiting for row in full), "person waits", "people wait")
        dates = count(len(full), "full date")
        yield Todo(f"{people.capitalize()} for {dates}.", reverse("bookings:waiting-lists"), "Look", THIS_WEEK)


def _bulletin(now: datetime.datetime) -> Iterator[Todo]:
    """This month's, as long as it is not released; nothing while nobody wants one."""
    month = london_day(now).replace(day=1)
    if not Bulletin.objects.released().filter(month=month).exists() and (wanted := wanting().count()):
        people = count(wanted, "person waits", "people wait")
        sentence = f"{people.capitalize()} for the bulletin of {month:%B}."
        yield Todo(sentence, reverse("bookings:bulletins"), "Release it", WHEN_TIME)


def _against(row: ListedWait) -> str:
    starts = f", {day(row.event.starts_at)}" if row.event.starts_at else ""
    waits = count(row.waiting, "person waits", "people wait")
    left = row.room.left or 0
    return f"{row.event.version}{starts}: {waits}, {count(left, 'place')} {'is' if left == 1 else 'are'} kept."
