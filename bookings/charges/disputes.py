"""A training lead disputes a charge; the coordinator upholds it, which credits or cancels it, or lets it stand."""

import datetime

from django.db import transaction

from bookings.charges import emails
from bookings.charges.answering import require_lead
from bookings.charges.deciding import lock_charges, waive
from bookings.errors import BookingsError
from bookings.models import Charge, ChargeStatus, Credit
from bookings.rights import actor, require_coordinator
from training.people.models import User
from training.web.words import pounds


@transaction.atomic
def dispute(*, charge: Charge, words: str, by: User, now: datetime.datetime) -> Charge:
    """Once for each charge, before or after it stands on a statement. A second click changes nothing.

    Before, it is held back from the next batch; whichever of the two comes first, the other waits for.
    """
    require_lead(by, charge)
    (locked,) = lock_charges([charge])
    if locked.status == ChargeStatus.DISPUTED:
        return locked
    words = " ".join(words.split())[:500]
    if not words:
        raise BookingsError("Enter what is wrong with this charge.")
    if locked.steps.filter(code="refused").exists():
        raise BookingsError("This was disputed before, and the charge stands. Write to the training team.")
    if locked.status not in (ChargeStatus.CHARGED, ChargeStatus.BILLED):
        raise BookingsError(f"There is nothing to dispute: this is {locked.get_status_display().lower()}.")
    locked.move_to(ChargeStatus.DISPUTED, by=actor(by), now=now, code="disputed", reason=words)
    return locked


@transaction.atomic
def uphold(*, charge: Charge, words: str, pence: int | None, by: User, now: datetime.datetime) -> Charge:
    """Give back `pence` of what stands on a statement (None: all of it); what does not stand on one is cancelled.

    A second click changes nothing.
    """
    person, (locked,) = require_coordinator(by), lock_charges([charge])
    if locked.status in (ChargeStatus.CREDITED, ChargeStatus.WAIVED):
        return locked
    words = _words(locked, words)
    if locked.statement is None:
        waive(locked, words, person, now, code="upheld")
    else:
        given = locked.amount_pence if pence is None else pence
        if not 0 < given <= locked.amount_pence:
            raise BookingsError(f"Give back a sum up to {pounds(locked.amount_pence)}.")
        Credit.objects.create(charge=locked, amount_pence=given, at=now, by=person, reason=words)
        locked.move_to(ChargeStatus.CREDITED, by=person, now=now, code="upheld", reason=words)
    _tell(locked, words, True, now)
    return locked


@transaction.atomic
def let_stand(*, charge: Charge, words: str, by: User, now: datetime.datetime) -> Charge:
    """The charge stays as it was. A second click changes nothing."""
    person, (locked,) = require_coordinator(by), lock_charges([charge])
    if locked.steps.filter(code="refused").exists():
        return locked
    words = _words(locked, words)
    back = ChargeStatus.BILLED if locked.statement else ChargeStatus.CHARGED
    locked.move_to(back, by=person, now=now, code="refused", reason=words)
    _tell(locked, words, False, now)
    return locked


def _words(locked: Charge, words: str) -> str:
    words = " ".join(words.split())[:500]
    if locked.status != ChargeStatus.DISPUTED:
        raise BookingsError("Nobody disputes this charge.")
    if not words:
        raise BookingsError("Enter what you answer: whoever disputed it reads it.")
    return words


def _tell(locked: Charge, words: str, is_upheld: bool, now: datetime.datetime) -> None:
    step = locked.steps.filter(code="disputed").select_related("by").last()
    if step is not None and step.by is not None:
        emails.tell_dispute_answered(locked, step.by, words, is_upheld, now)
