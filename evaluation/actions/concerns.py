"""Concerns: to the duty people at once, taken by one of them within a working day, opened by two together."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from bookings.models import Booking
from bookings.rules.policy import add_working_hours
from evaluation import emails
from evaluation.actions.screening import found_in
from evaluation.duty import coordinators, duty_people
from evaluation.errors import EvaluationError
from evaluation.models import Comment, Concern, ConcernStep, ManagerConfirmation, Unsealing
from training.people.models import Person, User
from training.web.when import london_day

WORKING_DAY_HOURS = 8
NOTE_LIMIT = 500

# What came of it, in the words of the page: the code is kept.
OUTCOMES = {
    "referred": "Passed on to children’s or adults’ social care, or the police",
    "agency_acts": "Passed on to the safeguarding lead where the writer works",
    "known": "Already being dealt with",
    "advice": "Advice given",
    "no_concern": "Read, and not about anybody’s safety",
}
STEP_WORDS = {
    "raised": "Raised",
    "taken": "Taken",
    "note": "Note",
    "overdue": "Overdue: all duty people and the coordinators told",
    "unsealing_asked": "Asked to look up who wrote it",
    "unsealed": "Agreed: the writer’s name opened",
    **OUTCOMES,
}


def raise_concern(
    *,
    booking: Booking,
    texts: Sequence[str],
    found: str,
    now: datetime.datetime,
    stage: str = "",
    confirmation: ManagerConfirmation | None = None,
) -> Concern:
    """With its messages, in one transaction. Where nobody may read it, the coordinators are told that much.

    `confirmation` when it was the manager of this booking's person who wrote.
    """
    concern = Concern.objects.create(
        event=booking.event,
        booking=booking,
        confirmation=confirmation,
        stage=stage,
        text="\n\n".join(texts),
        found=found,
        raised_at=now,
        due_at=add_working_hours(now, WORKING_DAY_HOURS),
    )
    _step(concern, "raised", by=None, now=now)
    day = london_day(now)
    duty = list(duty_people(booking.event, day))
    emails.tell_of_concern(concern, duty, now=now)
    if not any(person.email for person in duty):
        emails.tell_nobody_is_on_duty(concern, coordinators(day), now=now)
    return concern


@transaction.atomic
def take_concern(*, concern: Concern, by: User, now: datetime.datetime) -> Concern:
    """The first to take it deals with it; taking it again changes nothing. Raises EvaluationError if another has."""
    locked, person = _locked(concern, by)
    if locked.taken_by is not None and locked.taken_by != person:
        raise EvaluationError(f"{locked.taken_by.name} has taken this concern.")
    if locked.taken_by is None:
        locked.taken_by, locked.taken_at = person, now
        locked.save(update_fields=["taken_by", "taken_at"])
        _step(locked, "taken", by=person, now=now)
    return locked


@transaction.atomic
def note_on_concern(*, concern: Concern, note: str, by: User, now: datetime.datetime) -> Concern:
    """Write down what was done. Any duty person may, open or closed."""
    locked, person = _locked(concern, by)
    text = _text(note, "Write down what was done.")
    last = locked.steps.last()
    if last is None or (last.code, last.by_id, last.note) != ("note", person.pk, text):
        _step(locked, "note", by=person, now=now, note=text)
    return locked


@transaction.atomic
def close_concern(*, concern: Concern, outcome: str, note: str, by: User, now: datetime.datetime) -> Concern:
    """With what came of it. Raises EvaluationError for one that nobody has taken, or an outcome not in the list."""
    locked, person = _locked(concern, by)
    if outcome not in OUTCOMES:
        raise EvaluationError("Choose what came of it.")
    if locked.taken_at is None:
        raise EvaluationError("Take the concern first, so that it is on record who dealt with it.")
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        _hand_back(locked, now)
        _step(locked, outcome, by=person, now=now, note=_text(note, "Write down what was done."))
    return locked


def _hand_back(concern: Concern, now: datetime.datetime) -> None:
    """Words that only looked like it were somebody's answer too: from now on a screener may read them, with a mark.

    They come back without the response: the concern beside them names a booking.
    """
    if concern.found == Concern.Found.MATCHED and concern.text:
        Comment.objects.create(
            origin=Comment.Origin.MANAGER if concern.confirmation_id else Comment.Origin.PASSED_ON,
            was_passed_on=True,
            event=concern.event,
            stage=concern.stage,
            on=london_day(now),
            text=concern.text,
            suspicions=found_in(concern.text),
        )


@transaction.atomic
def ask_to_unseal(*, concern: Concern, reason: str, by: User, now: datetime.datetime) -> Unsealing:
    """The first of the two people: says why. The other duty people are asked by message."""
    locked, person = _locked(concern, by)
    text = _text(reason, "Say why the writer has to be known.")
    unsealing, is_new = Unsealing.objects.get_or_create(
        concern=locked, defaults={"reason": text, "asked_by": person, "asked_at": now}
    )
    if is_new:
        _step(locked, "unsealing_asked", by=person, now=now, note=text)
        others = duty_people(locked.event, london_day(now)).exclude(pk=person.pk)
        emails.ask_to_agree(unsealing, others, now=now)
    return unsealing


@transaction.atomic
def agree_to_unseal(*, concern: Concern, by: User, now: datetime.datetime) -> Unsealing:
    """The second of the two. Raises EvaluationError for the one who asked, or when nobody has asked."""
    locked, person = _locked(concern, by)
    unsealing = Unsealing.objects.filter(concern=locked).select_related("asked_by", "agreed_by").first()
    if unsealing is None:
        raise EvaluationError("Nobody has asked to look up the writer. Ask first, with a reason.")
    if unsealing.asked_by == person:
        raise EvaluationError("You asked, so another duty person has to agree.")
    if unsealing.agreed_by is None:
        unsealing.agreed_by, unsealing.agreed_at = person, now
        unsealing.save(update_fields=["agreed_by", "agreed_at"])
        _step(locked, "unsealed", by=person, now=now)
    return unsealing


def is_unsealed(concern: Concern) -> bool:
    return Unsealing.objects.filter(concern=concern, agreed_at__isnull=False).exists()


def _locked(concern: Concern, by: User) -> tuple[Concern, Person]:
    """The row, and who acts. Raises EvaluationError for somebody who may not see it."""
    rows = Concern.objects.visible_to(by).select_for_update(of=("self",)).select_related("taken_by", "event")
    locked = rows.filter(pk=concern.pk).first()
    if locked is None or by.person is None:
        raise EvaluationError("Only the duty people can deal with this concern.")
    return locked, by.person


def _text(typed: str, otherwise: str) -> str:
    text = typed.replace("\x00", "").strip()
    if not text:
        raise EvaluationError(otherwise)
    if len(text) > NOTE_LIMIT:
        raise EvaluationError(f"That is {len(text)} characters. Write {NOTE_LIMIT} or fewer.")
    return text


def _step(concern: Concern, code: str, *, by: Person | None, now: datetime.datetime, note: str = "") -> None:
    ConcernStep.objects.create(concern=concern, code=code, at=now, by=by, note=note)
