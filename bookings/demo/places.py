"""Dates on which places are given by more than who came first: a mixed room with its turns, a limit, a release."""

import datetime
from collections import Counter

from django.db.models import Count, Q

from bookings.actions.leaving import leave
from bookings.actions.places import release_on_the_day
from bookings.actions.rules import rules_of, set_course_rules, set_date_cap
from bookings.models import AgencyAllocation, Booking, Status
from training.catalogue.models import Event
from training.config.parts import Demo
from training.people.models import Sector
from training.web.when import london_day

TURNS = 3


def give_places(demo: Demo) -> None:
    coordinator = demo.person("coordinator").user
    waits = Count("bookings", filter=Q(bookings__status=Status.WAITLISTED))
    later = demo.now + datetime.timedelta(days=10)
    rows = Event.objects.published().filter(starts_at__gt=later).annotate(waits=waits)
    lists = list(rows.filter(waits__gte=4).select_related("version__course").order_by("-waits", "starts_at", "pk")[:4])
    if lists:
        _mix(lists[0], demo, coordinator)
        _release(lists[-1], demo)
    capped = rows.filter(waits=0, starts_at__gt=demo.now + datetime.timedelta(days=40)).order_by("starts_at", "pk")
    for event in capped[:1]:
        until = london_day(event.starts_at) - datetime.timedelta(days=21) if event.starts_at else None
        set_date_cap(event=event, places=3, until=until, by=coordinator, now=demo.now)


def _mix(event: Event, demo: Demo, coordinator: object) -> None:
    """The longest list, by a mixed room from a week ago on; since then some of the largest sector have left."""
    began = demo.now - datetime.timedelta(days=7)
    course = event.version.course
    rules = {"next_rule": "mix", "cap": 5, "cap_working_days": 15}
    set_course_rules(course=course, rules=rules, revision=rules_of(course).revision, by=coordinator, now=began)  # type: ignore[arg-type]
    rows = Booking.objects.filter(event=event, status=Status.BOOKED, employment__isnull=False)
    held = list(rows.select_related("person", "employment__agency").order_by("pk"))
    largest = Counter(one.employment.agency.sector for one in held if one.employment).most_common(1)
    leaving = [one for one in held if one.employment and one.employment.agency.sector == largest[0][0]][:TURNS]
    for number, booking in enumerate(leaving):
        leave(booking=booking, by=booking.person, now=began + datetime.timedelta(days=number, hours=number))


def _release(event: Event, demo: Demo) -> None:
    """Places that had been kept for a sector until yesterday, released by the clock."""
    AgencyAllocation.objects.get_or_create(
        event=event,
        sector=Sector.FAITH,
        defaults={
            "places": 2,
            "reason": "Two faith groups asked for them",
            "owner": demo.person("coordinator"),
            "release_on": demo.today - datetime.timedelta(days=1),
        },
    )
    release_on_the_day(now=demo.now)
