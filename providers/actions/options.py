"""Extending a contract by its options, and changing it beside them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError, StaleError
from providers.models import Commission, Contract, ContractTerm, ContractVariation, ExtensionOption
from providers.terms import months_later, time_of
from training.governance.models import Decision
from training.people.models import User
from training.web.words import full_day

LONGEST_MONTHS_BEFORE = 36
ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def decide_option(
    *,
    option: ExtensionOption,
    is_taken: bool,
    reason: str,
    by: User,
    now: datetime.datetime,
    decision: Decision | None = None,
) -> ExtensionOption:
    """Take up or refuse the next open option; taken, its months follow the last term. A second click does nothing.

    `decision` is the meeting's, where a meeting decided.
    """
    person = require_contracts(by)
    if not reason.strip():
        raise ProvidersError("Say why, in a sentence.")
    contract = Contract.objects.select_for_update().get(pk=option.contract_id)
    locked = ExtensionOption.objects.select_for_update().get(pk=option.pk)
    outcome = ExtensionOption.Outcome.TAKEN if is_taken else ExtensionOption.Outcome.REFUSED
    if locked.outcome == outcome:
        return locked
    earlier = contract.options.filter(position__lt=locked.position)
    if locked.outcome != "open" or earlier.exclude(outcome=ExtensionOption.Outcome.TAKEN).exists():
        raise ProvidersError("Options are decided once each and in their order.")
    locked.outcome, locked.reason, locked.decision = outcome, reason.strip()[:300], decision
    locked.decided_by, locked.decided_at = person, now
    locked.save()
    if is_taken:
        _add_term(contract, ContractTerm.Kind.EXTENSION, months_later(_ends(contract), locked.months))
        plan_decisions(contract)
    return locked


@transaction.atomic
def set_decision_time(
    *, contract: Contract, notice_months: int, rebuying_months: int, revision: int, by: User
) -> Contract:
    """How long before the end it must be decided: the notice agreed, and the time it takes to buy again.

    Raises StaleError when somebody else changed the contract since `revision` was read.
    """
    require_contracts(by)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.revision != revision:
        raise StaleError("contract", revision=locked.revision)
    if not (0 <= notice_months <= LONGEST_MONTHS_BEFORE and 0 <= rebuying_months <= LONGEST_MONTHS_BEFORE):
        raise ProvidersError(f"Enter months from 0 to {LONGEST_MONTHS_BEFORE}.")
    locked.notice_months, locked.rebuying_months = notice_months, rebuying_months
    locked.revision += 1
    locked.save()
    plan_decisions(locked)
    return locked


def plan_decisions(contract: Contract) -> None:
    """When each open option has to be decided, from where its months would begin. The contract is locked."""
    begins = _ends(contract)
    for option in contract.options.filter(outcome=ExtensionOption.Outcome.OPEN).order_by("position"):
        option.decide_by = months_later(begins, -(contract.notice_months + contract.rebuying_months))
        option.save(update_fields=["decide_by"])
        begins = months_later(begins, option.months)


@dataclass(frozen=True)
class Change:
    """What a variation changes; None and empty mean that it stays. `new_end` is the last day."""

    agreed_on: datetime.date
    reason: str
    new_end: datetime.date | None = None
    new_value_pence: int | None = None
    scope: str = ""


@transaction.atomic
def vary_contract(
    *, contract: Contract, change: Change, revision: int, by: User, now: datetime.datetime, decision: Decision | None
) -> ContractVariation:
    """Change a contract's end, value or scope as both sides agreed, and keep what it was before.

    Raises StaleError as above, and ProvidersError when the new end would leave dates that are ordered outside.
    """
    person = require_contracts(by)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.revision != revision:
        raise StaleError("contract", revision=locked.revision)
    if not change.reason.strip():
        raise ProvidersError("Say why, in a sentence.")
    old_end = _ends(locked) - ONE_DAY
    new_end = change.new_end if change.new_end != old_end else None
    value = change.new_value_pence if change.new_value_pence != locked.value_pence else None
    if new_end is None and value is None and not change.scope.strip():
        raise ProvidersError("Say what changes: the end, the value, or what it covers.")
    variation = ContractVariation.objects.create(
        contract=locked,
        agreed_on=change.agreed_on,
        old_end=old_end if new_end else None,
        new_end=new_end,
        old_value_pence=locked.value_pence if value is not None else None,
        new_value_pence=value,
        scope=change.scope.strip(),
        reason=change.reason.strip()[:300],
        decision=decision,
        recorded_by=person,
        recorded_at=now,
    )
    if new_end is not None:
        _end_on(locked, new_end)
        plan_decisions(locked)
    locked.value_pence = locked.value_pence if value is None else value
    locked.revision += 1
    locked.save()
    return variation


def _ends(contract: Contract) -> datetime.date:
    """The first day after all that is agreed."""
    return time_of(Contract.objects.get(pk=contract.pk)).ends_on + ONE_DAY


def _add_term(contract: Contract, kind: ContractTerm.Kind, ends: datetime.date) -> None:
    ContractTerm.objects.create(contract=contract, kind=kind, period=DateRange(_ends(contract), ends))


def _end_on(contract: Contract, last_day: datetime.date) -> None:
    ends = last_day + ONE_DAY
    if ends > _ends(contract):
        _add_term(contract, ContractTerm.Kind.VARIATION, ends)
        return
    terms = list(contract.terms.order_by("period"))
    if ends <= terms[0].period.lower:
        raise ProvidersError(f"The contract begins on {full_day(terms[0].period.lower)}. It can end after that.")
    _refuse_orders_after(contract, last_day)
    for term in terms:
        if term.period.lower >= ends:
            term.delete()
        elif term.period.upper > ends:
            term.period = DateRange(term.period.lower, ends)
            term.save(update_fields=["period"])


def _refuse_orders_after(contract: Contract, last_day: datetime.date) -> None:
    after = Commission.objects.live().filter(contract=contract, event__ends_at__date__gt=last_day)
    orders = list(after.select_related("event").order_by("event__starts_at", "pk"))
    if orders:
        raise ProvidersError(
            f"{_named(orders)} ordered under this contract after {full_day(last_day)}. "
            "Cancel those orders first, or order them under another contract."
        )


def _named(orders: Iterable[Commission]) -> str:
    references = [order.event.reference for order in orders]
    more = f" and {len(references) - 5} more dates" if len(references) > 5 else ""
    return ", ".join(references[:5]) + more + (" is" if len(references) == 1 else " are")
