"""About 5,000 people and where they work: 420 from the partnership's own file, the others drawn."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from training.config.parts import Demo
from training.people.demo import tenure
from training.people.demo.agencies import References
from training.people.demo.names import Addresses, Names
from training.people.models import Agency, Employment, Person, Sector

PEOPLE = 5_000
Kind = Employment.Kind
Standing = Employment.Standing
KIND_BY_TITLE = {"Volunteer": Kind.VOLUNTEER, "Trustee": Kind.GOVERNOR, "Childminder": Kind.SELF_EMPLOYED}
AT_HOME = {Kind.FOSTER_CARER, Kind.COUNCILLOR, Kind.GOVERNOR}  # they write from a private address
NUMBERED = {Sector.COUNCIL, Sector.HEALTH, Sector.POLICE, Sector.FIRE, Sector.HOUSING}


@dataclass(frozen=True)
class Job:
    title: str
    weight: int
    kind: Kind
    has_manager: bool
    manages: bool
    private_percent: int


@dataclass
class Staff:
    """One organisation's people: their rows, not written yet."""

    agency: Agency
    employments: list[Employment] = field(default_factory=list)
    managers: list[Person] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class Personnel:
    """Draws people for organisations; all chance of this module is here."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.rng = demo.rng("people")
        self.references = References(demo, "people")
        self.names = Names(demo.rows("names.csv"), self.rng)
        self.file = demo.rows("people.csv")
        self.addresses = Addresses(self.rng, [row["email"] for row in self.file])
        self.jobs: dict[str, list[Job]] = defaultdict(list)
        for row in demo.rows("jobs.csv"):
            self.jobs[row["setting"]].append(_job(row))

    def from_file(self, staff: Staff, row: dict[str, str]) -> None:
        period = tenure.settled(self.rng, self.demo.today)
        kind = KIND_BY_TITLE.get(row["job_title"], Kind.EMPLOYEE)
        private = self._private(30 if staff.agency.sector == Sector.POLICE else 0)
        person = self.person(row["name"], row["email"], period.lower, private=private)
        employment = self.employment(person, staff.agency, period, kind, row["job_title"])
        employment.manager_name, employment.manager_email = row["manager_name"], row["manager_email"]
        self._add(staff, employment)

    def hire(self, staff: Staff, job: Job, *, stays: bool) -> None:
        rng, today = self.rng, self.demo.today
        period = tenure.settled(rng, today) if stays else tenure.usual(rng, today)
        if job.kind == Kind.STUDENT:
            period = tenure.placement(rng, today)
        name = self._new_name(staff, job)
        at_home = job.kind in AT_HOME
        email = self.addresses.private(name) if at_home else self.addresses.at_work(name, staff.agency)
        person = self.person(name, email, period.lower, private=self._private(job.private_percent))
        self._add(staff, self.employment(person, staff.agency, period, job.kind, job.title))
        if job.manages and period.upper is None:
            staff.managers.append(person)

    def person(self, name: str, email: str, since: datetime.date, *, private: bool = False) -> Person:
        known_since = min(max(since, tenure.HISTORY), self.demo.today)
        known_at = timezone.make_aware(datetime.datetime.combine(known_since, datetime.time(9)))
        mobile = f"07700 900{self.rng.randrange(1000):03d}" if self.rng.random() < 0.4 else ""
        return Person(
            reference=self.references.draw(),
            name=name,
            email=email,
            mobile=mobile,
            is_name_private=private,
            created_at=min(known_at, self.demo.now),
        )

    def employment(self, person: Person, agency: Agency, period: DateRange, kind: str, title: str) -> Employment:
        number = agency.sector in NUMBERED and kind == Kind.EMPLOYEE
        fits = person.email.rpartition("@")[2] in agency.email_domains
        return Employment(
            person=person,
            agency=agency,
            kind=kind,
            job_title=title,
            employee_number=str(self.rng.randrange(100_000, 1_000_000)) if number else "",
            period=period,
            standing=Standing.RECOGNISED if fits and self.rng.random() < 0.2 else Standing.CONFIRMED,
        )

    def manage(self, staff: Staff) -> None:
        """Give everybody who has a manager one of the organisation's, never themselves."""
        has_manager = {job.title for job in self.jobs_at(staff.agency) if job.has_manager}
        for employment in staff.employments:
            others = [person for person in staff.managers if person is not employment.person]
            if employment.job_title in has_manager and others and not employment.manager_name:
                manager = self.rng.choice(others)
                employment.manager_name, employment.manager_email = manager.name, manager.email
                if manager.email == employment.person.email:  # the office's mailbox is no way to reach a manager
                    employment.manager_name = employment.manager_email = ""

    def jobs_at(self, agency: Agency) -> list[Job]:
        if agency.name.endswith(", childminder"):
            return self.jobs["C"]
        return self.jobs.get(agency.short_name) or self.jobs[agency.short_name.rstrip("0123456789")]

    def _add(self, staff: Staff, employment: Employment) -> None:
        staff.names.add(employment.person.name)
        staff.employments.append(employment)

    def _private(self, percent: int) -> bool:
        return self.rng.random() * 100 < percent

    def _new_name(self, staff: Staff, job: Job) -> str:
        """Nobody of the same name twice in one organisation: name, organisation and address are a person's key."""
        while True:
            childminder = job.kind == Kind.SELF_EMPLOYED
            name = self.names.of_childminder(staff.agency.name) if childminder else self.names.draw()
            if job.title == "GP" and " " in name and self.rng.random() < 0.5:
                name = f"Dr {name}"
            if name not in staff.names:
                return name


