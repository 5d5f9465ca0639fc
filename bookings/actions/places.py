"""The three numbers of places: what the room holds, what is offered, what is kept for whom until when."""

import datetime

from django.db import transaction

from bookings.actions.offers import promote
from bookings.errors import BookingsError
from bookings.locking import lock_event
from bookings.models import AgencyAllocation, Booking, Status
from bookings.places.log import log_places
from bookings.places.reading import room_of
from bookings.rights import Actor, require_coordinator
from training.catalogue.models import Event
from training.people.models import Agency, Person
from training.web.when import london_day
from training.web.words import count, day


@transaction.atomic
def keep_places(
    *,
    event: Event,
    agency: Agency | None = None,
    sector: str = "",
    places: int,
    reason: str,
    release_on: datetime.date,
    by: Actor,
    now: datetime.datetime,
) -> AgencyAllocation:
    """Keep places of this date for one organisation or one sector until a day; the same again changes it.

    What its own people hold already counts towards it. Refused when not so many places are left.
    """
    owner, locked = require_coordinator(by), lock_event(event.pk)
    reason = " ".join(reason.split())
    if (agency is None) == (not sector):
        raise BookingsError("Keep places for an organisation or for a sector, not for both.")
    if not reason:
        raise BookingsError("Enter why they are kept: those who wait are told for whom.")
    if release_on <= london_day(now):
        raise BookingsError("Enter a release date after today: from that day on the places are everybody’s.")
    if locked.starts_at is None or release_on > london_day(locked.starts_at):
        raise BookingsError("Enter a release date on or before the day of the course.")
    given = {
        "places": places,
        "reason": reason[:200],
        "owner": owner,
        "release_on": release_on,
        "released_at": None,
    }
    rows = AgencyAllocation.objects.filter(event=locked)
    allocation, _ = rows.update_or_create(event=locked, agency=agency, sector=sector, defaults=given)
    _refuse_too_many(locked, allocation, now)
    said = f"{count(places, 'place')} kept for {_whom(allocation)} until {day(release_on)}: {reason}"
    log_places(locked, "kept", said, by=owner, now=now)
    promote(locked, now=now)
    return allocation


def _whom(allocation: AgencyAllocation) -> str:
    if allocation.agency is not None:
        return allocation.agency.name
    return f"the {allocation.get_sector_display().lower()} sector"


def _refuse_too_many(event: Event, allocation: AgencyAllocation, now: datetime.datetime) -> None:
    room = room_of(event, london_day(now))
    kept = sum(number for _, number in room.unused())
    left = room.left or 0
    if kept > left:
        could = max(0, allocation.places - (kept - left))
        raise BookingsError(f"Only {count(left, 'place')} of this date {'is' if left == 1 else 'are'} left to keep."
                            f" You can keep {could} for them.")  # fmt: skip


@transaction.atomic
def release_places(*, allocation: AgencyAllocation, by: Actor, now: datetime.datetime) -> list[Booking]:
    """Give kept places to everybody now; whoever got one from the waiting list comes back. Twice changes nothing."""
    person, event = require_coordinator(by), lock_event(allocation.event_id)
    return _release(event, allocation.pk, person, now)


def _release(event: Event, pk: int, by: Person | None, now: datetime.datetime) -> list[Booking]:
    """Under the lock of the date. What was released meanwhile stays so."""
    rows = AgencyAllocation.objects.filter(pk=pk, released_at__isnull=True).select_related("agency")
    allocation = rows.first()
    if allocation is None:
        return []
    before = {(kept.agency_id, kept.sector): left for kept, left in room_of(event, london_day(now)).unused()}
    allocation.released_at = now
    allocation.save(update_fields=["released_at"])
    given = promote(event, now=now)
    left = before.get((allocation.agency_id, allocation.sector))
    log_places(event, "released", _released_words(allocation, left, len(given)), by=by, now=now)
    return given


def _released_words(allocation: AgencyAllocation, left: int | None, given: int) -> str:
    """`left` is how many nobody had taken up, where that is still known."""
    said = f"Released: {count(allocation.places, 'place')} kept for {_whom(allocation)}"
    said += f", {count(left, 'place')} not taken up." if left is not None else ", on the day that was said."
    return f"{said} {count(given, 'person', 'people').capitalize()} on the waiting list got one." if given else said


def release_on_the_day(*, now: datetime.datetime) -> int:
    """Kept places whose day has come are everybody's: written down, and given to whoever waits. Safe to run twice."""
    rows = AgencyAllocation.objects.run_out(london_day(now)).order_by("event", "pk")
    return sum(_release_in_time(event_pk, pk, now) for pk, event_pk in list(rows.values_list("pk", "event")))


@transaction.atomic
def _release_in_time(event_pk: int, pk: int, now: datetime.datetime) -> int:
    return len(_release(lock_event(event_pk), pk, None, now))


@transaction.atomic
def change_places(
    *, event: Event, room_limit: int, places_offered: int, revision: int, by: Actor, now: datetime.datetime
) -> list[Booking]:
    """Change how many the room holds and how many places are offered; new ones go to the waiting list at once.

    Raises BookingsError below what is held, above what the room holds, or when somebody else changed the date.
    """
    person = require_coordinator(by)
    locked = lock_event(event.pk)
    if locked.places_offered is None:
        raise BookingsError("A course in one’s own time has no limit of places.")
    if locked.revision != revision:
        raise BookingsError("Somebody else changed this date while this page was open. Look at it again and save.")
    if places_offered < locked.places_held:
        people = "person is" if locked.places_held == 1 else "people are"
        raise BookingsError(f"{locked.places_held} {people} booked. Offer at least {locked.places_held}.")
    if places_offered > room_limit:
        raise BookingsError("Offer at most as many places as the room holds.")
    if places_offered < locked.minimum:
        raise BookingsError(f"The date runs with {locked.minimum} people or more. Offer at least {locked.minimum}.")
    was = locked.places_offered
    locked.room_limit, locked.places_offered = room_limit, places_offered
    locked.revision += 1
    locked.save(update_fields=["room_limit", "places_offered", "revision"])
    if was != places_offered:
        log_places(locked, "offered", f"{count(places_offered, 'place')} offered, {was} before", by=person, now=now)
    return promote(locked, now=now)


def fill_free_places(*, now: datetime.datetime) -> int:
    """Give every free place somebody waits for: a cap whose day has come, and whatever an edit set free.

    Runs by the clock, one date a transaction; safe to run twice. Gives how many people got something.
    """
    released = release_on_the_day(now=now)
    waiting = Booking.objects.filter(status=Status.WAITLISTED, event__starts_at__gt=now).values("event")
    events = Event.objects.published().filter(pk__in=waiting).order_by("pk")
    return released + sum(_fill(event.pk, now) for event in events if event.places_left)


@transaction.atomic
def _fill(event_pk: int, now: datetime.datetime) -> int:
    return len(promote(lock_event(event_pk), now=now))
