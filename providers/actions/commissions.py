"""Ordering trainers: one event under one contract for a fee."""

import datetime

from django.db import IntegrityError, transaction

from providers.actions.rights import require_contracts
from providers.emails import send_order, tell_order_cancelled
from providers.errors import ProvidersError
from providers.models import Commission, Contract
from providers.ordering import live_commission, reasons_not_orderable
from training.catalogue.models import Event
from training.people.models import Person, User
from training.web.reasons import as_sentence, blocking

Status = Commission.Status
HIGHEST_FEE_PENCE = 100_000_00


@transaction.atomic
def commission_event(
    *, event: Event, contract: Contract, fee_pence: int, by: User, now: datetime.datetime
) -> Commission:
    """Order a trainer for a date; the provider gets the order. A second click changes nothing.

    What an import proposed becomes ordered. Raises ProvidersError with every one of `reasons_not_orderable`.
    """
    person = require_contracts(by)
    if not 0 <= fee_pence <= HIGHEST_FEE_PENCE:
        raise ProvidersError(f"Enter a fee from £0 to £{HIGHEST_FEE_PENCE // 100:,}.")
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    _refuse(locked, contract, now)
    live = live_commission(locked)
    if live is not None and live.status != Status.PROPOSED:
        if live.fee_pence != fee_pence:
            raise ProvidersError(f"{event} is ordered under {contract} for another fee. Cancel that order first.")
        return live
    try:
        with transaction.atomic():
            commission = live or Commission.objects.create(event=locked, contract=contract, status=Status.PROPOSED)
            commission.fee_pence = fee_pence
            commission.move_to(Status.ORDERED, by=person, now=now)
    except IntegrityError:
        _refuse(locked, contract, now)
        raise ProvidersError(f"{event} cannot be ordered under {contract}. Look at both again.") from None
    send_order(commission, now=now)
    return commission


def _refuse(event: Event, contract: Contract, now: datetime.datetime) -> None:
    if stops := blocking(reasons_not_orderable(event, contract, now)):
        raise ProvidersError(as_sentence(stops))


@transaction.atomic
def propose_commission(*, event: Event, contract: Contract, by: Person, now: datetime.datetime) -> Commission:
    """For imports: a file names the provider and no fee. Another proposal makes way; an order does not.

    Raises ProvidersError for a date that is ordered from somebody else.
    """
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    live = live_commission(locked)
    if live is not None:
        if live.contract.provider_id == contract.provider_id:
            return live
        if live.status != Status.PROPOSED:
            raise ProvidersError(f"{event} is ordered from {live.contract.provider}. Cancel that order first.")
        live.move_to(Status.CANCELLED, by=by, now=now, reason=f"A file names {contract.provider}.")
    return Commission.objects.create(event=locked, contract=contract, status=Status.PROPOSED)


@transaction.atomic
def cancel_commission(*, commission: Commission, reason: str, by: User, now: datetime.datetime) -> Commission:
    """Take an order back; the provider is told why, unless it was only proposed. A second click changes nothing."""
    person = require_contracts(by)
    locked = Commission.objects.select_for_update(of=("self",)).select_related("event", "contract__provider")
    held = locked.get(pk=commission.pk)
    if held.status == Status.CANCELLED:
        return held
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise ProvidersError("Enter why the order is cancelled: the provider is told.")
    if held.status == Status.DELIVERED:
        raise ProvidersError("This date was delivered: its order stays.")
    was_ordered = held.status in (Status.ORDERED, Status.PAUSED)
    held.move_to(Status.CANCELLED, by=person, now=now, reason=reason)
    if was_ordered:
        tell_order_cancelled(held, reason=reason, now=now)
    return held
