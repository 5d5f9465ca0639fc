"""What an organisation says once a year of how many work there."""

import datetime

from django.db import transaction

from training.people.errors import PeopleError
from training.people.models import Agency, AgencyHeadcount, Partnership, User
from training.people.permissions import Permission

FIRST_YEAR = 2000
MOST = 1_000_000


@transaction.atomic
def record_headcount(
    *,
    agency: Agency,
    year: int,
    daily: int,
    sometimes: int,
    rarely: int,
    source: str,
    by: User,
    now: datetime.datetime,
) -> AgencyHeadcount:
    """Keep the return of the financial year that begins in `year`; one given again corrects it.

    Raises PeopleError for somebody else, a year to come, and a return of nobody or without a source.
    """
    if by.person is None or not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can record a headcount.")
    this_year = Partnership.objects.get().year_start(now.date()).year
    if not FIRST_YEAR <= year <= this_year:
        raise PeopleError(f"Enter a year from {FIRST_YEAR} to {this_year}.")
    source = " ".join(source.split())[:200]
    if not source or "\x00" in source:
        raise PeopleError("Enter who gave the numbers, and in what.")
    bands = {"daily": daily, "sometimes": sometimes, "rarely": rarely}
    if min(bands.values()) < 0 or max(bands.values()) > MOST or not any(bands.values()):
        raise PeopleError("Enter how many work there: at least one person in one of the three groups.")
    Agency.objects.select_for_update().get(pk=agency.pk)
    kept, _ = AgencyHeadcount.objects.update_or_create(
        agency=agency, year=year, defaults={**bands, "source": source, "recorded_by": by.person, "recorded_at": now}
    )
    return kept
