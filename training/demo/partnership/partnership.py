import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone
from tqdm import tqdm

DATA = Path(__file__).resolve().parent.parent / "data"
PASSWORD = "river-lantern-bridge"  # noqa: S105 - printed by `make demo`, which listens on loopback only
BATCH = 500


class DemoPartnership:
    """What `load_demo` of each app gets; see `training.config.parts.Demo`, which says what each thing is for."""

    password = PASSWORD

    def __init__(self, today: datetime.date, bar: "tqdm[Any]") -> None:
        self.today = today
        self.now = morning_of(today)
        self._bar = bar
        self._cast: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    def rng(self, part: str) -> Random:
        return Random(f"muster {part}")

    def rows(self, name: str) -> list[dict[str, str]]:
        return read_rows(name)

    def insert(self, what: str, rows: Sequence[Any]) -> None:
        """All of one model. Whoever reads them next, in this transaction, is planned for by what is there by then."""
        with self.step(what) as advance:
            for start in range(0, len(rows), BATCH):
                batch = rows[start : start + BATCH]
                type(batch[0])._default_manager.bulk_create(batch)
                advance(len(batch))
        if len(rows) >= BATCH:
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(type(rows[0])._meta.db_table)}")

    @contextmanager
    def step(self, what: str) -> Iterator[Callable[[int], None]]:
        self._bar.set_description(what)
        yield self._bar.update

    def cast(self, part: str, person: Any) -> None:
        self._cast[part] = person

    def person(self, part: str) -> Any:
        return self._cast[part]

    def keep(self, key: str, thing: Any) -> None:
        self._kept[key] = thing

    def kept(self, key: str) -> Any:
        return self._kept[key]


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def morning_of(day: datetime.date) -> datetime.datetime:
    """Six o'clock of that day; never in the future when it is today, or the worker would wait to send."""
    six = timezone.make_aware(datetime.datetime.combine(day, datetime.time(6)))
    return min(six, timezone.now()) if day == timezone.localdate() else six
