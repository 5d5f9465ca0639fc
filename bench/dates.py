"""Dates made for the bench: open, far off, roomy."""

import datetime

from django.utils import timezone

from training.catalogue.models import CourseVersion, DeliveryMode, Event, Session

ROOMY = 30_000


def open_dates(name: str, number: int) -> list[Event]:
    """Published, live online, one a week from two months on, so that nobody is asked anything about them yet."""
    version = CourseVersion.objects.filter(is_current=True, course__standing="published").order_by("pk")[0]
    events = Event.objects.bulk_create(
        Event(
            reference=f"{name}{one}",
            version=version,
            mode=DeliveryMode.VIRTUAL,
            room_limit=ROOMY,
            places_offered=ROOMY,
        )
        for one in range(number)
    )
    first = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0) + datetime.timedelta(days=200)
    for week, event in enumerate(events):
        starts_at = first + datetime.timedelta(weeks=week % 100, minutes=week)
        Session.objects.create(
            event=event, position=1, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3)
        )
    Event.objects.filter(pk__in=[event.pk for event in events]).update(standing=Event.Standing.PUBLISHED)
    return events
