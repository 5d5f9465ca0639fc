"""What the lists of courses and dates are narrowed to by their addresses; nonsense is as if it were not there."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.http import QueryDict

from training.catalogue.models import Course, CourseVersion, DeliveryMode, Event, Remit
from training.people.finding import tidy_search
from training.web.when import LONDON

TO_COME, PAST, ALL = "to-come", "past", "all"
PERIODS = ((TO_COME, "To come"), (PAST, "Past"), (ALL, "All"))


@dataclass(frozen=True)
class CourseFilter:
    q: str = ""
    standing: str = ""
    remit: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "CourseFilter":
        standing, remit = query.get("standing", ""), query.get("remit", "")
        return cls(
            tidy_search(query.get("q", "")),
            standing if standing in Course.Standing.values else "",
            remit if remit in Remit.values else "",
        )

    def versions(self, now: datetime.datetime) -> QuerySet[CourseVersion]:
        """Current versions by title, each with `dates_to_come`: open or draft, not begun."""
        to_come = Q(course__versions__events__starts_at__gt=now) & ~Q(course__versions__events__standing="cancelled")
        rows = CourseVersion.objects.filter(is_current=True).select_related("course")
        rows = rows.annotate(dates_to_come=Count("course__versions__events", filter=to_come, distinct=True))
        if self.q:
            rows = rows.filter(Q(title__unaccent__icontains=self.q) | Q(course__code__icontains=self.q))
        if self.standing:
            rows = rows.filter(course__standing=self.standing)
        if self.remit:
            rows = rows.filter(course__remit=self.remit)
        return rows.order_by("title", "pk")


@dataclass(frozen=True)
class DateFilter:
    q: str = ""
    period: str = TO_COME
    standing: str = ""
    has_problems: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "DateFilter":
        standing, period = query.get("standing", ""), query.get("period", TO_COME)
        known = {value for value, _ in PERIODS}
        return cls(
            tidy_search(query.get("q", "")),
            period if period in known or _first_day(period) else TO_COME,
            standing if standing in Event.Standing.values else "",
            query.get("problems") == "1",
        )

    def events(self, now: datetime.datetime) -> QuerySet[Event]:
        rows = Event.objects.with_details()
        if self.q:
            title, code = Q(version__title__unaccent__icontains=self.q), Q(version__course__code__iexact=self.q)
            rows = rows.filter(title | code | Q(reference__iexact=self.q))
        if self.standing:
            rows = rows.filter(standing=self.standing)
        if self.has_problems:
            rows = rows.in_trouble()
        return self._in_period(rows, now)

    def _in_period(self, rows: QuerySet[Event], now: datetime.datetime) -> QuerySet[Event]:
        if self.period == PAST:
            return rows.filter(ends_at__lte=now).order_by("-starts_at", "-pk")
        if month := _first_day(self.period):
            following = (month + datetime.timedelta(days=32)).replace(day=1)
            rows = rows.filter(starts_at__gte=month, starts_at__lt=following)
        elif self.period == TO_COME:
            rows = rows.filter(Q(ends_at__gt=now) | Q(starts_at__isnull=True))
            rows = rows.exclude(mode=DeliveryMode.E_LEARNING, standing=Event.Standing.CANCELLED)
        return rows.order_by("starts_at", "pk")


def _first_day(text: str) -> datetime.datetime | None:
    """ "2027-05" → midnight in London on 1 May 2027; None for anything else."""
    if len(text) != 7:
        return None
    try:
        return datetime.datetime.strptime(f"{text}-01", "%Y-%m-%d").replace(tzinfo=LONDON)
    except ValueError:
        return None


def months_with_dates() -> list[tuple[str, str]]:
    """The months in which dates begin, the latest first: value and words."""
    found = Event.objects.filter(starts_at__isnull=False).annotate(month=TruncMonth("starts_at")).order_by("-month")
    months = found.values_list("month", flat=True).distinct()
    return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
