"""A complete booking, page and form, beside the same transaction in bare SQL, in the same run."""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.test import Client

from bench.bare import bare_bookings
from bench.dates import open_dates
from bench.load import CLIENTS, Connection, Timing, timed
from bench.people import bookers, form_fields
from bench.statements import statements_once
from bookings.models import BookingPolicyVersion
from training.catalogue.models import Event
from training.people.models import Employment, Person

EACH = 160
Booker = tuple[Person, Employment, str]


def print_bookings(port: int) -> None:
    takers = list(bookers(4 * EACH + 1))
    apart, hot = open_dates("APART", 2 * EACH), open_dates("HOT", 2)
    policy = BookingPolicyVersion.objects.order_by("-pk")[0].pk
    parts = [takers[EACH * part : EACH * (part + 1)] for part in range(4)]
    on_apart = _book_all(port, parts[0], apart[:EACH])
    bare_apart = bare_bookings([event.pk for event in apart[EACH:]], _ids(parts[1]), policy, CLIENTS)
    on_hot = _book_all(port, parts[2], hot[:1] * EACH)
    bare_hot = bare_bookings([hot[1].pk], _ids(parts[3]), policy, CLIENTS)
    print(f"\n{'bookings, page and form':34}{'/s':>9}{'median ms':>11}{'p95 ms':>9}{'of bare SQL':>13}")
    for name, timing, bare in (
        ("each on a date of its own", on_apart, bare_apart),
        ("all on one date", on_hot, bare_hot),
    ):
        share = timing.rate / bare.rate
        print(f"{name:34}{timing.rate:9.0f}{timing.median_ms:11.1f}{timing.p95_ms:9.1f}{share:12.1%}")
        print(f"{'  the same in bare SQL':34}{bare.rate:9.0f}{bare.median_ms:11.1f}{bare.p95_ms:9.1f}")
    person, employment, _ = takers[-1]
    number = statements_once(_one_booking(apart[0], employment), person.user)
    print(f"SQL statements of a complete booking with its messages: {number} (aim: at most 25)")


def _ids(takers: Sequence[Booker]) -> list[tuple[int, int]]:
    return [(person.pk, employment.pk) for person, employment, _ in takers]


def _book_all(port: int, takers: Sequence[Booker], events: Sequence[Event]) -> Timing:
    return timed([_job(port, taker, event) for taker, event in zip(takers, events, strict=True)])


def _job(port: int, taker: Booker, event: Event) -> Callable[[], None]:
    _, employment, session = taker
    connection, path = Connection(port, session), f"/events/{event.reference}/book/"

    def book() -> None:
        connection.post(path, urlencode(_fields(connection.get(path), employment)))

    return book


def _one_booking(event: Event, employment: Employment) -> Callable[[Client], None]:
    def book(client: Client) -> None:
        path = f"/events/{event.reference}/book/"
        client.post(path, _fields(client.get(path).content.decode(), employment))

    return book


def _fields(page: str, employment: Employment) -> dict[str, str]:
    return {**form_fields(page), "work": employment.agency.reference, "has_no_manager": "on"}
