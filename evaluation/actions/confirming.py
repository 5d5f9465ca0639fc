"""A manager answers for their people, all at once or some now and some later, each person once."""

import datetime
import hashlib
import hmac
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from evaluation.actions.concerns import raise_concern
from evaluation.actions.screening import found_in
from evaluation.concern_words import may_be_a_concern
from evaluation.errors import EvaluationError
from evaluation.locking import one_manager_at_a_time
from evaluation.managers import Told, find_digest
from evaluation.models import Comment, Concern, ManagerConfirmation
from training.web.tokens import hash_token
from training.web.when import london_day

CLOSED = "This link does not work any more. If you have saved your answers, we have them."
State = ManagerConfirmation.State


@dataclass(frozen=True)
class Confirmed:
    """Who was answered for now, and what went to the duty people."""

    answered: list[ManagerConfirmation]
    concerns: list[Concern]


def confirm(*, token: str, told: Sequence[Told], is_about_safety: bool, now: datetime.datetime) -> Confirmed:
    """Keep what a manager says. Whoever was answered for before stays as they were.

    Examples are kept in a transaction of their own, before the answers: no row version of PostgreSQL ties the words to
    the person. What is about somebody's safety, or looks like it, goes to the duty people instead. Raises
    EvaluationError for a link that is wrong, all answered or closed.
    """
    with transaction.atomic():
        waiting = _waiting(token, now)
        examples = [(waiting[one.reference], one.example) for one in told if one.reference in waiting and one.example]
        if not is_about_safety:
            _keep_examples(((row, text) for row, text in examples if not may_be_a_concern(text)), now)
    with transaction.atomic():
        waiting = _waiting(token, now)
        given = [one for one in told if one.reference in waiting and one.state]
        answered = [_keep(waiting[one.reference], one, now) for one in given]
        return Confirmed(answered, _raise_concerns(list(waiting.values()), examples, is_about_safety, now))


def _waiting(token: str, now: datetime.datetime) -> dict[str, ManagerConfirmation]:
    one_manager_at_a_time(hash_token(token))
    digest = find_digest(token, now)
    if digest is None:
        raise EvaluationError(CLOSED)
    rows = digest.confirmations.waiting().select_related("booking__event__version").order_by("pk")
    return {row.reference: row for row in rows}


def _keep(row: ManagerConfirmation, told: Told, now: datetime.datetime) -> ManagerConfirmation:
    row.move_to(told.state, on=london_day(now))
    return row


def _keep_examples(examples: Iterable[tuple[ManagerConfirmation, str]], now: datetime.datetime) -> None:
    """Under an id that is made anew when the same is saved twice, and that tells nobody whose it is."""
    Comment.objects.bulk_create(
        (
            Comment(
                id=_example_id(row),
                origin=Comment.Origin.MANAGER,
                event=row.booking.event,
                on=london_day(now),
                text=text,
                suspicions=found_in(text),
            )
            for row, text in examples
        ),
        ignore_conflicts=True,
    )


def _example_id(row: ManagerConfirmation) -> uuid.UUID:
    key = f"example {row.reference}".encode()
    return uuid.UUID(bytes=hmac.new(settings.PAIRING_KEY.encode(), key, hashlib.sha256).digest()[:16], version=4)


def _raise_concerns(
    waiting: Sequence[ManagerConfirmation],
    examples: Iterable[tuple[ManagerConfirmation, str]],
    is_ticked: bool,
    now: datetime.datetime,
) -> list[Concern]:
    """One for each person about whom something was written; a tick without words is one about the first."""
    worrying = [(row, text) for row, text in examples if is_ticked or may_be_a_concern(text)]
    if is_ticked and not worrying:
        worrying = [(row, "") for row in waiting[:1]]
    found = Concern.Found.TICKED if is_ticked else Concern.Found.MATCHED
    return [
        raise_concern(booking=row.booking, texts=[text] if text else [], found=found, confirmation=row, now=now)
        for row, text in worrying
    ]
