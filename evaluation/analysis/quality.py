"""Complaints and observations of a time, of all providers and partners' own staff together."""

from dataclasses import dataclass

from django.db.models import Count

from evaluation.analysis.kept import observed_by_provider
from providers.models import Complaint
from training.web.periods import Period


@dataclass(frozen=True)
class Quality:
    """Counts of rows, never withheld. `complaints` are by what became of them."""

    met: int
    observed: int
    complaints: dict[str, int]

    @property
    def received(self) -> int:
        return sum(self.complaints.values())


def load_quality(period: Period) -> Quality:
    """Two queries. Complaints by the day on which they came."""
    seen = observed_by_provider(period).values()
    rows = Complaint.objects.filter(received_on__gte=period.starts_on, received_on__lt=period.ends_on)
    counted = dict(rows.values_list("standing").annotate(Count("pk")).order_by())
    return Quality(sum(met for met, _ in seen), sum(number for _, number in seen), counted)
