"""The landing page of evaluation: what waits, by what somebody may do; which forms are open."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from evaluation.analysis.open_forms import OpenForm
from evaluation.evidence import answers_for_evidence
from evaluation.grading import STRONG
from evaluation.models import Comment, Concern, EvidenceItem, ManagerConfirmation
from training.people.models import Role, User
from training.people.permissions import Permission
from training.web.components import Cell, Column, Table, Task
from training.web.words import count, day

State = EvidenceItem.State


def tasks(user: User, now: datetime.datetime, today: datetime.date, below: int) -> list[Task]:
    """What waits for this person, somebody's safety first; each row leads to where it is dealt with."""
    return [*_concerns(user, now), *_to_screen(user), *_evidence(user, today, below)]


def _concerns(user: User, now: datetime.datetime) -> Iterator[Task]:
    """The duty people their own; coordinators that some are overdue, and never what they say."""
    if user.may(Permission.ANSWER_CONCERNS):
        number = Concern.objects.visible_to(user).open().count()
        yield _task("Concerns from forms", "evaluation:concerns", number, "Deal with them", "red")
    elif Role.COORDINATOR in user.roles:
        number = Concern.objects.overdue(now).count()
        yield _task("Concerns overdue for a duty person", "people:safety", number, "Ring one now", "red")


def _to_screen(user: User) -> Iterator[Task]:
    if not user.may(Permission.SCREEN_ANSWERS):
        return
    number = Comment.objects.to_screen().count()
    address = "evaluation:screening-next" if number else "evaluation:screening"
    yield _task("Answers in people’s own words, to be read before anybody sees them", address, number, "Read the next")


def _evidence(user: User, today: datetime.date, below: int) -> Iterator[Task]:
    if not user.may(Permission.GRADE_EVIDENCE) or user.person is None:
        return
    drafts = EvidenceItem.objects.visible_to(user).filter(state=State.DRAFT)
    mine = drafts.filter(drafted_by=user.person, grade__in=STRONG)
    yield _task(
        "Evidence to grade", "evaluation:evidence", drafts.exclude(pk__in=mine.values("pk")).count(), "Grade it"
    )
    if waiting := mine.count():
        yield _task("Your own A and B drafts, for somebody else to grade", "evaluation:evidence", waiting, "See them")
    answers = answers_for_evidence(below).count()
    yield _task("Cleared answers that may be evidence", "evaluation:evidence-answers", answers, "Choose")
    old = EvidenceItem.objects.approved().filter(expires_on__lte=today).count()
    yield _task("Approved evidence that is out of date", "evaluation:evidence", old, "Check it again")


QUERIES = {
    "Evidence to grade": "?state=draft",
    "Your own A and B drafts, for somebody else to grade": "?state=draft",
    "Approved evidence that is out of date": "?state=out-of-date",
}


def _task(label: str, url_name: str, number: int, action: str, colour: str = "blue") -> Task:
    url = reverse(url_name) + QUERIES.get(label, "")
    return Task(label, url, str(number) if number else "None", colour if number else "", action if number else "")


def managers_waiting(now: datetime.datetime) -> str:
    """How the managers' digests that are open stand, in a sentence; empty when none is."""
    rows = ManagerConfirmation.objects.filter(digest__closes_at__gt=now)
    asked, waiting = rows.count(), rows.waiting().count()
    if not asked:
        return ""
    return f"Managers have been asked about {count(asked, 'person', 'people')} and have answered for {asked - waiting}."


def forms_table(forms: list[OpenForm]) -> Table:
    rows = [
        [
            Cell(
                one.event.version.title,
                url=reverse("catalogue:event", args=[one.event.reference]),
                hint=day(one.event.starts_at) if one.event.starts_at else "In their own time",
            ),
            one.stage.label,
            one.figure.words,
            day(one.closes_at),
        ]
        for one in forms
    ]
    columns = [Column("Date"), Column("Form"), Column("Answered"), Column("Open until")]
    return Table("Forms that are open", columns, rows, is_caption_hidden=True)
