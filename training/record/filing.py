"""Single-agency training by quarter: who is asked to file, who has, and what they filed."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from training.people.models import Agency, Partnership, Role, RoleGrant, User
from training.record.models import AgencyReturn, AgencyReturnLine
from training.web.periods import Period, quarter_before, quarter_of
from training.web.when import london_day

QUARTERS, MOST = 4, 100_000


class FilingError(Exception):
    """Why a return cannot be filed, in a sentence."""


@dataclass(frozen=True)
class Line:
    theme: str
    courses: int
    people: int


@dataclass(frozen=True)
class Filed:
    """One quarter of one organisation; `filed` is None while nobody has."""

    agency: Agency
    quarter: Period
    filed: AgencyReturn | None


def quarters_to_file(today: datetime.date, first_month: int) -> list[Period]:
    """The last four that are over, the newest first."""
    found = [quarter_before(quarter_of(today, first_month))]
    while len(found) < QUARTERS:
        found.append(quarter_before(found[-1]))
    return found


def returns_of(user: User, agencies: Iterable[Agency], quarters: Sequence[Period]) -> list[Filed]:
    """Every quarter of these organisations; one query and one for the lines."""
    rows = AgencyReturn.objects.visible_to(user).filter(
        agency__in=list(agencies), quarter_starts_on__in=[one.starts_on for one in quarters]
    )
    held = {(row.agency_id, row.quarter_starts_on): row for row in rows.prefetch_related("lines")}
    return [Filed(one, quarter, held.get((one.pk, quarter.starts_on))) for quarter in quarters for one in agencies]


def asked_to_file(today: datetime.date) -> list[Agency]:
    """Organisations that have a training lead: nobody else could."""
    led = RoleGrant.objects.on(today).filter(role=Role.AGENCY_LEAD).values("agency")
    return list(Agency.objects.filter(pk__in=led).order_by("name"))


@transaction.atomic
def file_return(
    *, agency: Agency, quarter: Period, lines: Sequence[Line], source: str, by: User, now: datetime.datetime
) -> AgencyReturn:
    """What the organisation trained its own people in; no line says that it was nothing. Given again, it is corrected.

    Raises FilingError for whoever does not lead it, a quarter that is not over, numbers that cannot be.
    """
    if by.person is None or agency.pk not in by.led_agency_ids:
        raise FilingError("Only the training lead of this organisation can file its return.")
    if quarter not in quarters_to_file(london_day(now), Partnership.objects.get().financial_year_starts_month):
        raise FilingError("Choose one of the last four quarters that are over.")
    source = " ".join(source.split())[:200]
    if not source:
        raise FilingError("Enter what the numbers come from.")
    themes = [line.theme.casefold() for line in lines]
    if len(set(themes)) < len(themes):
        raise FilingError("Enter each theme once.")
    if any(not line.theme or not 0 < line.courses <= MOST or not 0 < line.people <= MOST for line in lines):
        raise FilingError("Enter for each theme how many courses and people there were.")
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    filed, _ = AgencyReturn.objects.update_or_create(
        agency=agency,
        quarter_starts_on=quarter.starts_on,
        defaults={"source": source, "filed_by": by.person, "filed_at": now},
    )
    filed.lines.all().delete()
    AgencyReturnLine.objects.bulk_create(
        AgencyReturnLine(filed=filed, theme=one.theme, courses=one.courses, people=one.people) for one in lines
    )
    return filed
