"""Evidence: drafted by one, graded by a second for A and B, checked again before it is too old, decided upon."""

import datetime
from dataclasses import dataclass, fields

from django.db import transaction

from evaluation.errors import EvaluationError
from evaluation.grading import expiry_of, reasons_not_approvable
from evaluation.models import Comment, EvidenceItem, EvidenceStep
from training.catalogue.models import CourseVersion
from training.governance.actions import record_decision
from training.governance.models import Body, Priority
from training.people.models import Person, User
from training.people.permissions import Permission
from training.web.reasons import as_sentence, blocking
from training.web.when import london_day

State = EvidenceItem.State
REASON_LIMIT = 300
# What a step says that changes no state.
WRITTEN, CHANGED, CHECKED = "Written", "Changed", "Checked again: it still holds"


@dataclass(frozen=True)
class EvidenceText:
    """What somebody writes about one item. `count` of `possible` is the number after."""

    claim: str
    version: CourseVersion
    source: str
    grade: str
    period_starts_on: datetime.date
    period_ends_on: datetime.date
    priority: Priority | None = None
    is_independent: bool = False
    count: int | None = None
    possible: int | None = None
    before: str = ""
    after: str = ""
    what_else_changed: str = ""
    what_contradicts: str = ""


class StaleEvidenceError(EvaluationError):
    """Somebody else changed the item since its page was opened; `revision` is the item's own now."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            "Somebody else changed this while the page was open. What you typed is still here: read the item as it"
            " stands, then save again to put yours in its place."
        )
        self.revision = revision


@transaction.atomic
def draft_evidence(
    *, text: EvidenceText, comment: Comment | None = None, by: User, now: datetime.datetime
) -> EvidenceItem:
    """A new item; from an answer at most one, and the same words sent twice are one. Raises EvaluationError."""
    person = _grader(by)
    _refuse_nonsense(text)
    held = _of_comment(comment, text) if comment else _same_draft(person, text)
    if held is not None:
        return held
    item = EvidenceItem.objects.create(
        comment=comment, drafted_by=person, expires_on=expiry_of(text.period_ends_on), **_fields(text)
    )
    EvidenceStep.objects.create(item=item, was=State.DRAFT, became=State.DRAFT, at=now, by=person, reason=WRITTEN)
    return item


def _same_draft(person: Person, text: EvidenceText) -> EvidenceItem | None:
    """What a second click has sent already. The lock on the person lets one click wait for the other."""
    Person.objects.select_for_update().get(pk=person.pk)
    return EvidenceItem.objects.filter(drafted_by=person, state=State.DRAFT, **_fields(text)).first()


def _of_comment(comment: Comment, text: EvidenceText) -> EvidenceItem | None:
    """The item that there is. Locks the comment, so that it is neither used twice nor withheld meanwhile."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("response__event", "event")
    locked = rows.get(pk=comment.pk)
    if not locked.may_be_evidence or not Comment.objects.cleared().filter(pk=locked.pk).exists():
        raise EvaluationError("Only an answer of two months on that has been cleared can become evidence.")
    if locked.about.version_id != text.version.pk:
        raise EvaluationError("The answer is about another course.")
    return EvidenceItem.objects.filter(comment=locked).first()


@transaction.atomic
def change_evidence(
    *, item: EvidenceItem, text: EvidenceText, revision: int, by: User, now: datetime.datetime
) -> EvidenceItem:
    """Only a draft changes. Whoever did has written it, and cannot grade it A or B. Raises EvaluationError."""
    person = _grader(by)
    locked = _locked(item)
    _refuse_nonsense(text)
    if locked.state != State.DRAFT:
        raise EvaluationError("Only a draft can be changed. Take it back to a draft first.")
    if locked.revision != revision:
        raise StaleEvidenceError(locked.revision)
    if locked.comment_id and locked.version_id != text.version.pk:
        raise EvaluationError("The answer that it rests on is about another course.")
    for name, value in _fields(text).items():
        setattr(locked, name, value)
    EvidenceStep.objects.create(item=locked, was=State.DRAFT, became=State.DRAFT, at=now, by=person, reason=CHANGED)
    locked.expires_on = expiry_of(text.period_ends_on)
    locked.revision += 1
    locked.save()
    return locked


