"""The coordinator's decision, one charge or several at once: charge it, or cancel it with a reason."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from bookings.charges import emails
from bookings.errors import BookingsError
from bookings.models import Charge, ChargeStatus, Why
from bookings.rights import require_coordinator
from training.people.models import Person, User
from training.web.when import london_day
from training.web.words import full_day

DECIDABLE = (ChargeStatus.ASKED, ChargeStatus.CHARGED)


@transaction.atomic
def charge_them(*, charges: Iterable[Charge], by: User, now: datetime.datetime) -> list[Charge]:
    """They go on the next statement. Those decided so already stay as they are; all or none.

    Refused before whoever was asked has answered or their time is over.
    """
    person, rows = require_coordinator(by), lock_charges(charges)
    changed = [row for row in rows if row.status != ChargeStatus.CHARGED]
    for row in changed:
        _refuse_unless(row, (ChargeStatus.ASKED,))
        if row.explain_by >= london_day(now) and not row.answers.exists():
            raise BookingsError(
                f"{row.booking.person} has until {full_day(row.explain_by)} to say why. You can cancel the charge now."
            )
        row.decided_at = now
        row.move_to(ChargeStatus.CHARGED, by=person, now=now, code="charged")
        emails.tell_decided(row, now, code="charged", words="")
    return changed


@transaction.atomic
def cancel_charges(
    *, charges: Iterable[Charge], why: str, words: str, by: User, now: datetime.datetime
) -> list[Charge]:
    """Nothing is charged. `why` is one of `Why`; something else wants words. Cancelled ones stay as they are."""
    person, rows = require_coordinator(by), lock_charges(charges)
    words = " ".join(words.split())[:400]
    if why not in Why.values:
        raise BookingsError("Choose why the charge is cancelled.")
    if why == Why.OTHER and not words:
        raise BookingsError("Enter why the charge is cancelled.")
    reason = ". ".join(part for part in (str(Why(why).label), words) if part)
    changed = [row for row in rows if row.status != ChargeStatus.WAIVED]
    for row in changed:
        _refuse_unless(row, DECIDABLE)
        waive(row, reason, person, now)
    return changed


def waive(row: Charge, reason: str, by: Person | None, now: datetime.datetime, *, code: str = "waived") -> None:
    """Under the caller's lock."""
    row.decided_at = now
    row.move_to(ChargeStatus.WAIVED, by=by, now=now, code=code, reason=reason)
    emails.tell_decided(row, now, code="waived", words="")


def lock_charges(charges: Iterable[Charge]) -> list[Charge]:
    """Lower id first, as every action on several does. Each comes with what messages say."""
    rows = Charge.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[one.pk for one in charges])
    return list(
        rows.order_by("pk").select_related("booking__person", "booking__event__version__course", "agency", "statement")
    )


def _refuse_unless(row: Charge, statuses: tuple[ChargeStatus, ...]) -> None:
    if row.status not in statuses:
        raise BookingsError(f"{row.booking.person}: this is {row.get_status_display().lower()} already.")


@transaction.atomic
def name_order(*, charge: Charge, purchase_order: str, by: User) -> Charge:
    """A purchase order for this charge alone, before it stands on a statement."""
    require_coordinator(by)
    (locked,) = lock_charges([charge])
    _refuse_unless(locked, DECIDABLE)
    locked.purchase_order = " ".join(purchase_order.split())[:40]
    locked.save(update_fields=["purchase_order"])
    return locked
