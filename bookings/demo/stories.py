"""What the pages of each role have to show: planted, so that a test finds it again."""

import datetime

from bookings.models import AccessNeed, AgencyAllocation, Booking, Status
from training.catalogue.models import DeliveryMode, Event
from training.config.parts import Demo
from training.people.models import Employment, Sector
from training.web.working_days import add_working_days

NEEDS = (
    "A sign-language interpreter",
    "Slides in large print, sent the day before",
    "A seat near the door",
    "Step-free way in",
)


def cast_dates(demo: Demo) -> None:
    """Who is cast into which dates, before anybody books."""
    demo.keep("bookings.hers", _cast_practitioner(demo))
    demo.keep("bookings.overdue", _overdue(demo))
    demo.keep("bookings.thin", _thin(demo))


def _cast_practitioner(demo: Demo) -> dict[str, object]:
    """Three dates behind her, and the two next that are not the same day."""
    person = demo.person("practitioner")
    dated = Event.objects.published().exclude(mode=DeliveryMode.E_LEARNING).order_by("starts_at", "pk")
    before = dated.filter(starts_at__lt=demo.now - datetime.timedelta(days=7), starts_at__year__gte=demo.today.year - 1)
    after = dated.filter(starts_at__gt=demo.now + datetime.timedelta(days=2))
    chosen = [*before.reverse()[:9:3], *after[:9:5]]
    employment = Employment.objects.select_related("agency", "person").get(person=person)
    return {"employment": employment, "events": {event.pk for event in chosen}}


def _thin(demo: Demo) -> int | None:
    """The date on which a coordinator has to decide whether it runs: ten working days off, in a room."""
    day = add_working_days(demo.today, 10)
    rooms = Event.objects.published().filter(mode=DeliveryMode.FACE_TO_FACE, starts_at__date=day, minimum__gt=0)
    return rooms.order_by("pk").values_list("pk", flat=True).first()


def _overdue(demo: Demo) -> list[Event]:
    """One date of last week whose register has not come: the account `trainer` taught it."""
    week = datetime.timedelta(days=10)
    taught = Event.objects.taught_by(demo.person("trainer")).filter(ends_at__lt=demo.now, ends_at__gt=demo.now - week)
    return list(taught.order_by("-starts_at")[:1])


def tell_stories(demo: Demo) -> None:
    """Adjustments on dates to come, and places kept for schools on two of them."""
    to_come = Booking.objects.filter(status=Status.BOOKED, event__starts_at__gt=demo.now - datetime.timedelta(hours=12))
    for number, booking in enumerate(to_come.order_by("event__starts_at", "pk")[5:80:19]):
        AccessNeed.objects.create(
            booking=booking,
            what_to_do=NEEDS[number % len(NEEDS)],
            asked_at=booking.made_at,
            delete_on=_day(booking.event) + datetime.timedelta(days=28),
        )
    later = demo.now + datetime.timedelta(days=30)
    for event in (
        Event.objects.published().filter(starts_at__gt=later, places_offered__gte=15).order_by("starts_at")[:2]
    ):
        AgencyAllocation.objects.create(
            event=event,
            sector=Sector.EDUCATION,
            places=3,
            reason="Schools hear of their timetable late",
            owner=demo.person("coordinator"),
            release_on=_day(event) - datetime.timedelta(days=14),
        )


def _day(event: Event) -> datetime.date:
    """Of a date that has one."""
    if event.starts_at is None:
        raise ValueError(f"{event} is in one's own time")
    return event.starts_at.date()
