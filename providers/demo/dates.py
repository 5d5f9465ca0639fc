"""The dates of 2019–20 from the partnership's list, and a year around today, both through the real import."""

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from providers.imports.catalogue import CATALOGUE
from providers.imports.events import COLUMNS
from providers.imports.words import MODE_WORDS
from training.catalogue.models import CourseVersion, DeliveryMode
from training.config.parts import Demo
from training.web.importing import Sitting, read_in
from training.web.tables import read_tables
from training.web.working_days import add_working_days, is_working_day

# The day on which Bankside went over to Muster and read its old lists in.
SWITCHED_AT = datetime.datetime(2021, 4, 6, 8, tzinfo=datetime.UTC)
HALF_YEAR = 182
DATES_A_COURSE = 5
LENT = ("Yvonne Clarke", "Femi Alade", "Sgt Lucy Marsh", "Harriet Bloom")
Days = datetime.timedelta


def read_history(demo: Demo) -> None:
    _read(demo, "Courses", demo.rows("courses.csv"), SWITCHED_AT)
    _read(demo, "Dates of 2019–20", demo.rows("events-2019-20.csv"), SWITCHED_AT)


def open_this_year(demo: Demo) -> None:
    _read(demo, "Dates of this year", list(Year(demo).rows()), demo.now)


def _read(demo: Demo, what: str, rows: Sequence[dict[str, Any]], now: datetime.datetime) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    with demo.step(what) as advance:
        by = demo.person("coordinator").user
        tables = read_tables(text.getvalue().encode())
        outcome = read_in(tables, CATALOGUE, Sitting(by, now, lambda done: advance(done * 5)), keeps=True)
    if not outcome.is_done:
        raise ValueError(f"{what}: {outcome.plans[0].problems[0]}")


@dataclass(frozen=True)
class Slot:
    """A wish for a date: how many days from today, which course, and what is fixed about it."""

    offset: int
    version: CourseVersion
    trainer: str = ""
    mode: str = ""


class Year:
    """Half a year back and half a year ahead: every course some times, no room and no trainer twice on a day."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.rng: Random = demo.rng("dates of this year")
        self._rooms = [(row["name"], int(row["capacity"])) for row in demo.rows("venues.csv")]
        self._works_for = {row["name"]: row["works_for"] for row in demo.rows("trainers.csv")}
        self._lots = {row["provider"]: int(row["lot"]) for row in demo.rows("contracts.csv")}
        self._taken: set[tuple[str, datetime.date]] = set()
        self._number = 200

    def rows(self) -> Iterator[dict[str, Any]]:
        versions = CourseVersion.objects.filter(is_current=True).select_related("course").order_by("course__code")
        slots = [*self._fixed({version.course.code: version for version in versions}), *self._drawn(list(versions))]
        for slot in slots:
            if slot.version.course.usual_mode == DeliveryMode.E_LEARNING:
                yield self._row(slot, "e_learning", [], "", "", "")
            elif row := self._dated(slot):
                yield row

    def _fixed(self, by_code: dict[str, CourseVersion]) -> list[Slot]:
        """Today, tomorrow and what the stories need; Dana Whitlock has the account `trainer`."""
        return [
            Slot(0, by_code["BSP008"], "Dana Whitlock", "face_to_face"),
            Slot(0, by_code["BSP016"], "Ravi Menon", "virtual"),
            Slot(1, by_code["BSP021"], "Sam Okoro", "virtual"),
            Slot(1, by_code["BSP010"], "Harriet Bloom", "face_to_face"),
            Slot(-6, by_code["BSP012"], "Dana Whitlock", "face_to_face"),
            Slot(-41, by_code["BSP005"], "Dana Whitlock", "virtual"),
            Slot(9, by_code["BSP004"], "Dana Whitlock", "face_to_face"),
            Slot(self._thin_offset(), by_code["BSP018"], "Sam Okoro", "face_to_face"),
            Slot(23, by_code["BSP022"], "Dana Whitlock", "hybrid"),
        ]

    def _thin_offset(self) -> int:
        """Ten working days off: the day on which a date with too few booked runs or is pulled."""
        return (add_working_days(self.demo.today, 10) - self.demo.today).days

    def _drawn(self, versions: list[CourseVersion]) -> Iterator[Slot]:
        for version in versions:
            if version.course.usual_mode == DeliveryMode.E_LEARNING:
                yield Slot(0, version)
                continue
            first = self.rng.randrange(-HALF_YEAR, -HALF_YEAR + 60)
            for number in range(DATES_A_COURSE):
                yield Slot(first + number * 71 + self.rng.randrange(-9, 10), version)

    def _dated(self, slot: Slot) -> dict[str, Any] | None:
        """None when no trainer or room is free near that day."""
        version = slot.version
        mode = slot.mode or self._mode(version)
        first = self.demo.today + Days(slot.offset)
        for day in [first] if slot.trainer else _working_days(first):
            days = [day, day + Days(7)] if (version.hours or 0) > 6 else [day]
            trainer = slot.trainer or self._free_trainer(version.course.lot_number or 2, days)
            room = self._free_room(days) if mode != DeliveryMode.VIRTUAL else ("", 25)
            if trainer and room:
                self._taken |= {(name, one) for name in (trainer, room[0]) if name for one in days}
                return self._row(slot, mode, days, trainer, room[0], min(room[1], 25))
        return None

    def _mode(self, version: CourseVersion) -> str:
        return "hybrid" if self.rng.random() < 0.07 else version.course.usual_mode

    def _free_trainer(self, lot: int, days: list[datetime.date]) -> str:
        providers = {name for name, of_lot in self._lots.items() if of_lot == lot}
        own = [name for name, place in self._works_for.items() if place in providers]
        names = [*own, *own, *(LENT if lot == 2 else ())]
        free = [name for name in names if not any((name, day) in self._taken for day in days)]
        return self.rng.choice(free) if free else ""

    def _free_room(self, days: list[datetime.date]) -> tuple[str, int] | None:
        free = [room for room in self._rooms if not any((room[0], day) in self._taken for day in days)]
        return self.rng.choice(free) if free else None

    def _row(
        self, slot: Slot, mode: str, days: list[datetime.date], trainer: str, room: str, places: int | str
    ) -> dict[str, Any]:
        self._number += 1
        place = self._works_for.get(trainer, "")
        values = {
            "reference": f"E{self._number:04}",
            "course_code": slot.version.course.code,
            "mode": MODE_WORDS[mode],
            "sessions": "; ".join(f"{day:%d/%m/%Y} {self._hours(slot.version)}" for day in days),
            "venue": room,
            "capacity": places,
            "minimum": 8 if places else "",
            "provider": place if place in self._lots else "",
            "trainer": trainer,
        }
        return {column: values[column] for column in COLUMNS}

    def _hours(self, version: CourseVersion) -> str:
        hours = float(version.hours or 3)
        if hours >= 6:
            return "09:30-16:30"
        starts = self.rng.choice((9.5, 13.25))
        return f"{_clock(starts)}-{_clock(starts + hours)}"


def _clock(hours: float) -> str:
    return f"{int(hours):02}:{round(hours % 1 * 60):02}"


def _working_days(first: datetime.date) -> Iterator[datetime.date]:
    """The first three from this day on."""
    days = (first + Days(number) for number in range(14))
    working = [day for day in days if is_working_day(day)]
    yield from working[:3]
