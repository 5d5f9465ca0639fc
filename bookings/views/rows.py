"""Looking up what an address names, among the rows that the user may see: anything else is a 404."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.http import Http404
from django.shortcuts import get_object_or_404

from bookings.models import AgencyAllocation, Booking, CourseRules, DateCap, NextRule
from training.catalogue.models import Event, Prerequisite
from training.people.models import Person, User
from training.record.models import Achievement


def with_details(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """What every page about a booking looks at, in two queries."""
    joined = rows.select_related(
        "event__version__course", "person", "employment__agency", "policy_version", "employment__person"
    )
    return joined.prefetch_related("event__sessions__venue")


def booking_or_404(user: User, reference: str) -> Booking:
    """One's own, one of the organisation's that one leads, or any for a coordinator."""
    return get_object_or_404(with_details(Booking.objects.visible_to(user)), reference=reference.upper())


def event_or_404(user: User | None, reference: str) -> Event:
    events = Event.objects.visible_to(user).select_related("version__course").prefetch_related("sessions__venue")
    found = events.filter(reference__in={reference, reference.upper()}).first()
    if found is None:
        raise Http404
    return found


def public_event_or_404(reference: str, user: User, person: Person, day: datetime.date) -> Event:
    """A date that everybody may see, or whose organisation is theirs, without its days: what a form for booking asks.

    In one query with whether there are rules for its places, whether something is asked for first, and when this
    person did the course last.
    """
    kept = AgencyAllocation.objects.filter(event=OuterRef("pk")).in_force(day)
    done = Achievement.objects.filter(person=person, version__course=OuterRef("version__course")).order_by("-on")
    events = Event.objects.public_to(user).select_related("version__course__booking_rules")
    first = Prerequisite.objects.filter(course=OuterRef("version__course"))
    events = events.annotate(has_place_rules=_has_place_rules(kept), asks_first=Exists(first))
    events = events.annotate(done_on=Subquery(done.values("on")[:1]))
    found = events.filter(reference__in={reference, reference.upper()}).first()
    if found is None:
        raise Http404
    return found


def _has_place_rules(kept: QuerySet[AgencyAllocation]) -> Combinable:
    """Whether it matters for this date's places who asks: nothing else is read where it does not."""
    rules = CourseRules.objects.filter(course=OuterRef("version__course"))
    return (
        Exists(kept)
        | Exists(DateCap.objects.filter(event=OuterRef("pk"), places__isnull=False))
        | Exists(rules.filter(Q(cap__isnull=False) | Q(next_rule=NextRule.MIX)))
    )
