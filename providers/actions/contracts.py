"""Writing down what was agreed with a provider."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError
from providers.models import Contract, ContractTerm, ExtensionOption, Provider
from providers.terms import REBUYING_MONTHS, months_later
from training.people.models import User

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
LONGEST_MONTHS = 120
MOST_OPTIONS = 8


@dataclass(frozen=True)
class ContractText:
    """`option_months` are the options in their order: 12 + 12. `value_pence` is for the first term."""

    reference: str
    starts_on: datetime.date
    initial_months: int
    option_months: Sequence[int] = field(default=())
    title: str = ""
    lot_number: int | None = None
    value_pence: int | None = None


def options_of(text: str) -> list[int] | None:
    """ "12+12" → [12, 12]; empty → []; None for what is not a row of months."""
    parts = [part.strip() for part in text.split("+")] if text.strip() else []
    if len(parts) > MOST_OPTIONS or not all(re.fullmatch(r"[1-9]\d{0,2}", part, re.ASCII) for part in parts):
        return None
    months = [int(part) for part in parts]
    return months if all(month <= LONGEST_MONTHS for month in months) else None


@transaction.atomic
def add_contract(*, provider: Provider, text: ContractText, by: User) -> Contract:
    """A contract with its first term and its options, each to be decided ten months before its term would begin.

    Raises ProvidersError for a reference that is taken or does not fit an address.
    """
    require_contracts(by)
    _check(text)
    contract = Contract(
        reference=text.reference,
        provider=provider,
        lot_number=text.lot_number,
        title=" ".join(text.title.split()),
        value_pence=text.value_pence,
    )
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError:
        raise ProvidersError(f"There is already a contract with the reference {text.reference}.") from None
    ends = months_later(text.starts_on, text.initial_months)
    ContractTerm.objects.create(
        contract=contract, kind=ContractTerm.Kind.INITIAL, period=DateRange(text.starts_on, ends)
    )
    for position, months in enumerate(text.option_months, start=1):
        decide_by = months_later(ends, -REBUYING_MONTHS)
        ExtensionOption.objects.create(contract=contract, position=position, months=months, decide_by=decide_by)
        ends = months_later(ends, months)
    return contract


def _check(text: ContractText) -> None:
    if not REFERENCE.fullmatch(text.reference):
        raise ProvidersError("Enter a reference of letters, digits and dashes, like BSP-2026-1.")
    if not 1 <= text.initial_months <= LONGEST_MONTHS:
        raise ProvidersError(f"Enter a first term from 1 to {LONGEST_MONTHS} months.")
    if text.value_pence is not None and text.value_pence < 0:
        raise ProvidersError("Enter a value of nought or more.")


@transaction.atomic
def correct_contract(
    *, contract: Contract, title: str, lot_number: int | None, value_pence: int | None, by: User
) -> Contract:
    """Put right what a contract is called, its lot and its value. Its time changes by options and variations alone."""
    require_contracts(by)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if (locked.title, locked.lot_number, locked.value_pence) == (title, lot_number, value_pence):
        return locked
    locked.title, locked.lot_number, locked.value_pence = title, lot_number, value_pence
    locked.revision += 1
    locked.save()
    return locked