def hire_everybody(demo: Demo) -> None:
    """Write them all; kept as `people.staff`: a list of employments by organisation's name."""
    personnel = Personnel(demo)
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    staffs = {name: Staff(agency) for name, agency in agencies.items()}
    for row in personnel.file:
        personnel.from_file(staffs[row["agency"]], row)
    for staff, size in zip(staffs.values(), sizes(list(agencies.values()), PEOPLE - len(personnel.file)), strict=True):
        _fill(personnel, staff, size)
        personnel.manage(staff)
    firsts = [employment for staff in staffs.values() for employment in staff.employments]
    seconds = list(_other_posts(demo.rng("other posts"), personnel, firsts))
    demo.insert("People", [employment.person for employment in firsts])
    demo.insert("Where they work", firsts + seconds)
    demo.keep("people.staff", {name: staff.employments for name, staff in staffs.items()})
    demo.keep("people.personnel", personnel)


def _fill(personnel: Personnel, staff: Staff, size: int) -> None:
    """The first is somebody who manages and stays, if the organisation has such a job."""
    jobs = personnel.jobs_at(staff.agency)
    managing = [job for job in jobs if job.manages] or jobs
    personnel.hire(staff, managing[-1], stays=True)
    drawn = personnel.rng.choices(jobs, [job.weight for job in jobs], k=size - 1)
    for job in drawn:
        personnel.hire(staff, job, stays=False)


def sizes(agencies: list[Agency], people: int) -> list[int]:
    """How many of these people each organisation has: at least one, the big ones less than by their headcount."""
    weights = [(agency.headcount or 1) ** 0.75 if (agency.headcount or 1) > 1 else 0 for agency in agencies]
    share = (people - len(agencies)) / sum(weights)
    return [1 + round(weight * share) for weight in weights]


def _other_posts(rng: Random, personnel: Personnel, firsts: list[Employment]) -> list[Employment]:
    """Some came from another organisation of their sector, some have a second post beside the first."""
    by_sector: dict[str, list[Employment]] = defaultdict(list)
    for employment in firsts:
        if employment.kind in (Kind.EMPLOYEE, Kind.AGENCY_STAFF):
            by_sector[employment.agency.sector].append(employment)
    found = []
    for employment in firsts:
        chance, elsewhere = rng.random(), by_sector[employment.agency.sector]
        if employment.kind != Kind.EMPLOYEE or chance > 0.09 or not elsewhere:
            continue
        other = rng.choice(elsewhere)
        if other.agency is employment.agency:
            continue
        moved = chance < 0.06
        period = tenure.before(rng, employment.period) if moved else employment.period
        kind = Kind.EMPLOYEE if moved else Kind.AGENCY_STAFF
        found.append(personnel.employment(employment.person, other.agency, period, kind, other.job_title))
    return found


def _job(row: dict[str, str]) -> Job:
    return Job(
        title=row["job_title"],
        weight=int(row["weight"]),
        kind=Kind(row["kind"]),
        has_manager=row["has_manager"] == "yes",
        manages=row["manages"] == "yes",
        private_percent=int(row["private_percent"]),
    )
