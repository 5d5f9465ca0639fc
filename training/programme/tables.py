"""A programme’s plan and what is lacking, as tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse

from training.catalogue.models import Course
from training.programme.coverage import Gap, Key, PriorityRow
from training.programme.forms.programmes import title_of
from training.programme.models import Amendment, AmendmentLine, PlannedCourse, Programme
from training.web.components import Cell, Column, Table
from training.web.periods import Period, quarter_of
from training.web.words import full_day, pounds

TAGS = {"draft": "grey", "recommended": "yellow", "agreed": "blue", "live": "green", "closed": "grey"}
AMENDMENT_TAGS = {"proposed": "yellow", "agreed": "green", "refused": "red", "withdrawn": "grey"}


def programmes_table(programmes: Iterable[Programme]) -> Table:
    columns = [Column("Programme"), Column("From"), Column("Until"), Column("Budget", is_numeric=True), Column("State")]
    rows: list[list[object]] = [
        [
            Cell(one.title, url=reverse("programme:programme", args=[one.reference])),
            full_day(one.starts_on),
            full_day(one.ends_on),
            "–" if one.envelope_pence is None else pounds(one.envelope_pence),
            Cell(one.get_standing_display(), tag=TAGS[one.standing]),
        ]
        for one in programmes
    ]
    return Table("Programmes", columns, rows, is_caption_hidden=True)


def plan_table(
    rows: Iterable[PlannedCourse],
    quarters: Sequence[Period],
    scheduled: dict[Key, int],
    programme: Programme,
    *,
    may_edit: bool,
) -> Table:
    """One row a course: dates planned in each quarter (with how many are scheduled, where that differs), the year's
    number and what they are thought to cost; totals below."""
    by_course: dict[Course, dict[object, PlannedCourse]] = defaultdict(dict)
    for row in rows:
        by_course[row.course][row.quarter_starts_on] = row
    columns = [
        Column("Course"),
        *(Column(_short(quarter), is_numeric=True) for quarter in quarters),
        Column("Year", is_numeric=True),
    ]
    lines = [_plan_row(course, cells, quarters, scheduled, programme, may_edit) for course, cells in by_course.items()]
    every = [row for cells in by_course.values() for row in cells.values()]
    total: list[object] = ["All"]
    total += [sum(row.events for row in every if row.quarter_starts_on == one.starts_on) for one in quarters]
    total.append(Cell(sum(row.events for row in every), hint=pounds(sum(row.pence or 0 for row in every))))
    return Table("The plan of this year", columns, lines, is_caption_hidden=True, total=total, stays_side_by_side=True)


def _plan_row(
    course: Course,
    cells: dict[object, PlannedCourse],
    quarters: Sequence[Period],
    scheduled: dict[Key, int],
    programme: Programme,
    may_edit: bool,
) -> list[object]:
    url = reverse("programme:programme-course", args=[programme.reference, course.code]) if may_edit else ""
    known = [row.pence for row in cells.values() if row.pence is not None]
    return [
        Cell(title_of(course), url=url, hint=course.code),
        *(_quarter_cell(cells.get(one.starts_on), scheduled.get((course.pk, one.starts_on), 0)) for one in quarters),
        Cell(sum(row.events for row in cells.values()), hint=pounds(sum(known)) if known else ""),
    ]


def _quarter_cell(row: PlannedCourse | None, scheduled: int) -> object:
    """The number planned; beneath it how many are scheduled, where that is another number."""
    planned = row.events if row else 0
    if planned == scheduled:
        return planned or "–"
    return Cell(planned, hint=f"{scheduled} set")


def _short(quarter: Period) -> str:
    """ "Apr–Jun"."""
    last = quarter.starts_on.replace(day=1)
    month = (last.month + 1) % 12 + 1
    return f"{quarter.starts_on:%b}–{last.replace(month=month):%b}"


def priorities_table(rows: Iterable[PriorityRow]) -> Table:
    columns = [
        Column("Priority"),
        Column("Board"),
        Column("Courses"),
        Column("Dates", is_numeric=True),
        Column("State"),
    ]
    lines: list[list[object]] = [
        [
            row.priority.name,
            row.priority.get_board_display(),
            ", ".join(course.code for course in row.courses) or "–",
            row.events,
            Cell("Answered", tag="green") if row.is_met else Cell("No course", tag="red"),
        ]
        for row in rows
    ]
    return Table("Priorities", columns, lines, is_caption_hidden=True)


def gaps_table(gaps: Iterable[Gap]) -> Table:
    columns = [Column("Course"), Column("Quarter"), Column("Planned", is_numeric=True)]
    columns += [Column("Scheduled", is_numeric=True), Column("What next")]
    lines: list[list[object]] = [
        [
            Cell(title_of(gap.course), hint=gap.course.code),
            gap.quarter.title,
            gap.planned,
            gap.scheduled,
            Cell("Add a date", url=f"{reverse('desk:date-add')}?course={gap.course.code}"),
        ]
        for gap in gaps
    ]
    return Table("Planned and not scheduled", columns, lines, is_caption_hidden=True)


def amendments_table(amendments: Iterable[Amendment]) -> Table:
    columns = [Column("Amendment"), Column("Why"), Column("State")]
    lines: list[list[object]] = [
        [
            Cell(f"Amendment {one.number}", url=reverse("programme:amendment", args=[one.reference])),
            one.reason,
            Cell(one.get_standing_display(), tag=AMENDMENT_TAGS[one.standing]),
        ]
        for one in amendments
    ]
    return Table("Amendments", columns, lines, is_caption_hidden=True)


def lines_table(lines: Iterable[AmendmentLine], first_month: int) -> Table:
    columns = [
        Column("Course"),
        Column("Quarter"),
        Column("Planned", is_numeric=True),
        Column("To be", is_numeric=True),
    ]
    rows: list[list[object]] = [
        [
            Cell(title_of(line.course), hint=line.course.code),
            quarter_of(line.quarter_starts_on, first_month).title,
            line.events_before,
            line.events_after,
        ]
        for line in lines
    ]
    return Table("What changes", columns, rows, is_caption_hidden=True)
