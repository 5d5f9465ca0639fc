"""Whoever has a place on two dates at once: no rule can stop a date from being moved onto another one."""

from collections.abc import Sequence

from django.db.models import Q

from bookings.models import HOLDING_A_PLACE, Booking
from training.catalogue.models import Event, Session
from training.web.words import Timed, when


def elsewhere(event: Event, times: Sequence[Timed]) -> list[tuple[Booking, Session]]:
    """Those with a place on this date who have one elsewhere at one of these times: the other booking and its session.

    In two queries. A cancelled date holds no bookings.
    """
    during = Q(pk__in=[])
    for one in times:
        during |= Q(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
    here = Booking.objects.filter(event=event, status__in=HOLDING_A_PLACE).values("person")
    rows = Booking.objects.filter(person__in=here, status__in=HOLDING_A_PLACE).exclude(event=event)
    others = rows.filter(event__in=Session.objects.filter(during).values("event")).select_related("person", "event")
    found = list(others.select_related("event__version").order_by("person__name", "event__starts_at", "pk"))
    meeting = Session.objects.filter(during, event__in={one.event_id for one in found}).order_by("-starts_at")
    first = {session.event_id: session for session in meeting}
    return [(one, first[one.event_id]) for one in found]


def elsewhere_in_words(event: Event, times: Sequence[Timed]) -> list[str]:
    """ "Ann Smith has a place on Neglect (E0141) then: Tue 14 May, 9:30–13:00."."""
    return [
        f"{other.person} has a place on {other.event.version} ({other.event}) then: {when(session)}."
        for other, session in elsewhere(event, times)
    ]