@transaction.atomic
def approve_evidence(*, item: EvidenceItem, revision: int, by: User, now: datetime.datetime) -> EvidenceItem:
    """Let it count. `revision` is what the grader read. Raises EvaluationError with all that speaks against it."""
    person = _grader(by)
    locked = _locked(item)
    if locked.state == State.APPROVED:
        return locked
    if locked.state != State.DRAFT:
        raise EvaluationError("It was found to be no evidence. Take it back to a draft first.")
    if locked.revision != revision:
        raise EvaluationError("Somebody else changed it while the page was open. Read it again, then decide.")
    if found := blocking(reasons_not_approvable(locked, grader=person, today=london_day(now))):
        raise EvaluationError(as_sentence(found))
    locked.graded_by = person
    locked.move_to(State.APPROVED, by=person, now=now)
    return locked


@transaction.atomic
def reject_evidence(*, item: EvidenceItem, reason: str, by: User, now: datetime.datetime) -> EvidenceItem:
    """Not evidence, or not any more, with the reason. Raises EvaluationError."""
    person = _grader(by)
    reason = reason.replace("\x00", "").strip()
    if not reason or len(reason) > REASON_LIMIT:
        raise EvaluationError(f"Enter why it is not evidence, in {REASON_LIMIT} characters or fewer.")
    locked = _locked(item)
    if locked.state != State.REJECTED:
        locked.move_to(State.REJECTED, by=person, now=now, reason=reason)
    return locked


@transaction.atomic
def reopen_evidence(*, item: EvidenceItem, by: User, now: datetime.datetime) -> EvidenceItem:
    """Back to a draft, to be mended and graded anew."""
    person = _grader(by)
    locked = _locked(item)
    if locked.state == State.APPROVED:
        raise EvaluationError("It is approved. Say why it is not evidence first.")
    if locked.state == State.REJECTED:
        locked.graded_by = None
        locked.move_to(State.DRAFT, by=person, now=now)
    return locked


@transaction.atomic
def check_evidence(*, item: EvidenceItem, by: User, now: datetime.datetime) -> EvidenceItem:
    """Somebody has looked again and it still holds: it counts for as long again. Twice a day is once."""
    person = _grader(by)
    locked = _locked(item)
    if locked.state != State.APPROVED:
        raise EvaluationError("Only approved evidence is checked again.")
    until = expiry_of(london_day(now))
    if locked.expires_on < until:
        EvidenceStep.objects.create(
            item=locked, was=State.APPROVED, became=State.APPROVED, at=now, by=person, reason=CHECKED
        )
        locked.expires_on = until
        locked.revision += 1
        locked.save(update_fields=["expires_on", "revision"])
    return locked


@transaction.atomic
def decide_on_evidence(
    *,
    item: EvidenceItem,
    body: Body,
    held_on: datetime.date,
    outcome: str,
    minute: str,
    by: User,
    now: datetime.datetime,
) -> EvidenceItem:
    """Record what a meeting decided because of this item; the first decision stays. Raises EvaluationError."""
    person = _grader(by)
    locked = _locked(item)
    if locked.state != State.APPROVED:
        raise EvaluationError("A decision rests on approved evidence only.")
    if held_on > london_day(now):
        raise EvaluationError("Enter the day of a meeting that has taken place.")
    if locked.decision is None:
        subject = f"Evidence: {locked.claim}"[:200]
        locked.decision = record_decision(
            body=body, held_on=held_on, subject=subject, outcome=outcome, minute=minute, by=person, now=now
        )
        locked.revision += 1
        locked.save(update_fields=["decision", "revision"])
    return locked


def _grader(by: User) -> Person:
    if by.person is None or not by.may(Permission.GRADE_EVIDENCE):
        raise EvaluationError("Only a PDL member or a coordinator can work on evidence.")
    return by.person


def _locked(item: EvidenceItem) -> EvidenceItem:
    rows = EvidenceItem.objects.select_for_update(of=("self",))
    return rows.select_related("version", "comment", "decision").get(pk=item.pk)


def _fields(text: EvidenceText) -> dict[str, object]:
    kept = {field.name: getattr(text, field.name) for field in fields(text)}
    return {
        name: value.replace("\x00", "").strip() if isinstance(value, str) else value for name, value in kept.items()
    }


def _refuse_nonsense(text: EvidenceText) -> None:
    cleaned = _fields(text)
    if not cleaned["claim"] or not cleaned["source"]:
        raise EvaluationError("Enter what changed, and where it was seen.")
    if text.period_ends_on < text.period_starts_on:
        raise EvaluationError("The last day is before the first day.")
    if text.count is not None and (text.possible is None or text.possible < text.count):
        raise EvaluationError("Enter of how many: at least as many as were counted.")
    if text.grade not in EvidenceItem.Grade.values:
        raise EvaluationError("Choose a grade.")
