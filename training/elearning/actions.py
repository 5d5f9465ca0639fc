"""Saying that something was done elsewhere, answering it, and settling whose a row of the platform is."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from training.catalogue.models import CourseVersion
from training.elearning.errors import ElearningError
from training.elearning.models import Completion, ElsewhereClaim, Outcome, PlatformAccount
from training.people.models import Person, User
from training.people.permissions import Permission
from training.record.actions import achieve, record_all
from training.record.models import Achievement
from training.web.when import london_day

LARGEST_PROOF_MEGABYTES = 4


@transaction.atomic
def claim_elsewhere(
    *,
    version: CourseVersion,
    on: datetime.date,
    where: str,
    what_proves_it: str,
    proof: bytes,
    proof_name: str,
    submission: uuid.UUID,
    by: User,
    now: datetime.datetime,
) -> ElsewhereClaim:
    """Somebody says that they did a course elsewhere. The same form, or the same course and day, twice is one claim."""
    if by.person is None:
        raise ElearningError("Say your name first: open your own page.")
    if on > london_day(now):
        raise ElearningError("The day you finished cannot be in the future.")
    if not what_proves_it.strip() and not proof:
        raise ElearningError("Add the certificate as a file, or say in words what proves it.")
    Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
    rows = ElsewhereClaim.objects.filter(person=by.person)
    held = rows.filter(submission=submission).first()
    held = held or rows.filter(version=version, on=on).exclude(outcome=Outcome.REFUSED).first()
    return held or ElsewhereClaim.objects.create(
        person=by.person,
        version=version,
        on=on,
        where=where.strip(),
        what_proves_it=what_proves_it.strip(),
        proof=proof,
        proof_name=proof_name[:200] if proof else "",
        submission=submission,
        made_at=now,
    )


@transaction.atomic
def settle_claim(
    *, claim: ElsewhereClaim, is_confirmed: bool, answer: str, by: User, now: datetime.datetime
) -> ElsewhereClaim:
    """A lead or a coordinator answers; only then it is in the record. A second answer changes nothing."""
    locked = ElsewhereClaim.objects.to_settle_by(by).select_for_update(of=("self",)).filter(pk=claim.pk).first()
    if locked is None or by.person is None:
        raise ElearningError("Only the training lead of this person’s organisation or a coordinator can answer this.")
    if locked.outcome != Outcome.OPEN:
        return locked
    if not is_confirmed and not answer.strip():
        raise ElearningError("Say why it cannot be confirmed, so that they know what to do.")
    locked.outcome = Outcome.CONFIRMED if is_confirmed else Outcome.REFUSED
    locked.settled_by, locked.settled_at, locked.answer = by.person, now, answer.strip()
    locked.save(update_fields=["outcome", "settled_by", "settled_at", "answer"])
    if is_confirmed:
        achieve(
            person=locked.person,
            version=locked.version,
            on=locked.on,
            source=Achievement.Source.ELSEWHERE,
            origin=f"elsewhere:{locked.reference}",
            now=now,
        )
    return locked


@transaction.atomic
def settle_completion(*, completion: Completion, person: Person, by: User, now: datetime.datetime) -> Completion:
    """A coordinator says whose a row is; the platform's number is remembered. A second answer changes nothing."""
    locked = _locked(completion, by)
    if locked.person_id is not None or locked.is_set_aside:
        return locked
    locked.person, locked.settled_by = person, by.person
    locked.save(update_fields=["person", "settled_by"])
    if locked.external_id:
        PlatformAccount.objects.get_or_create(external_id=locked.external_id, defaults={"person": person})
    record_completions(completions=[locked], now=now)
    return locked


@transaction.atomic
def set_completion_aside(*, completion: Completion, by: User) -> Completion:
    """It is nobody's of this partnership: the row stays, and waits no longer."""
    locked = _locked(completion, by)
    if locked.person_id is None and not locked.is_set_aside:
        locked.is_set_aside, locked.settled_by = True, by.person
        locked.save(update_fields=["is_set_aside", "settled_by"])
    return locked


def _locked(completion: Completion, by: User) -> Completion:
    if not by.may(Permission.MANAGE_PEOPLE) or by.person is None:
        raise ElearningError("Only a coordinator can say whose this is.")
    return Completion.objects.select_for_update(of=("self",)).select_related("version__course").get(pk=completion.pk)


def record_completions(*, completions: Iterable[Completion], now: datetime.datetime) -> None:
    """Those of known people go into their records. Each with its `version` and course."""
    rows = [
        Achievement(
            person_id=one.person_id,
            version=one.version,
            on=one.on,
            hours=one.version.hours,
            source=Achievement.Source.E_LEARNING,
            origin=completion_origin(one),
            recorded_at=now,
        )
        for one in completions
        if one.person_id is not None
    ]
    record_all(rows=rows)


def completion_origin(completion: Completion) -> str:
    """With the day, since the same package is done again every few years."""
    return f"e-learning:{completion.version.course.code}:{completion.on:%Y-%m-%d}"
