"""Taking the locks of an action in one order, so that two of them never wait for each other.

Dates first, lower id first; then persons, lower id first; then bookings.
"""

from django.db.models import Exists, OuterRef

from bookings.models import Booking
from training.catalogue.models import Event, Prerequisite
from training.people.models import Person


def lock_event(pk: int) -> Event:
    return lock_events(pk)[pk]


def lock_events(*pks: int) -> dict[int, Event]:
    rows = Event.objects.select_for_update(of=("self",), no_key=True).select_related("version__course")
    rows = rows.annotate(asks_first=Exists(Prerequisite.objects.filter(course=OuterRef("version__course"))))
    return {event.pk: event for event in rows.filter(pk__in=pks).order_by("pk")}


def lock_persons(*pks: int) -> None:
    """Nobody else may book for these persons meanwhile: they cannot be on two dates at once."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))


def lock_booking(pk: int) -> Booking:
    """After its date. Comes with what most actions look at."""
    rows = Booking.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person", "employment__agency", "policy_version").get(pk=pk)
