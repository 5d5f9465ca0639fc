"""What a contract agrees to pay for each way of teaching."""

from collections.abc import Mapping

from django.db import transaction

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError, StaleError
from providers.models import Contract, ContractRate
from training.catalogue.models import DeliveryMode
from training.people.models import User


@transaction.atomic
def set_rates(
    *, contract: Contract, rates: Mapping[str, tuple[int, int] | None], revision: int, by: User
) -> list[ContractRate]:
    """For each mode pence for a sitting of half a day and for a longer one; None: nothing is agreed.

    Raises StaleError when somebody else changed the contract since `revision` was read.
    """
    require_contracts(by)
    locked = Contract.objects.select_for_update().get(pk=contract.pk)
    if locked.revision != revision:
        raise StaleError("contract", revision=locked.revision)
    for mode, prices in rates.items():
        if prices is None:
            ContractRate.objects.filter(contract=locked, mode=mode).delete()
            continue
        half, day = prices
        if not 0 <= half <= day:
            raise ProvidersError(f"{DeliveryMode(mode).label}: a day costs at least as much as half a day.")
        given = {"half_day_pence": half, "day_pence": day}
        ContractRate.objects.update_or_create(contract=locked, mode=mode, defaults=given)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return list(ContractRate.objects.filter(contract=locked).order_by("mode"))
