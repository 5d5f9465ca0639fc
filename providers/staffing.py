"""Who teaches what a provider was ordered to deliver."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from providers.models import Commission, Engagement
from training.catalogue.models import DeliveryMode, Event, Teaching

ONE_DAY = datetime.timedelta(days=1)
LIVE = (Teaching.Status.PROPOSED, Teaching.Status.CONFIRMED)


def dates_to_teach(engagement: Engagement, *, after: datetime.date, now: datetime.datetime) -> list[Event]:
    """Dates not over and later than `after` that this trainer is asked or confirmed for, the next first.

    Those ordered from the provider; those ordered from nobody too, where they work for no other provider then.
    """
    person, provider = engagement.person, engagement.provider
    live_order = Commission.objects.live().filter(event=OuterRef("pk"))
    mine = Q(Exists(live_order.filter(contract__provider=provider)))
    others = Engagement.objects.filter(person=person).exclude(provider=provider)
    if not others.filter(Q(period__endswith__isnull=True) | Q(period__endswith__gt=after + ONE_DAY)).exists():
        mine |= ~Q(Exists(live_order))
    taught = Teaching.objects.filter(session__event=OuterRef("pk"), person=person, status__in=LIVE)
    rows = Event.objects.filter(mine, Exists(taught), ends_at__gt=now, ends_at__date__gt=after)
    rows = rows.exclude(standing=Event.Standing.CANCELLED).select_related("version").prefetch_related("sessions")
    return list(rows.order_by("starts_at", "pk"))


def without_trainer(now: datetime.datetime) -> "QuerySet[Event]":
    """Dates to come whose trainer was taken off or said no, with nobody asked since."""
    teaching = Teaching.objects.filter(session__event=OuterRef("pk"))
    rows = Event.objects.filter(Exists(teaching), ~Exists(teaching.filter(status__in=LIVE)), starts_at__gt=now)
    return rows.exclude(standing=Event.Standing.CANCELLED).exclude(mode=DeliveryMode.E_LEARNING)
