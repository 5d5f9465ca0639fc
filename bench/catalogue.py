"""The catalogue beside the same page with constant data: asked again (warm), and each search a new one (cold)."""

import itertools
import statistics
from collections.abc import Callable, Iterator

from django.core.cache import cache
from django.test.utils import override_settings

from bench import many
from bench.load import CLIENTS, Connection, timed
from bench.statements import statements
from training.catalogue.models import Course, Event

SEARCH = "q=neglect&mode=face_to_face"
ROUNDS, EACH = 5, 40


def print_catalogue(port: int) -> None:
    print(f"\n{'catalogue, searched and filtered':34}{'ms':>9}{'of constant':>13}{'SQL':>6}")
    _compare(port)
    many.fill()
    _compare(port)


def _compare(port: int) -> None:
    """In turns, so that whatever else the machine does falls on all three."""
    connections = [Connection(port) for _ in range(CLIENTS)]
    new = (f"/courses/?{SEARCH.replace('&', '+' * number + '&', 1)}" for number in itertools.count(1))
    kinds = {
        # A page as large as the others: the twin keeps what it printed first under its address.
        "with constant data": itertools.repeat(f"/bench/constant/?{SEARCH}&of={Course.objects.count()}"),
        "asked again (warm; aim: 1.5)": itertools.repeat(f"/courses/?{SEARCH}"),
        "each search a new one (cold)": new,
    }
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    cache.clear()
    for _ in range(ROUNDS):
        for name, addresses in kinds.items():
            timing = timed([_job(connections, addresses) for _ in range(EACH)])
            taken[name].append(timing.median_ms)
    print(f"{Course.objects.count():,} courses, {Event.objects.count():,} dates")
    constant = statistics.median(taken["with constant data"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"  {name:32}{median:9.1f}{median / constant:13.2f}{_statements(kinds[name]):6}")


@override_settings(ROOT_URLCONF="bench.urls")
def _statements(address: Iterator[str]) -> int:
    """Of the second time, which for a search that is always a new one is a new one too."""
    return statements(lambda client: client.get(next(address)))


def _job(connections: list[Connection], addresses: Iterator[str]) -> Callable[[], None]:
    address = next(addresses)

    def ask() -> None:
        one = connections.pop()
        one.get(address)
        connections.append(one)

    return ask
