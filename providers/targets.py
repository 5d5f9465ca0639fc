"""What is expected of providers: which figure is held against what, and how that reads."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal

from providers.models import KpiTarget

Measure = KpiTarget.Measure
# Fewer are better. Of everything else, more.
AT_MOST = frozenset({Measure.CANCELLED.value, Measure.COMPLAINTS.value})
OUT_OF_FIVE = frozenset({Measure.RELEVANCE.value})
Targets = Mapping[str, Decimal]


def targets_on(day: datetime.date) -> dict[str, Decimal]:
    """What was expected on this day, by measure; one query."""
    rows = KpiTarget.objects.in_force(day).values_list("measure", "value")
    return {measure: value for measure, value in rows if value is not None}


def expected_on(rows: Iterable[KpiTarget], measure: str, day: datetime.date) -> Decimal | None:
    """The same of rows that have been read."""
    begun = [row for row in rows if row.measure == measure and row.in_force_from <= day]
    return max(begun, key=lambda row: row.in_force_from).value if begun else None


def is_missed(targets: Targets, measure: str, value: float | Decimal | None) -> bool:
    """Nothing is missed of which nothing is known or expected."""
    if value is None or (target := targets.get(measure)) is None:
        return False
    # As many places as a figure keeps, so that 0.95 is not below 0.95.
    reached = round(Decimal(str(value)), 4)
    return reached > target if measure in AT_MOST else reached < target


def target_words(targets: Targets, measure: str) -> str:
    """ "at least 95 %", "at most 5 %", "at least 4.2 out of 5"; empty where nothing is expected."""
    target = targets.get(measure)
    return "" if target is None else words_of(measure, target)


def words_of(measure: str, value: Decimal) -> str:
    least = "at most" if measure in AT_MOST else "at least"
    shown = value if measure in OUT_OF_FIVE else value * 100
    return f"{least} {shown.normalize():f}{' out of 5' if measure in OUT_OF_FIVE else ' %'}"


def load_first_targets(model: type[KpiTarget] | object, at: datetime.datetime) -> None:
    """What Muster starts with: usual in contracts for this training. Twice changes nothing."""
    for measure, value in FIRST.items():
        model.objects.get_or_create(  # type: ignore[union-attr]
            measure=measure,
            in_force_from=FIRST_FROM,
            defaults={"value": value, "reason": FIRST_WHY, "set_at": at},
        )


FIRST_FROM = datetime.date(2019, 4, 1)
FIRST_WHY = "Usual in contracts for this training; no meeting has set another yet."
FIRST = {
    "delivered": Decimal("0.95"),
    "provider_cancelled": Decimal("0.05"),
    "materials_in_time": Decimal("0.95"),
    "register_in_time": Decimal("0.95"),
    "content_updated": Decimal("0.9"),
    "relevance": Decimal("4.2"),
    "observed_well": Decimal("0.9"),
    "complaints_upheld": Decimal("0.05"),
}
