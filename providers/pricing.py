"""What a date costs by its contract's rates: each sitting is half a day or a day."""

import datetime
from collections.abc import Iterable

from providers.errors import ProvidersError
from providers.models import Contract, ContractRate
from training.catalogue.models import DeliveryMode
from training.web.words import Timed

# A sitting of so many hours at most is half a day.
HALF_A_DAY = datetime.timedelta(hours=4)


def fee_of(rate: ContractRate, sittings: Iterable[Timed]) -> int:
    """In pence."""
    spans = [one.ends_at - one.starts_at for one in sittings]
    return sum(rate.half_day_pence if span <= HALF_A_DAY else rate.day_pence for span in spans)


def rate_for(contract: Contract, mode: str) -> ContractRate:
    """Raises ProvidersError with what to do where the contract agrees none."""
    rate = ContractRate.objects.filter(contract=contract, mode=mode).first()
    if rate is None:
        raise ProvidersError(
            f"{contract} with {contract.provider} has no rate for {DeliveryMode(mode).label.lower()}."
            " Agree one with them, record it as a variation and enter the rate on the contract’s page."
        )
    return rate
