"""The dates that answers are about, with the place of each in the lattice of cuts, in two queries for any number."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from evaluation.analysis.withholding import Place
from evaluation.models import Invitation
from providers.models import Commission
from training.catalogue.models import Event
from training.web.periods import Period, quarter_of, year_of
from training.web.when import in_london, london_day

# Whoever was there is asked within these days after the end, or not at all: see `evaluation.attending`.
ASKED_WITHIN = datetime.timedelta(days=28)


@dataclass(frozen=True)
class DateFacts:
    """One date as reports see it. `provider` is the one with the live order; None where a partner's own staff teach."""

    pk: int
    reference: str
    course: str
    version: int
    title: str
    mode: str
    is_cancelled: bool
    is_published: bool
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    capacity: int
    provider: int | None
    provider_name: str
    place: Place

    def has_run(self, now: datetime.datetime) -> bool:
        return self.is_published and self.ends_at is not None and self.ends_at <= now


@dataclass(frozen=True)
class Asking:
    """How many were sent the form of a stage, when the last of them was due, and until when they can answer."""

    asked: int = 0
    closes_at: datetime.datetime | None = None
    due_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Lattice:
    """Every date of the years concerned: those of the report, and those that theirs may be put together with."""

    dates: dict[int, DateFacts]
    asking: dict[tuple[int, str], Asking]
    now: datetime.datetime
    below: int
    places: dict[int, Place] = field(init=False)
    _closed: dict[str, frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {pk: one.place for pk, one in self.dates.items()})

    def is_closed(self, one: DateFacts, stage: str) -> bool:
        """Nobody can answer this form any more, nor be asked to."""
        if one.is_cancelled:
            return True
        if one.ends_at is None or one.ends_at + ASKED_WITHIN > self.now:
            return False
        closes_at = self.asking.get((one.pk, stage), Asking()).closes_at
        return closes_at is None or closes_at <= self.now

    def closed(self, stage: str) -> frozenset[int]:
        """Worked out once a stage."""
        if stage not in self._closed:
            self._closed[stage] = frozenset(pk for pk, one in self.dates.items() if self.is_closed(one, stage))
        return self._closed[stage]

    @property
    def today(self) -> datetime.date:
        return london_day(self.now)


def load_lattice(
    period: Period | None, *, first_month: int, now: datetime.datetime, below: int, since: Period | None = None
) -> Lattice:
    """All dates of the financial year of `period`, or all there are; from the year of `since` on, if it is given.

    Always whole years: blocks are put together within one. Drafts are in no report.
    """
    events = Event.objects.exclude(standing=Event.Standing.DRAFT)
    if period is not None:
        first, last = year_of((since or period).starts_on, first_month), year_of(period.starts_on, first_month)
        events = events.filter(starts_at__gte=midnight(first.starts_on), starts_at__lt=midnight(last.ends_on))
    return Lattice(_facts(events, first_month), _asking(events, now), now, below)


def load_dates(starts_on: datetime.date, ends_on: datetime.date, first_month: int) -> dict[int, DateFacts]:
    """The dates from the first day to the day before `ends_on`, drafts left out; one query."""
    events = Event.objects.exclude(standing=Event.Standing.DRAFT)
    return _facts(events.filter(starts_at__gte=midnight(starts_on), starts_at__lt=midnight(ends_on)), first_month)


def midnight(day: datetime.date) -> datetime.datetime:
    return in_london(day, datetime.time())


def _facts(events: QuerySet[Event], first_month: int) -> dict[int, DateFacts]:
    """The provider is that of the live order, found by an outer join: there is one at most."""
    live = ~Q(commissions__status=Commission.Status.CANCELLED)
    provider = "commissions__contract__provider"
    named = events.annotate(
        provider_id=Max(f"{provider}_id", filter=live), provider_name=Max(f"{provider}__name", filter=live)
    )
    rows = named.values_list(
        "pk",
        "reference",
        "version__course__code",
        "version_id",
        "version__title",
        "mode",
        "standing",
        "starts_at",
        "ends_at",
        "places_offered",
        "provider_id",
        "provider_name",
    )
    return {row[0]: _date(row, first_month) for row in rows.order_by(F("starts_at").asc(nulls_last=True), "pk")}


def _date(row: tuple[Any, ...], first_month: int) -> DateFacts:
    pk, reference, course, version, title, mode, standing, starts_at, ends_at, offered, provider, name = row
    return DateFacts(
        pk=pk,
        reference=reference,
        course=course,
        version=version,
        title=title,
        mode=mode,
        is_cancelled=standing == Event.Standing.CANCELLED,
        is_published=standing == Event.Standing.PUBLISHED,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=offered or 0,
        provider=provider,
        provider_name=name or "",
        place=_place(version, provider, starts_at, first_month),
    )


def _place(version: int, provider: int | None, starts_at: datetime.datetime | None, first_month: int) -> Place:
    if starts_at is None:
        return Place(version, provider, None, None)
    quarter = quarter_of(london_day(starts_at), first_month)
    return Place(version, provider, quarter.key, quarter.year)


def _asking(events: QuerySet[Event], now: datetime.datetime) -> dict[tuple[int, str], Asking]:
    rows = Invitation.objects.filter(booking__event__in=events.values("pk")).values_list("booking__event_id", "stage")
    counted = rows.annotate(
        asked=Count("pk", filter=Q(posted_at__lte=now)), closes_at=Max("closes_at"), due_at=Max("due_at")
    )
    return {(event, stage): Asking(*facts) for event, stage, *facts in counted.order_by()}


def pks(dates: Iterable[DateFacts]) -> frozenset[int]:
    return frozenset(one.pk for one in dates)
