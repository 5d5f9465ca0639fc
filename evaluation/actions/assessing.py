"""Writing a quarter's figures down to the providers, where their pages and their contracts look for them."""

import datetime

from evaluation.analysis.assessing import assessed, load_assessing, provider_figures
from evaluation.analysis.dates import load_lattice
from evaluation.errors import EvaluationError
from providers.actions.assessments import record_assessment
from providers.models import KpiAssessment, Provider
from training.people.models import Partnership, User
from training.people.permissions import Permission
from training.web.periods import Period, quarter_before, quarter_of
from training.web.when import london_day

# The end forms of a quarter's last date are closed by then: asked within 28 days, open for 21.
SETTLED_AFTER = datetime.timedelta(days=49)


def assess_providers_by_hand(*, period: Period, by: User, now: datetime.datetime) -> int:
    """The coordinator's button. Raises EvaluationError for somebody else, and for a quarter that is not over."""
    if not by.may(Permission.MANAGE_CONTRACTS):
        raise EvaluationError("Only a coordinator can write down a provider’s figures.")
    if period.ends_on > london_day(now):
        raise EvaluationError(
            f"The quarter is not over. Its figures can be written down from {period.ends_on:%-d %B %Y}."
        )
    return assess_providers(period=period, now=now)


def assess_settled_quarter(*, now: datetime.datetime) -> int:
    """What the clock does: the last quarter whose end forms are closed, unless its figures are there already."""
    partnership = Partnership.objects.first()
    if partnership is None:
        return 0
    settled_on = london_day(now - SETTLED_AFTER)
    period = quarter_before(quarter_of(settled_on, partnership.financial_year_starts_month))
    rows = KpiAssessment.objects.filter(period_starts_on=period.starts_on, period_ends_on=period.ends_on)
    if rows.filter(made_at__date__gte=period.ends_on + SETTLED_AFTER).exists():
        return 0
    return assess_providers(period=period, now=now)


def assess_providers(*, period: Period, now: datetime.datetime) -> int:
    """One row a provider and measure; returns how many. Again, the same figures change nothing."""
    partnership = Partnership.objects.get()
    first_month, below = partnership.financial_year_starts_month, partnership.withhold_below
    material = load_assessing(load_lattice(period, first_month=first_month, now=now, below=below), period)
    rows = 0
    for provider in Provider.objects.filter(pk__in={one.provider for one in material.ran}).order_by("pk"):
        for figure in provider_figures(material, provider.pk):
            record_assessment(
                provider=provider,
                measure=figure.code,
                definition_version=figure.version,
                period_starts_on=period.starts_on,
                period_ends_on=period.ends_on,
                figure=assessed(figure),
                now=now,
            )
            rows += 1
    return rows
