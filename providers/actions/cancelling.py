"""What was agreed about a date that is given back to a provider."""

from django.db import transaction

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError, StaleError
from providers.models import Contract
from training.people.models import User


@transaction.atomic
def set_cancelling_terms(
    *, contract: Contract, cancel_notice_days: int | None, cancel_percent: int, revision: int, by: User
) -> Contract:
    """So many working days before, a date given back costs nothing; later so many per cent of its fee.

    Raises StaleError when somebody else changed the contract since `revision` was read.
    """
    require_contracts(by)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.revision != revision:
        raise StaleError("contract", revision=locked.revision)
    if not 0 <= cancel_percent <= 100:
        raise ProvidersError("Enter a part of the fee from 0 to 100 per cent.")
    locked.cancel_notice_days, locked.cancel_percent = cancel_notice_days, cancel_percent
    locked.revision += 1
    locked.save()
    return locked
