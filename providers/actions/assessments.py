import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from providers.errors import ProvidersError
from providers.models import KpiAssessment, Provider


@dataclass(frozen=True)
class Assessed:
    """A figure about a provider with everything it rests on. Withheld: nothing but that it is."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    n: int | None = None
    is_withheld: bool = False


@transaction.atomic
def record_assessment(
    *,
    provider: Provider,
    measure: str,
    definition_version: int,
    period_starts_on: datetime.date,
    period_ends_on: datetime.date,
    figure: Assessed,
    now: datetime.datetime,
) -> KpiAssessment:
    """Write down what `evaluation` measured. One row a provider, measure, definition and period: again is anew.

    `period_ends_on` is the first day after the period. The same figure again changes nothing.
    """
    if period_ends_on <= period_starts_on:
        raise ProvidersError("The period must end after it starts.")
    key: dict[str, Any] = {
        "measure": measure,
        "definition_version": definition_version,
        "period_starts_on": period_starts_on,
        "period_ends_on": period_ends_on,
    }
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    shown = Assessed(is_withheld=True) if figure.is_withheld else figure
    held = KpiAssessment.objects.filter(provider=provider, **key).first()
    if held is not None and all(getattr(held, name) == value for name, value in vars(shown).items()):
        return held
    written = {**vars(shown), "made_at": now}
    row, _ = KpiAssessment.objects.update_or_create({**written}, provider=provider, **key)
    return row
