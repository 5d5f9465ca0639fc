"""Suspensions, the dates concerned and the standing report as tables and sheets."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from bookings.disruption.concerned import ConcernedDate
from bookings.disruption.report import DateLine, DisruptionReport, Line
from bookings.models import LIVE, Booking, Suspension
from training.catalogue.models import Event
from training.web.components import Cell, Column, Table
from training.web.downloads import Sheet
from training.web.words import count, day, full_day, pounds

COLOURS = {
    "suspended": "yellow",
    "converted": "blue",
    "resumed": "green",
    "postponed": "blue",
    "covered": "green",
    "cancelled": "red",
    "lost": "red",
}


def concerned_table(dates: Sequence[ConcernedDate]) -> Table:
    columns = [
        Column("Date"), Column("People", is_numeric=True), Column("Waiting", is_numeric=True), Column("Trainers"),
        Column("What giving it back costs today", is_numeric=True),
    ]  # fmt: skip
    return Table("Dates concerned", columns, [_concerned_row(one) for one in dates], is_caption_hidden=True)


def _concerned_row(one: ConcernedDate) -> list[object]:
    hint = count(one.orders, "order")
    return [_date_cell(one.event), one.learners, one.waiting, ", ".join(one.trainers) or "–",
            Cell(pounds(one.pence), hint=hint) if one.costs else "–"]  # fmt: skip


def _date_cell(event: Event) -> Cell:
    when = f", {day(event.starts_at)}" if event.starts_at else ""
    return Cell(event.version.title, url=reverse("desk:date", args=[event.reference]), hint=f"{event.reference}{when}")


def concerned_sheets(dates: Sequence[ConcernedDate]) -> list[Sheet]:
    """The dates, and everybody on them."""
    listed = [
        [one.event.reference, one.event.version.title, one.event.starts_at, one.learners, one.waiting,
         ", ".join(one.trainers), one.orders, one.pence / 100,
         "; ".join(f"{cost.what}: {cost.words}" for cost in one.costs)]
        for one in dates
    ]  # fmt: skip
    headings = [
        "Date",
        "Course",
        "Starts",
        "People",
        "Waiting",
        "Trainers",
        "Orders",
        "Giving it back costs today (£)",
        "How that is reckoned",
    ]
    return [Sheet("Dates", headings, listed), Sheet("People", PEOPLE, _people([one.event for one in dates]))]


PEOPLE = ["Date", "Course", "Starts", "Name", "E-mail address", "Where they work", "Place"]


def _people(events: Sequence[Event]) -> Iterable[Sequence[object]]:
    rows = Booking.objects.filter(event__in=events, status__in=LIVE)
    for row in rows.select_related("person", "employment__agency", "event__version").order_by(
        "event__starts_at", "event", "person__name"
    ):
        agency = row.employment.agency.name if row.employment else ""
        yield (row.event.reference, row.event.version.title, row.event.starts_at, row.person.name, row.person.email,
               agency, row.get_status_display())  # fmt: skip


def dates_table(dates: Sequence[DateLine]) -> Table:
    columns = [
        Column("Date"), Column("What became of it"), Column("Learners", is_numeric=True),
        Column("Trained since", is_numeric=True), Column("Lost", is_numeric=True),
    ]  # fmt: skip
    return Table("Dates", columns, [_line_row(one) for one in dates], is_caption_hidden=True)


def _line_row(one: DateLine) -> list[object]:
    row = one.row
    hint = "Held since" if one.is_held else day(row.ended_at) if row.ended_at else ""
    state = Cell(row.get_status_display(), tag=COLOURS[row.status], hint=hint)
    return [_date_cell(row.event), state, one.learners.all, one.learners.trained, one.learners.lost]


def report_table(report: DisruptionReport) -> Table:
    columns = [
        Column("What"), Column("Dates", is_numeric=True), Column("Moved online", is_numeric=True),
        Column("Not held", is_numeric=True), Column("Recovered", is_numeric=True),
        Column("Learners", is_numeric=True), Column("Lost", is_numeric=True),
    ]  # fmt: skip
    return Table("Disruption", columns, [_report_row(line) for line in report.lines], is_caption_hidden=True)


def _report_row(line: Line) -> list[object]:
    return [
        _what_cell(line.suspension), len(line.dates), line.statuses["converted"], line.not_held, line.recovered,
        line.learners.all, line.learners.lost,
    ]  # fmt: skip


def _what_cell(suspension: Suspension | None) -> Cell:
    if suspension is None:
        return Cell("Dates changed on their own", hint="A trainer ill, too few people, a room lost")
    url = reverse("bookings:suspension", args=[suspension.reference])
    return Cell(str(suspension), url=url, hint=suspension.reason)


def report_sheets(report: DisruptionReport) -> list[Sheet]:
    """What happened, line by line; and every date."""
    lines = [
        [_name(line), line.suspension.reason if line.suspension else "", len(line.dates),
         *(line.statuses[status] for status in COLOURS), line.recovered, line.learners.all, line.learners.trained,
         line.learners.to_come, line.learners.kept_waiting, line.learners.lost, line.pence / 100]
        for line in report.lines
    ]  # fmt: skip
    states = ["Still suspended", "Moved online", "Let go on", "Postponed", "Covered", "Cancelled", "Day passed"]
    learners = ["Recovered", "Learners", "Trained since", "Booked to come", "Kept waiting", "Lost"]
    dates = [
        [_name(line), one.row.event.reference, one.row.event.version.title, one.row.event.starts_at,
         one.row.get_status_display(), one.row.at, one.row.ended_at, one.is_held, one.learners.all,
         one.learners.trained, one.learners.to_come, one.learners.kept_waiting, one.learners.lost]
        for line in report.lines
        for one in line.dates
    ]  # fmt: skip
    of_date = ["What", "Date", "Course", "Starts", "What became of it", "Stopped", "Decided", "Held since",
               *learners[1:]]  # fmt: skip
    cost = "Giving back what was ordered would have cost (£)"
    return [
        Sheet("Disruption", ["What", "Why", "Dates", *states, *learners, cost], lines),
        Sheet("Dates", of_date, dates),
    ]


def _name(line: Line) -> str:
    one = line.suspension
    if one is None:
        return "Dates changed on their own"
    until = f" to {full_day(one.last_on)}" if one.last_on else ""
    return f"{one.get_mode_display()} from {full_day(one.first_on)}{until}"
