"""The programme of a quarter: every open date by month, and what each course is about, to be printed and sent out."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from training.catalogue.finding.dates import when_in_words, with_days
from training.catalogue.finding.open_dates import dates_to_come
from training.catalogue.finding.rows import with_sessions
from training.catalogue.finding.wanted import Wanted
from training.catalogue.finding.wording import hours_in_words, modes_in_words, who_for
from training.catalogue.models import Course, CourseVersion, Event
from training.catalogue.printing.flyers import place_in_words, qr, shortened
from training.people.models import Partnership
from training.web.periods import Period
from training.web.words import local

SOURCE = Path(__file__).parent / "quarter.typ"
LONGEST_AIMS, MOST_OUTCOMES = 600, 6


def programme_of(quarter: Period, partnership: Partnership, *, now: datetime.datetime) -> dict[str, Any]:
    """For `quarter.typ`: what is open and has not begun. Seven queries, however many dates."""
    wanted = Wanted(first_day=quarter.starts_on, last_day=quarter.ends_on - datetime.timedelta(days=1))
    events = _events(wanted, now)
    address = f"{settings.PUBLIC_URL}{reverse('catalogue:course-list')}"
    return {
        "title": f"Training programme, {quarter.title}",
        "months_title": quarter.title,
        "partnership": partnership.name,
        "boards": partnership.boards,
        "email": partnership.contact_email,
        "phone": partnership.contact_phone,
        "made": f"{local(now):%-d %B %Y}",
        "months": _months(events),
        "courses": _courses(events),
        "number": len(events),
        "address": address,
        "shown": address.partition("://")[2].rstrip("/"),
        "qr": qr(address),
    }


def _events(wanted: Wanted, now: datetime.datetime) -> list[Event]:
    dates = dates_to_come(wanted, now=now).filter(version__course__in=Course.objects.in_catalogue().values("pk"))
    dates = dates.filter(starts_at__isnull=False).select_related("version__course")
    return list(with_days(with_sessions(dates)).order_by("starts_at", "pk"))


def _months(events: Sequence[Event]) -> list[dict[str, Any]]:
    return [
        {"name": name, "dates": [_date(event) for event in dates]}
        for name, dates in groupby(events, key=lambda event: f"{local(_start(event)):%B %Y}")
    ]


def _date(event: Event) -> dict[str, Any]:
    course = event.version.course
    return {
        "when": when_in_words(event),
        "title": event.version.title,
        "code": course.code,
        "where": place_in_words(event),
        "reference": event.reference,
    }


def _start(event: Event) -> datetime.datetime:
    assert event.starts_at is not None  # noqa: S101 - those without a day are left out
    return event.starts_at


def _courses(events: Iterable[Event]) -> list[dict[str, Any]]:
    dates: dict[int, list[Event]] = {}
    for event in events:
        dates.setdefault(event.version.course_id, []).append(event)
    versions = CourseVersion.objects.filter(is_current=True, course__in=dates).select_related("course")
    in_order = versions.prefetch_related("outcomes").order_by("title", "pk")
    return [_course(version, dates[version.course_id]) for version in in_order]


def _course(version: CourseVersion, events: Sequence[Event]) -> dict[str, Any]:
    facts = (modes_in_words({event.mode for event in events}), hours_in_words(version.hours), version.course.code)
    return {
        "title": version.title,
        "facts": " · ".join(one for one in facts if one),
        "audience": shortened(who_for(version.course, version), 300),
        "aims": shortened(version.aims, LONGEST_AIMS),
        "outcomes": [shortened(outcome.text, 200) for outcome in list(version.outcomes.all())[:MOST_OUTCOMES]],
        "dates": [{"when": when_in_words(event), "where": place_in_words(event)} for event in events],
    }
