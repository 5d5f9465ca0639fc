"""What of evaluation waits for a body's decision: the last whole quarter's report, until somebody has accepted it."""

import datetime

from django.urls import reverse

from evaluation.models.report import Snapshot
from training.config.parts import AgendaPoint
from training.governance.models import Body
from training.people.models import Partnership
from training.web.periods import quarter_before, quarter_of
from training.web.when import london_day


def agenda(body: str, now: datetime.datetime) -> list[AgendaPoint]:
    """The PDL subgroup accepts reports; the Executive reads them."""
    partnership = Partnership.objects.first()
    if body != Body.Kind.PDL or partnership is None:
        return []
    quarter = quarter_before(quarter_of(london_day(now), partnership.financial_year_starts_month))
    scope = {"kind": "quarter", "key": quarter.key, "year": ""}
    if Snapshot.objects.filter(scope=scope, decision__isnull=False).exists():
        return []
    url = reverse("evaluation:report", args=["quarter", quarter.key])
    subject = f"Report of {quarter.title}"
    return [AgendaPoint(f"report:{quarter.key}", body, subject, "Accept it, and what to do about what it shows?", url)]
