"""What an organisation's training lead has to know each month: who goes where, what is kept for them, who waits."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from bookings.models import HOLDING_A_PLACE, AgencyAllocation, Booking, Status
from bookings.models.booking import BookingQuerySet
from bookings.page_words import free_in_words
from bookings.places.choosing import position_sentence
from bookings.places.reading import belongs, rooms_of
from bookings.places.waiting_list import positions_of
from training.people.models import Agency, User
from training.web.when import london_day

AHEAD = datetime.timedelta(days=30)
HEADINGS = (
    "Employee number",
    "Name",
    "E-mail",
    "Organisation",
    "Course",
    "Date",
    "Starts",
    "How",
    "Where",
    "State",
    "Cancelling",
    "Booking",
)


@dataclass(frozen=True)
class Going:
    """Somebody with a place, and until when giving it up is free, in words."""

    booking: Booking
    free: str


@dataclass(frozen=True)
class KeptForUs:
    allocation: AgencyAllocation
    unused: int


@dataclass(frozen=True)
class Waits:
    booking: Booking
    sentence: str


@dataclass(frozen=True)
class Month:
    going: Sequence[Going]
    kept: Sequence[KeptForUs]
    waiting: Sequence[Waits]


def month_of(user: User, agencies: Iterable[Agency], now: datetime.datetime) -> Month:
    """Of these organisations, which the user leads, in eight queries however many rows there are."""
    led = list(agencies)
    own = _own(user, led)
    return Month(_going(own, now), _kept(led, now), _waiting(own, now))


def _own(user: User, led: Sequence[Agency]) -> BookingQuerySet:
    rows = Booking.objects.visible_to(user).filter(employment__agency__in=led)
    rows = rows.select_related("event__version__course", "person", "employment__agency", "policy_version")
    return rows.prefetch_related("event__sessions__venue").order_by("event__starts_at", "event", "person__name", "pk")


def _going(own: BookingQuerySet, now: datetime.datetime) -> list[Going]:
    rows = own.filter(status__in=HOLDING_A_PLACE, event__starts_at__gt=now, event__starts_at__lte=now + AHEAD)
    return [Going(booking, free_in_words(booking, now)) for booking in rows]


def _kept(led: Sequence[Agency], now: datetime.datetime) -> list[KeptForUs]:
    """Their organisations' and their sectors' places that are not released yet, with how many nobody has taken."""
    today = london_day(now)
    ours = Q(agency__in=led) | Q(sector__in={agency.sector for agency in led})
    rows = AgencyAllocation.objects.in_force(today).filter(ours, event__standing="published", event__starts_at__gt=now)
    kept = list(rows.select_related("event__version", "agency").order_by("release_on", "event__starts_at", "pk"))
    rooms = rooms_of({row.event_id: row.event for row in kept}.values(), today) if kept else {}
    unused = {
        (event_id, one.agency_id, one.sector): left for event_id, room in rooms.items() for one, left in room.unused()
    }
    return [KeptForUs(row, unused.get((row.event_id, row.agency_id, row.sector), 0)) for row in kept]


def _waiting(own: BookingQuerySet, now: datetime.datetime) -> list[Waits]:
    rows = list(own.filter(Q(event__starts_at__gt=now), status=Status.WAITLISTED))
    if not rows:
        return []
    rooms, positions = rooms_of({row.event_id: row.event for row in rows}.values(), london_day(now)), positions_of(rows)
    return [
        Waits(row, position_sentence(positions[row.pk], rooms[row.event_id], belongs(row.employment))) for row in rows
    ]


def month_rows(month: Month) -> list[list[object]]:
    """For a file: those who go, then those who wait. Columns are `HEADINGS`."""
    return [
        *(file_row(one.booking, one.free) for one in month.going),
        *(file_row(one.booking, one.sentence) for one in month.waiting),
    ]


def file_row(booking: Booking, last_word: str) -> list[object]:
    """One line of a file. The booking comes with all that is named here."""
    event, work = booking.event, booking.employment
    venues = dict.fromkeys(session.venue.name for session in event.sessions.all() if session.venue)
    return [
        work.employee_number if work else "",
        booking.person.name,
        booking.person.email,
        work.agency.name if work else "",
        event.version.title,
        event.reference,
        event.starts_at,
        event.get_mode_display(),
        ", ".join(venues),
        booking.get_status_display() if booking.status != Status.OFFERED else "Offered a place",
        last_word,
        booking.reference,
    ]
