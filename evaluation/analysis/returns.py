"""What organisations filed of the training that they give their own people. Counts that they gave themselves."""

from collections import Counter
from dataclasses import dataclass

from training.people.models import Role, RoleGrant
from training.record.models import AgencyReturn, AgencyReturnLine
from training.web.periods import Period

MOST = 8


@dataclass(frozen=True)
class Returns:
    """`filed` of `asked` quarters of organisations. `themes` are the largest: people and courses."""

    filed: int
    asked: int
    people: int
    courses: int
    themes: tuple[tuple[str, int, int], ...]


def load_returns(period: Period) -> Returns:
    """Three queries. Asked are those that had a training lead on the last day of the period, once a quarter of it."""
    quarters = 1 if period.quarter else 4
    led = RoleGrant.objects.on(period.ends_on).filter(role=Role.AGENCY_LEAD, agency__isnull=False)
    asked = led.values("agency").distinct().count() * quarters
    rows = AgencyReturn.objects.filter(quarter_starts_on__gte=period.starts_on, quarter_starts_on__lt=period.ends_on)
    filed = rows.count()
    people: Counter[str] = Counter()
    courses: Counter[str] = Counter()
    lines = AgencyReturnLine.objects.filter(filed__in=rows.values("pk")).order_by("pk")
    for theme, times, number in lines.values_list("theme", "courses", "people"):
        people[theme] += number
        courses[theme] += times
    largest = tuple((theme, number, courses[theme]) for theme, number in people.most_common(MOST))
    return Returns(filed, max(asked, filed), people.total(), courses.total(), largest)
