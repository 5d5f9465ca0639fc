"""Lists of this app as tables: the columns, and each row in words."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from training.catalogue.models import Event
from training.record.falling_due import DueRow
from training.record.models import Achievement
from training.web.components import Cell, Column, Table
from training.web.when import london_day
from training.web.words import day

DUE_HEADINGS = (
    "Employee number",
    "Name",
    "E-mail",
    "Organisation",
    "Job",
    "Started",
    "What",
    "Due on",
    "Overdue",
    "Last done",
    "Next date",
    "Course",
    "Whose rule",
)


def record_table(rows: Iterable[Achievement]) -> Table:
    """Each row carries `is_waiting`: see `with_waiting`."""
    columns = [Column("Course"), Column("Date"), Column("Hours", is_numeric=True), Column("How"), Column("Certificate")]
    return Table("What was done", columns, [_record_row(row) for row in rows], is_caption_hidden=True)


def _record_row(row: Achievement) -> list[object]:
    course = Cell(row.version.title, hint=f"{row.version.course.code}, version {row.version.number}")
    hours = f"{row.hours.normalize():f}" if row.hours else "–"
    return [course, day(row.on), hours, row.get_source_display(), _certificate(row)]


def _certificate(row: Achievement) -> Cell:
    if row.source == Achievement.Source.ELSEWHERE:
        return Cell("From whoever gave the course")
    if row.is_waiting:
        return Cell("After you have answered the form")
    return Cell("Get certificate", url=reverse("record:certificate-pdf", args=[row.serial]), hint=row.printed_serial)


def due_table(rows: Iterable[DueRow], *, today: datetime.date, new_since: datetime.date) -> Table:
    """Who started on `new_since` or later is new."""
    columns = [Column("Name"), Column("What"), Column("Due"), Column("Last done"), Column("Next date")]
    return Table("What falls due", columns, [_due_row(row, today, new_since) for row in rows], is_caption_hidden=True)


def _due_row(row: DueRow, today: datetime.date, new_since: datetime.date) -> list[object]:
    work, due = row.employment, row.due
    is_new = work.first_day >= new_since
    number = f"Number {work.employee_number}" if work.employee_number else work.job_title
    late = due.is_overdue(today)
    return [
        Cell(work.person.name, hint=f"New, started {day(work.first_day)}" if is_new else number),
        Cell(due.rule.name, hint=due.rule.source),
        Cell("Overdue", tag="red", hint=f"since {day(due.on)}") if late else day(due.on),
        day(due.last_on) if due.last_on else "Never",
        _next_date(row.event),
    ]


def _next_date(event: Event | None) -> Cell:
    if event is None:
        return Cell("None open yet")
    when = day(event.starts_at) if event.starts_at else "In your own time"
    full = " (full: waiting list)" if event.places_left == 0 else ""
    return Cell(f"{when}{full}", url=reverse("bookings:event", args=[event.reference]), hint=event.version.title)


def due_cells(row: DueRow, today: datetime.date) -> list[object]:
    """A row of the file, in the order of DUE_HEADINGS."""
    work, due, event = row.employment, row.due, row.event
    starts = london_day(event.starts_at) if event and event.starts_at else "In your own time" if event else None
    return [
        work.employee_number,
        work.person.name,
        work.person.email,
        work.agency.name,
        work.job_title,
        work.first_day,
        due.rule.name,
        due.on,
        due.is_overdue(today),
        due.last_on,
        starts,
        event.version.title if event else None,
        due.rule.source,
    ]
