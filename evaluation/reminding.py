"""How the managers who are asked now stand, and whom the one reminder goes to on which day."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from types import SimpleNamespace

from django.conf import settings
from django.db.models import Count, Q

from evaluation import emails
from evaluation.models import ManagerConfirmation, ManagerDigest
from evaluation.timing import manager_reminder_day
from training.outbox.rendering import Rendered, render_message
from training.web.components import Cell, Column, Table
from training.web.when import london_day
from training.web.words import count, day

EXAMPLE = (("Sam Example", "Safeguarding children: the basics"), ("Jo Example", "Working with fathers"))


@dataclass(frozen=True)
class Asking:
    """The digests of one day whose links are open. `waiting` are managers who have not answered for everybody."""

    asked_on: datetime.date
    closes_on: datetime.date
    managers: int
    waiting: int
    people: int
    answered: int
    reminded: int
    remind_on: datetime.date | None


def asking_now(now: datetime.datetime) -> list[Asking]:
    """One query; the latest first. Counts, and never who is asked or about whom."""
    is_waiting = Q(confirmations__state=ManagerConfirmation.State.ASKED)
    rows = ManagerDigest.objects.filter(closes_at__gt=now).annotate(
        people=Count("confirmations"), unanswered=Count("confirmations", filter=is_waiting)
    )
    by_day: dict[datetime.date, list[ManagerDigest]] = defaultdict(list)
    for row in rows.order_by("-posted_at", "pk"):
        by_day[london_day(row.posted_at)].append(row)
    return [_asking(on, digests) for on, digests in by_day.items()]


def _asking(on: datetime.date, digests: list[ManagerDigest]) -> Asking:
    counted: Counter[str] = Counter()
    for one in digests:
        people, unanswered = one.people, one.unanswered  # type: ignore[attr-defined]
        counted.update(
            people=people, answered=people - unanswered, waiting=bool(unanswered), reminded=one.reminded_at is not None
        )
    last = max(one.closes_at for one in digests)
    return Asking(
        on,
        london_day(last),
        len(digests),
        counted["waiting"],
        counted["people"],
        counted["answered"],
        counted["reminded"],
        manager_reminder_day(digests[0].posted_at, last),
    )


def asking_table(rows: list[Asking]) -> Table | None:
    columns = [Column(label) for label in ("Asked on", "Answered", "The one reminder", "Open until")]
    cells = [
        [
            Cell(day(one.asked_on), hint=count(one.managers, "manager")),
            f"for {one.answered:,} of {count(one.people, 'person', 'people')}",
            reminder_words(one),
            day(one.closes_on),
        ]
        for one in rows
    ]
    return Table("Managers who are asked now", columns, cells, is_caption_hidden=True) if rows else None


def reminder_words(one: Asking) -> str:
    """ "Went to 12 managers", "Goes to 12 managers on Wed 11 Nov, if they have not answered by then"."""
    if one.reminded:
        return f"Went to {count(one.reminded, 'manager')}"
    if one.remind_on is None:
        return "None: the link closes first" if settings.EVALUATION_MANAGER_REMINDER_DAYS else "None"
    if not one.waiting:
        return "None: all have answered"
    return f"Goes to {count(one.waiting, 'manager')} on {day(one.remind_on)}, if they have not answered by then"


def reminder_preview(now: datetime.datetime) -> Rendered:
    """What the reminder says, about two people who do not exist; its link leads nowhere."""
    people = [_example(name, title) for name, title in EXAMPLE]
    closes_at = now + datetime.timedelta(days=settings.EVALUATION_MANAGER_OPEN_DAYS)
    words = emails.reminder_words(people, closes_at=closes_at, link=f"{settings.PUBLIC_URL}/confirm/…/")  # type: ignore[arg-type]
    return render_message("evaluation.remind_manager", {**words, "to": SimpleNamespace(name="Alex Example")})


def _example(name: str, title: str) -> SimpleNamespace:
    event = SimpleNamespace(version=SimpleNamespace(title=title), starts_at=None)
    return SimpleNamespace(booking=SimpleNamespace(person=SimpleNamespace(name=name), event=event))
