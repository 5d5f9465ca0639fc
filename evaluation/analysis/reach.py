"""Whom the training reaches, held against who works there; who waits; which organisations nobody came from."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bookings.models import Booking
from evaluation.analysis.coming import Came
from training.catalogue.models import Event
from training.people.models import AgencyHeadcount, Employment, Role, RoleGrant

LONG_WAIT = datetime.timedelta(weeks=8)


@dataclass(frozen=True)
class Workforce:
    """Who works with children or adults at risk, by organisation, as these said themselves."""

    by_agency: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_agency.values())


@dataclass(frozen=True)
class Waiting:
    """People on the waiting lists of a course today; `long` of them for over eight weeks."""

    course: str
    title: str
    waiting: int
    long: int


@dataclass(frozen=True)
class Members:
    """Where the members of the subgroup work: organisation and sector. Never who they are."""

    rows: tuple[tuple[int, str, str], ...]

    def to_ask(self, agency: int, sector: str) -> str:
        """In words, which member speaks for this organisation."""
        own = [name for pk, name, _ in self.rows if pk == agency]
        alike = [name for _, name, theirs in self.rows if theirs == sector]
        if own:
            return "its own member"
        return f"the member from {alike[0]}" if alike else "the chair: no member is from its sector"


def load_workforce(year: int) -> Workforce:
    """From the returns of this financial year, else of the one before."""
    rows = AgencyHeadcount.objects.filter(year__in=(year - 1, year)).order_by("year")
    found = rows.values_list("agency", "daily", "sometimes")
    return Workforce({agency: daily + sometimes for agency, daily, sometimes in found})


def load_waiting(now: datetime.datetime) -> list[Waiting]:
    """Everybody who waits for a date to come; the course with most who wait long first."""
    rows = Booking.objects.waiting().filter(event__in=Event.objects.published().to_come(now).values("pk"))
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for code, title, since in rows.values_list("event__version__course__code", "event__version__title", "waits_since"):
        found[code, title].append(since is not None and since <= now - LONG_WAIT)
    listed = [Waiting(code, title, len(waits), sum(waits)) for (code, title), waits in found.items()]
    return sorted(listed, key=lambda one: (-one.long, -one.waiting, one.title))


def load_members(today: datetime.date) -> Members:
    grants = RoleGrant.objects.filter(role=Role.PDL_MEMBER).on(today)
    jobs = Employment.objects.not_refused().on(today).filter(person__in=grants.values("person"))
    rows = jobs.values_list("agency_id", "agency__name", "agency__sector").order_by("agency__name", "pk").distinct()
    return Members(tuple(rows))


def never_seen(came: Came, workforce: Workforce) -> list[tuple[str, str]]:
    """Organisations from which nobody came, with their sectors: those that more people work at first."""
    seen = {agency for agency, here in came.by_agency.items() if here.attended + here.walk_ins}
    rows = [
        (-workforce.by_agency.get(pk or 0, 0), one.name, one.sector)
        for pk, one in came.agencies.items()
        if one.is_settled and pk not in seen
    ]
    return [(name, sector) for _, name, sector in sorted(rows)]


def people_came(came: Came, agencies: Iterable[int]) -> int:
    rows = (came.by_agency[agency] for agency in agencies if agency in came.by_agency)
    return sum(one.attended + one.walk_ins for one in rows)
