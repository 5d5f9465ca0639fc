"""Which date of ours a row is about: by its reference, or by course and day."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from bookings.imports.rows import Row
from training.catalogue.models import CourseVersion, Event, Session
from training.web.when import london_day
from training.web.words import day


class Dates:
    """Every date and course that the rows name, in three queries; those that hold places stay locked."""

    def __init__(self, rows: Sequence[Row]) -> None:
        codes = {row.course_code for row in rows if row.course_code}
        references = {row.event_reference for row in rows if row.event_reference}
        versions = CourseVersion.objects.filter(is_current=True, course__code__in=codes).select_related("course")
        self.versions = {version.course.code.upper(): version for version in versions}
        events = Event.objects.filter(reference__in=references) | Event.objects.filter(version__course__code__in=codes)
        found = (
            events.select_related("version__course").exclude(standing=Event.Standing.DRAFT).order_by("pk").distinct()
        )
        self._by_reference = {event.reference.upper(): event for event in found}
        self._days: dict[int, set[datetime.date]] = defaultdict(set)
        for session in Session.objects.filter(event__in=self._by_reference.values()):
            self._days[session.event_id].add(london_day(session.starts_at))
        self._by_day: dict[tuple[str, datetime.date], list[Event]] = defaultdict(list)
        self._standing: dict[str, list[Event]] = defaultdict(list)
        for event in self._by_reference.values():
            code = event.version.course.code.upper()
            for one in self._days[event.pk]:
                self._by_day[code, one].append(event)
            if event.starts_at is None and event.standing == Event.Standing.PUBLISHED:
                self._standing[code].append(event)

    def find(self, row: Row) -> None:
        """Give the row its event and version; what does not fit is noted in it."""
        if row.event_reference:
            self._by_its_reference(row)
        elif row.course_code:
            self._by_course_and_day(row)

    def _by_its_reference(self, row: Row) -> None:
        event = self._by_reference.get(row.event_reference)
        if event is None:
            row.read.wrong("event", "the reference of a date that Muster has")
            return
        row.event, row.version = event, event.version
        days = self._days[event.pk]
        if row.day is None and event.starts_at is not None:
            row.day = max(days)
        elif event.starts_at is not None and row.day not in days:
            row.read.wrong("date", f"the day of {event.reference}: {', '.join(day(one) for one in sorted(days))}")
        elif row.day is None:
            row.read.wrong("date", "a real date, like 28/02/2020")

    def _by_course_and_day(self, row: Row) -> None:
        row.version = self.versions.get(row.course_code)
        if row.version is None:
            row.read.wrong("course_code", "the code of a course that Muster has")
            return
        if row.day is None:
            return
        fitting = self._by_day.get((row.course_code, row.day)) or self._standing.get(row.course_code, [])
        if len(fitting) > 1:
            names = " or ".join(sorted(event.reference for event in fitting))
            row.read.wrong("event" if row.read.has("event") else "course_code", f"which date it was: {names}")
        elif fitting:
            row.event, row.version = fitting[0], fitting[0].version
