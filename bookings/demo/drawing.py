"""Chance: how full a date is, who books it and how long before, who of them comes."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from training.catalogue.models import Event
from training.config.parts import Demo
from training.people.models import Agency, Employment, Sector
from training.web.references import ALPHABET

# Planted for the reports: an organisation whose people book and do not come, and one that hardly books.
STAYS_AWAY = "Thames Housing Association"
HARDLY_BOOKS = "London Fire Brigade, Bankside"
ABSENT = {STAYS_AWAY: 0.42, "Metropolitan Police Central South Command": 0.17}
USUALLY_ABSENT = 0.07
# Dates of the next days are as good as full; one date ten working days off has too few.
SOON_DAYS, TOO_FEW = 3, 4
ONE_DAY = datetime.timedelta(days=1)
# How keenly each sector books, for its size.
KEEN = {Sector.POLICE: 0.4, Sector.FIRE: 0.05, Sector.FAITH: 0.5, Sector.VOLUNTARY: 1.6, Sector.EARLY_YEARS: 1.5}


class Draw:
    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.rng: Random = demo.rng("bookings")
        staff: dict[str, list[Employment]] = demo.kept("people.staff")
        agencies: dict[str, Agency] = demo.kept("people.agencies")
        self._staff = {name: rows for name, rows in staff.items() if rows}
        self._names = list(self._staff)
        self._weights = [_weight(agencies[name], len(self._staff[name])) for name in self._names]
        self._busy: dict[int, set[datetime.date]] = defaultdict(set)

    def reference(self) -> str:
        return "".join(self.rng.choices(ALPHABET, k=8))

    def people(self, number: int, day: datetime.date | None) -> list[Employment]:
        """That many who worked there on that day and have nothing else on it; fewer when chance finds no more.

        Without a day (in one's own time) whoever works there now.
        """
        found: dict[int, Employment] = {}
        for _ in range(number * 6):
            if len(found) == number:
                break
            (name,) = self.rng.choices(self._names, self._weights)
            one = self.rng.choice(self._staff[name])
            is_free = day is None or day not in self._busy[one.person_id]
            if is_free and one.person_id not in found and _works_there(one, day or self.demo.today):
                found[one.person_id] = one
        if day is not None:
            for person_id in found:
                self._busy[person_id].add(day)
        return list(found.values())

    def wanted(self, event: Event, now: datetime.datetime) -> int:
        """How many ask for a place on this date by now; more than there are places: the rest wait."""
        offered = event.places_offered or 0
        if event.starts_at is None:
            return self.rng.randrange(1400, 1900)
        ahead = (event.starts_at - now).days
        if ahead < 0:
            return round(offered * self.rng.uniform(0.62, 1.08))
        if event.pk == self.demo.kept("bookings.thin"):
            return TOO_FEW
        if ahead < SOON_DAYS:
            return round(offered * self.rng.uniform(0.95, 1.2))
        eagerness = self.rng.uniform(0.6, 1.5) - min(ahead, 120) / 170
        return max(2, round(offered * eagerness))

    def made_at(self, event: Event, now: datetime.datetime) -> datetime.datetime:
        """Some weeks before the start, in the daytime, never after now."""
        latest = min(event.starts_at - datetime.timedelta(days=2), now) if event.starts_at else now
        days = self.rng.betavariate(1.4, 3) * 85 if event.starts_at else self.rng.uniform(1, 500)
        moment = latest - datetime.timedelta(days=days)
        return (
            moment.replace(hour=self.rng.randrange(8, 19), minute=self.rng.randrange(60), second=0, microsecond=0)
            - ONE_DAY
        )

    def moments(self, event: Event, number: int, now: datetime.datetime) -> Iterator[datetime.datetime]:
        """When each of them booked, the earliest first."""
        yield from sorted(self.made_at(event, now) for _ in range(number))

    def comes(self, agency: str) -> bool:
        return self.rng.random() >= ABSENT.get(agency, USUALLY_ABSENT)


def _weight(agency: Agency, people: int) -> float:
    return 0.3 if agency.name == HARDLY_BOOKS else people * KEEN.get(Sector(agency.sector), 1.0)


def _works_there(one: Employment, day: datetime.date) -> bool:
    starts, ends = one.period.lower, one.period.upper
    return bool(starts <= day and (ends is None or day < ends))
