"""Lists of this app as tables: the columns, and each row in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from bookings.models import AgencyAllocation, Booking, Status
from bookings.page_words import status_colour
from bookings.places.choosing import Waiting, ordinal, position_sentence
from bookings.places.room import Room
from training.catalogue.models import Event
from training.web.components import Cell, Column, Table
from training.web.words import clock, count, day


def _table(caption: str, labels: Iterable[str], rows: Sequence[list[object]]) -> Table:
    return Table(caption, [Column(label) for label in labels], rows, is_caption_hidden=True)


def people_table(bookings: Iterable[Booking]) -> Table:
    """Who has a place. Each comes with person, employment's agency and, if there is one, its access need."""
    labels = ("Name", "Where they work", "Place", "What we must do", "Booked")
    return _table("Who has a place", labels, [_people_row(row) for row in bookings])


def _people_row(row: Booking) -> list[object]:
    need = getattr(row, "access_need", None)
    return [
        _name(row),
        row.employment.agency.name if row.employment else "–",
        Cell(
            row.get_status_display() if row.status != Status.OFFERED else "Offered",
            tag=status_colour(row),
            hint="Their calendar said no; they were asked" if getattr(row, "said_no", False) else "",
        ),
        Cell(need.what_to_do, hint="Confirmed" if need.confirmed_at else "Not arranged yet") if need else "–",
        Cell(day(row.made_at), hint="" if row.origin == "booked" else row.get_origin_display()),
    ]


def _name(row: Booking) -> Cell:
    return Cell(row.person.name, url=reverse("bookings:booking", args=[row.reference]), hint=row.person.email)


def waiting_table(rows: Iterable[Waiting], room: Room) -> Table:
    labels = ("Name", "Where they work", "Stands", "Waits since", "What you can do")
    return _table("Waiting list", labels, [_waiting_row(row, room) for row in rows])


def _waiting_row(row: Waiting, room: Room) -> list[object]:
    booking, since = row.booking, row.booking.waits_since
    stands = f"{ordinal(row.position)}: {row.stop}" if row.stop else position_sentence(row.position, room, row.belongs)
    where = booking.employment.agency.name if booking.employment else "–"
    url = reverse("bookings:booking-move-up", args=[booking.reference])
    up = Cell("Move up", url=url) if row.position > 1 else "–"
    return [_name(booking), where, stands, f"{day(since)}, {clock(since)}" if since else "–", up]


def kept_table(rows: Iterable[tuple[AgencyAllocation, int]]) -> Table:
    """Each allocation with how many of its places nobody has taken up."""
    labels = ("For whom", "Places", "Not taken up", "Until", "Why", "Asked by")
    return _table("Places kept", labels, [_kept_row(*row) for row in rows])


def _kept_row(row: AgencyAllocation, unused: int) -> list[object]:
    whom = row.agency.name if row.agency else row.get_sector_display()
    return [whom, row.places, unused, day(row.release_on), row.reason, row.owner.name]


def own_table(bookings: Iterable[Booking], results: Mapping[int, str] | None = None) -> Table:
    """One's own bookings, with their event and its version; `results` says by id what became of those that are over."""
    became = results or {}
    rows: list[list[object]] = [
        [
            Cell(row.event.version.title, url=reverse("bookings:booking", args=[row.reference])),
            day(row.event.starts_at) if row.event.starts_at else "In your own time",
            Cell(became[row.pk].capitalize(), tag="grey")
            if row.pk in became
            else Cell(row.get_status_display(), tag=status_colour(row)),
        ]
        for row in bookings
    ]
    return _table("Your bookings", ("Course", "Date", "State"), rows)


@dataclass(frozen=True)
class ListedWait:
    """One date with a waiting list: how many wait, its places, and how many places other dates of its course have."""

    event: Event
    waiting: int
    room: Room
    elsewhere: int


def waiting_lists_table(rows: Iterable[ListedWait]) -> Table:
    labels = ("Date", "Waiting", "Places left", "Kept", "On other dates")
    return _table("Waiting lists", labels, [_list_row(row) for row in rows])


def _list_row(row: ListedWait) -> list[object]:
    event = row.event
    url = reverse("bookings:event-people", args=[event.reference])
    when = day(event.starts_at) if event.starts_at else ""
    kept = sum(number for _, number in row.room.unused())
    return [
        Cell(event.version.title, url=f"{url}#waiting", hint=f"{event.reference}, {when}"),
        count(row.waiting, "person", "people"),
        count(row.room.left or 0, "place"),
        count(kept, "place"),
        count(row.elsewhere, "place"),
    ]
