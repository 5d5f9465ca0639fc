"""What waits for whoever plans: a programme to begin, and planned dates that nobody has put on yet."""

import datetime

from django.urls import reverse

from training.config.parts import Todo
from training.people.models import User
from training.people.permissions import Permission
from training.programme.coverage import coverage_of
from training.programme.models import Programme
from training.web.when import london_day
from training.web.words import count


def planner_todos(user: User, now: datetime.datetime) -> list[Todo]:
    if not user.may(Permission.PLAN_PROGRAMME):
        return []
    today = london_day(now)
    rows = [_to_start(one) for one in Programme.objects.filter(standing="agreed", period__startswith__lte=today)]
    for programme in Programme.objects.in_force():
        missing = sum(gap.missing for gap in coverage_of(programme, today).gaps)
        if missing:
            url = reverse("programme:programme-need", args=[programme.reference]) + "#not-scheduled"
            verb = "is" if missing == 1 else "are"
            rows.append(Todo(f"{count(missing, 'planned date')} {verb} not scheduled yet.", url, "Look", 30))
    return rows


def _to_start(programme: Programme) -> Todo:
    url = reverse("programme:programme", args=[programme.reference])
    return Todo(f"{programme} was agreed and may begin.", url, "Begin it", 20, due_on=programme.starts_on)
