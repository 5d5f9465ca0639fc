"""The dates of a search as a month: a grid of days, or their list where there is no room for one. Never remembered."""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import QueryDict
from django.urls import reverse

from training.catalogue.finding.chosen import Chosen, chosen_filters
from training.catalogue.finding.dates import open_places_in_words
from training.catalogue.finding.open_dates import OPEN, open_values
from training.catalogue.finding.queries import FoundCourses, find_courses
from training.catalogue.finding.wanted import Choices, Wanted, as_query, read_wanted
from training.web.components import NavItem
from training.web.when import london_day
from training.web.words import clock

MOST_A_DAY = 6
MOST_MONTHS = 24


@dataclass(frozen=True)
class Entry:
    """One sitting of a date on a day of the month."""

    url: str
    title: str
    at: str
    places: str
    is_full: bool


@dataclass
class Day:
    """`further` are those that the page has no room for; `url` lists them all."""

    day: datetime.date
    url: str = ""
    is_today: bool = False
    is_outside: bool = False
    entries: list[Entry] = field(default_factory=list)
    further: int = 0


@dataclass(frozen=True)
class MonthPage:
    """`months` are those with dates, each with how many; `earlier` and `later` the neighbours, if there are any."""

    wanted: Wanted
    query: str
    found: FoundCourses
    first: datetime.date
    count: int
    weeks: Sequence[Sequence[Day]]
    months: Sequence[NavItem]
    earlier: NavItem | None
    later: NavItem | None
    chosen: Sequence[Chosen]

    @property
    def title(self) -> str:
        return f"{self.first:%B %Y}"


# Of the courses found, in the modes asked for: how many dates begin in each month.
_MONTHS = f"""
    SELECT date_trunc('month', event.starts_at AT TIME ZONE 'Europe/London')::date AS month, count(*)
    FROM catalogue_event event JOIN catalogue_courseversion version ON version.id = event.version_id
    WHERE version.course_id = ANY(%(courses)s) AND event.starts_at IS NOT NULL AND {OPEN}
        AND (%(modes)s::text[] IS NULL OR event.mode = ANY(%(modes)s))
    GROUP BY month ORDER BY month LIMIT {MOST_MONTHS}
"""  # noqa: S608 - nothing in it comes from outside
# Their sittings within these days, a few a day and how many there are.
_DAYS = f"""
    SELECT * FROM (
        SELECT (session.starts_at AT TIME ZONE 'Europe/London')::date AS day, event.reference, version.title,
               session.position, session.starts_at, event.booking_opens_at, event.places_offered, event.places_held,
               row_number() OVER days AS place, count(*) OVER (PARTITION BY
                   (session.starts_at AT TIME ZONE 'Europe/London')::date) AS in_all
        FROM catalogue_session session JOIN catalogue_event event ON event.id = session.event_id
            JOIN catalogue_courseversion version ON version.id = event.version_id
        WHERE version.course_id = ANY(%(courses)s) AND {OPEN}
            AND (%(modes)s::text[] IS NULL OR event.mode = ANY(%(modes)s))
            AND session.starts_at >= %(first)s::date::timestamp AT TIME ZONE 'Europe/London'
            AND session.starts_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/London'
        WINDOW days AS (PARTITION BY (session.starts_at AT TIME ZONE 'Europe/London')::date
            ORDER BY session.starts_at, version.title, event.id)
    ) sittings WHERE place <= {MOST_A_DAY} ORDER BY day, place
"""  # noqa: S608 - nor in this


def month_page(asked: QueryDict, *, now: datetime.datetime) -> MonthPage:
    """Seven queries at most, eight with words, however many dates. Without a month, the next one with dates."""
    choices, today = Choices.load(), london_day(now)
    wanted = read_wanted(asked, choices)
    found = find_courses(wanted, choices, now=now)
    modes = [str(mode) for mode in wanted.chosen.get("mode", ())] or None
    values = {"courses": list(found.course_ids), "modes": modes, **open_values(wanted, now=now)}
    counts = _counts(values)
    this_month = today.replace(day=1)
    first = max(this_month, wanted.month or min(counts, default=this_month))
    query = as_query(wanted, choices)
    return MonthPage(
        wanted=wanted,
        query=query.urlencode(),
        found=found,
        first=first,
        count=counts.get(first, 0),
        weeks=_weeks(first, _entries(first, values, now), query, today),
        months=[_link(query, month, f"{month:%b %Y} ({number})", first) for month, number in counts.items()],
        earlier=_link(query, _shifted(first, -1), "", first) if first > this_month else None,
        later=_link(query, _shifted(first, 1), "", first) if first < max(counts, default=first) else None,
        chosen=chosen_filters(query, wanted, found.facets),
    )


def _counts(values: dict[str, Any]) -> dict[datetime.date, int]:
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, values)
        return dict(cursor.fetchall())


Entries = dict[datetime.date, tuple[list[Entry], int]]


def _entries(first: datetime.date, values: dict[str, Any], now: datetime.datetime) -> Entries:
    """By day: those shown, and how many more there are."""
    last = _shifted(first, 1) - datetime.timedelta(days=1)
    shown: dict[datetime.date, list[Entry]] = defaultdict(list)
    numbers: dict[datetime.date, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {**values, "first": first, "last": last})
        for day, reference, title, position, starts_at, opens_at, offered, held, _, in_all in cursor.fetchall():
            left = None if offered is None else max(0, offered - held)
            numbers[day] = in_all
            shown[day].append(
                Entry(
                    url=reverse("catalogue:event", args=[reference]),
                    title=title if position == 1 else f"{title}, day {position}",
                    at=clock(starts_at),
                    places=open_places_in_words(opens_at, left, now=now),
                    is_full=left == 0,
                )
            )
    return {day: (entries, numbers[day] - len(entries)) for day, entries in shown.items()}


def _weeks(first: datetime.date, entries: Entries, query: QueryDict, today: datetime.date) -> list[list[Day]]:
    """Whole weeks from Monday, those that are over left out; a day of another month is empty."""
    weeks = []
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        if week[-1] < today:
            continue
        row = []
        for day in week:
            shown, further = entries.get(day, ([], 0))
            url = _day_url(query, day) if further else ""
            row.append(Day(day, url, day == today, day.month != first.month, shown, further))
        weeks.append(row)
    return weeks


def _day_url(query: QueryDict, day: datetime.date) -> str:
    changed = query.copy()
    for name in ("view", "month"):
        changed.pop(name, None)
    changed["from"] = changed["to"] = day.isoformat()
    return f"?{changed.urlencode()}"


def _link(query: QueryDict, month: datetime.date, label: str, current: datetime.date) -> NavItem:
    changed = query.copy()
    changed["month"] = f"{month:%Y-%m}"
    return NavItem(label or f"{month:%B %Y}", f"?{changed.urlencode()}", month == current)


def _shifted(first: datetime.date, months: int) -> datetime.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)
