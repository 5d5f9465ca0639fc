"""What was planned and did not run, by whom and why; and what is planned next."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from evaluation.analysis.dates import DateFacts, midnight
from providers.models import Engagement
from training.catalogue.models import Event, EventStep

NO_REASON = "No reason was written down"


@dataclass(frozen=True)
class Cancelling:
    """So many dates cancelled for one reason. Who: the partnership or a provider, never a person's name."""

    by: str
    reason: str
    dates: int


@dataclass(frozen=True)
class Ahead:
    """The open dates of a time to come. `few` are those with fewer booked than they need to run."""

    dates: int
    places: int
    held: int
    few: int
    in_trouble: int


def load_cancelled(dates: Iterable[DateFacts]) -> list[Cancelling]:
    """Two queries; the reason with most dates first."""
    cancelled = [one.pk for one in dates if one.is_cancelled]
    steps = EventStep.objects.filter(event__in=cancelled, became=Event.Standing.CANCELLED)
    rows = list(steps.values_list("event_id", "by_id", "at", "reason").order_by("at"))
    engaged = _engaged({person for _, person, _, _ in rows})
    counted: Counter[tuple[str, str]] = Counter()
    for _, person, at, reason in rows:
        counted[_by(person, at.date(), engaged), reason or NO_REASON] += 1
    if missing := len(cancelled) - sum(counted.values()):
        counted["Not known", NO_REASON] += missing
    return [Cancelling(by, reason, number) for (by, reason), number in counted.most_common()]


def cancelled_by_provider(dates: Iterable[DateFacts]) -> set[tuple[int, int]]:
    """Date and provider where somebody engaged by it on that day cancelled it. Two queries."""
    cancelled = [one.pk for one in dates if one.is_cancelled]
    steps = EventStep.objects.filter(event__in=cancelled, became=Event.Standing.CANCELLED)
    rows = list(steps.values_list("event_id", "by_id", "at"))
    engaged = _engaged({person for _, person, _ in rows})
    return {
        (event, one.provider_id)
        for event, person, at in rows
        for one in engaged
        if one.person_id == person and _is_on(one, at.date())
    }


def _engaged(persons: set[int]) -> list[Engagement]:
    return list(Engagement.objects.filter(person__in=persons).select_related("provider"))


def _by(person: int, day: datetime.date, engaged: Iterable[Engagement]) -> str:
    for one in engaged:
        if one.person_id == person and _is_on(one, day):
            return one.provider.name
    return "The partnership"


def _is_on(one: Engagement, day: datetime.date) -> bool:
    ends: datetime.date | None = one.period.upper
    return bool(one.period.lower <= day and (ends is None or day < ends))


def load_ahead(starts_on: datetime.date, ends_on: datetime.date) -> Ahead:
    """Two queries."""
    rows = Event.objects.published().filter(starts_at__gte=midnight(starts_on), starts_at__lt=midnight(ends_on))
    found = rows.aggregate(
        dates=Count("pk"),
        places=Sum("places_offered", default=0),
        held=Sum("places_held", default=0),
        few=Count("pk", filter=Q(places_held__lt=F("minimum"))),
    )
    return Ahead(**found, in_trouble=rows.in_trouble().count())
