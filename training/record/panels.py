"""What a practitioner's own page shows of their record: certificates, and what falls due."""

import datetime

from training.config.parts import Panel
from training.people.models import Person, User
from training.record.falling_due import due_of
from training.record.models import Achievement
from training.web.when import london_day

# So long after the record is written the certificate is the thing that somebody comes for.
FRESH = datetime.timedelta(days=3)
SHOWN = 3
FIRST, LATER, DUE = 9, 14, 16


def own_panels(person: Person, now: datetime.datetime) -> list[Panel]:
    rows = Achievement.objects.filter(person=person).with_waiting(london_day(now)).select_related("version")
    latest = list(rows.order_by("-on", "-pk")[: SHOWN + 1])
    if not latest:
        return []
    fresh = next((row for row in latest if _is_fresh(row, now)), None)
    context = {"fresh": fresh, "latest": latest[:SHOWN], "elsewhere": Achievement.Source.ELSEWHERE}
    return [Panel("record/panels/certificates.html", context, weight=FIRST if fresh else LATER)]


def _is_fresh(row: Achievement, now: datetime.datetime) -> bool:
    own = row.source in (Achievement.Source.ATTENDED, Achievement.Source.E_LEARNING)
    return own and not row.is_waiting and row.recorded_at > now - FRESH


def due_panels(user: User, now: datetime.datetime) -> list[Panel]:
    """By everything that they say they do, confirmed or not; with the next date to book."""
    if user.person is None:
        return []
    today = london_day(now)
    works = [work for work in user.employments if work.counts and today in work.period]
    rows = due_of(works, user=user, now=now)
    shown = [(row, row.due.is_overdue(today)) for row in rows]
    return [Panel("record/panels/due.html", {"rows": shown}, weight=DUE)] if shown else []
