"""Lists of meetings and actions, as the components want them."""

import datetime
from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse

from training.governance.models import ActionPoint, Decision, Meeting
from training.web.components import Cell, Column, Table, Task
from training.web.words import count, full_day


def past_meetings_table(meetings: Iterable[Meeting]) -> Table:
    """The day, the group, how many decisions. One query more, whatever the number of meetings."""
    rows = list(meetings)
    counted = Decision.objects.filter(meeting__in=rows).values_list("meeting").annotate(Count("pk")).order_by()
    decided = dict(counted)
    columns = [Column("Meeting"), Column("Group"), Column("Decisions", is_numeric=True)]
    return Table(
        "Meetings held",
        columns,
        [[Cell(full_day(row.held_on), url=_page(row)), row.body.name, decided.get(row.pk, 0)] for row in rows],
        is_caption_hidden=True,
    )


def action_tasks(points: Iterable[ActionPoint], today: datetime.date) -> list[Task]:
    return [_task(point, today) for point in points]


def _task(point: ActionPoint, today: datetime.date) -> Task:
    url = reverse("governance:action-close", args=[point.reference])
    hint = f"{point.owner.name}, by {full_day(point.due_on)}"
    if point.standing != ActionPoint.Standing.OPEN:
        return Task(point.what, url, point.get_standing_display(), "", f"{hint}. {point.outcome}")
    if point.is_overdue(today):
        late = count((today - point.due_on).days, "day")
        return Task(point.what, url, f"{late} late", "red", hint)
    return Task(point.what, url, "Open", "blue", hint)


def _page(meeting: Meeting) -> str:
    return reverse("governance:meeting", args=[meeting.reference])
