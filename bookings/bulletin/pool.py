"""What a bulletin may draw on: read once for all readers, in a fixed number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bookings.filling import open_dates
from bookings.places.reading import rooms_of
from bookings.places.room import Room
from training.catalogue.finding.dates import with_days
from training.catalogue.models import Course, CourseLevel, CourseVersion, Event
from training.people.models import Partnership
from training.web.periods import Period, quarter_of
from training.web.when import london_day

AHEAD = datetime.timedelta(weeks=8)
# Somebody who reads it tomorrow still has a day to ask their manager.
FIRST = datetime.timedelta(days=2)

Rungs = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Pool:
    """`rungs` are by version and code of the framework; `quarter` is the next one, `ahead` its dates."""

    dates: Sequence[Event]
    rooms: Mapping[int, Room]
    rungs: Mapping[int, Rungs]
    new: Sequence[CourseVersion]
    quarter: Period
    ahead: Sequence[Event]


def load_pool(*, since: datetime.datetime, now: datetime.datetime) -> Pool:
    """`since`: courses made from then on are new. Six queries."""
    partnership = Partnership.objects.get()
    quarter = quarter_of(
        quarter_of(london_day(now), partnership.financial_year_starts_month).ends_on,
        partnership.financial_year_starts_month,
    )
    soon = open_dates(now).filter(starts_at__gt=now + FIRST, starts_at__lt=now + AHEAD)
    dates = list(with_days(soon).order_by("starts_at", "pk"))
    new = list(_new(since))
    ahead = list(
        Event.objects.published()
        .filter(starts_at__date__gte=quarter.starts_on, starts_at__date__lt=quarter.ends_on, starts_at__gt=now)
        .filter(version__course__in=Course.objects.in_catalogue().values("pk"))
        .select_related("version__course")
        .order_by("starts_at", "pk")
    )
    versions = {event.version_id for event in (*dates, *ahead)} | {version.pk for version in new}
    return Pool(dates, rooms_of(dates, london_day(now)), _rungs(versions), new, quarter, ahead)


def _new(since: datetime.datetime) -> Iterable[CourseVersion]:
    """The first versions of courses that everybody sees, made since then and still what is offered."""
    rows = CourseVersion.objects.filter(number=1, is_current=True, made_at__gte=since)
    rows = rows.filter(course__in=Course.objects.in_catalogue().values("pk"))
    return rows.select_related("course").order_by("title", "pk")


def _rungs(version_ids: Iterable[int]) -> dict[int, dict[str, tuple[int, int]]]:
    rungs: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = CourseLevel.objects.filter(version_id__in=list(version_ids))
    for version_id, code, low, high in rows.values_list("version_id", "framework__code", "lowest", "highest"):
        rungs[version_id][code] = (low, high)
    return rungs
