"""One row of the export, read: who, which date, what became of it."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from bookings.imports.words import STATUSES, WHAT, Said
from training.catalogue.models import CourseVersion, Event
from training.people.imports import Key, key_of
from training.people.models import Agency, Employment
from training.web.cells import Reader

NEEDS = frozenset({"name", "email", "agency", "date", "status"})
COLUMNS = (*sorted(NEEDS), "course_code", "event", "hours", "source", "booked_on", "job_title")
MOST_HOURS = Decimal(500)


@dataclass
class Row:
    """What a row says. `event`, `version` and `work` are found afterwards; without an event only the record is kept."""

    read: Reader
    name: str
    email: str
    agency: Agency | None
    course_code: str
    event_reference: str
    day: datetime.date | None
    said: Said | None
    hours: Decimal | None
    source: str
    booked_on: datetime.date | None
    job_title: str
    event: Event | None = None
    version: CourseVersion | None = None
    work: Employment | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Who it is. Raises TypeError for a row without a known organisation, which is wrong."""
        if self.agency is None:
            raise TypeError("a row without its organisation is wrong")
        return key_of(self.name, self.email, self.agency)

    @property
    def label(self) -> str:
        return f"{self.name}, {self.event_reference or self.course_code}"


def row_of(read: Reader, agencies: dict[str, Agency]) -> Row:
    row = Row(
        read=read,
        name=read.text("name", 120, is_required=True),
        email=read.email("email"),
        agency=read.one_of("agency", agencies, "an organisation that Muster knows"),
        course_code=read.text("course_code", 20).upper(),
        event_reference=read.text("event", 20).upper(),
        day=read.day("date"),
        said=read.one_of("status", STATUSES, WHAT, suggests=False),
        hours=read.decimal("hours", Decimal(0), MOST_HOURS),
        source=read.text("source", 60),
        booked_on=read.day("booked_on"),
        job_title=read.text("job_title", 120),
    )
    if not row.course_code and not row.event_reference:
        read.wrong("event" if read.has("event") else "course_code", "the code of a course or the reference of a date")
    if row.day is None and not row.event_reference and not read.problems:
        read.wrong("date", "a real date, like 28/02/2020")
    return row
