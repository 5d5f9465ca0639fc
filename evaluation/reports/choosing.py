"""What there is to report on: quarters and years so far, courses, providers, latest dates, what was published."""

import datetime
from typing import Any

from django.db.models import Min

from evaluation.models.report import Snapshot
from evaluation.reports.scopes import periods_so_far
from providers.models import Provider
from training.catalogue.models import CourseVersion, Event
from training.people.models import Partnership
from training.web.when import london_day

QUARTERS, DATES, COPIES = 8, 60, 20


def choices(partnership: Partnership, now: datetime.datetime) -> dict[str, Any]:
    events = Event.objects.exclude(standing=Event.Standing.DRAFT)
    first = events.aggregate(first=Min("starts_at"))["first"]
    periods = periods_so_far(partnership, london_day(now), london_day(first) if first else None)
    quarters = [period for period in periods if period.quarter]
    courses = CourseVersion.objects.filter(is_current=True, course__versions__events__in=events.values("pk")).distinct()
    past = events.filter(starts_at__lte=now).select_related("version").order_by("-starts_at", "pk")
    return {
        "current": quarters[0] if quarters else None,
        "last": quarters[1] if len(quarters) > 1 else None,
        "quarters": quarters[2:QUARTERS],
        "older": quarters[QUARTERS:],
        "years": [period for period in periods if not period.quarter],
        "courses": courses.order_by("title", "pk").values_list("course__code", "title"),
        "providers": Provider.objects.order_by("name").values_list("reference", "name"),
        "dates": past[:DATES],
        "copies": Snapshot.objects.select_related("decision__meeting__body").order_by("-made_at")[:COPIES],
    }
