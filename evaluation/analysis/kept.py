"""What a provider kept to: dates delivered and cancelled, materials before a date, content after a review."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from evaluation.analysis.dates import DateFacts
from evaluation.analysis.figures import Figure, rate
from evaluation.analysis.planning import cancelled_by_provider
from providers.models import Commission, Complaint, Observation
from training.catalogue.models import CourseReview, MaterialVersion
from training.web.periods import Period
from training.web.when import london_day
from training.web.working_days import add_working_days

BEFORE_WORKING_DAYS, AFTER_WORKING_DAYS = 5, 20
Counts = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Kept:
    """By provider: so many of so many."""

    delivered: Counts
    cancelled: Counts
    materials: Counts
    content: Counts
    observed: Counts
    complaints: Counts


def load_kept(period: Period, dates: list[DateFacts], now: datetime.datetime) -> Kept:
    """Eight queries."""
    ran = {one.pk: one.has_run(now) for one in dates if one.has_run(now) or one.is_cancelled}
    rows = Commission.objects.filter(event__in=list(ran)).values_list("contract__provider", "event", "status")
    delivered: dict[tuple[int, int], bool] = {}
    for provider, event, status in rows:
        is_live = status != Commission.Status.CANCELLED
        delivered[provider, event] = delivered.get((provider, event), False) or (is_live and ran[event])
    theirs = cancelled_by_provider(dates)
    by_provider = [one for one in dates if one.provider is not None and one.has_run(now)]
    return Kept(
        _counted(delivered),
        _counted({key: (key[1], key[0]) in theirs for key in delivered}),
        _materials(by_provider),
        _content(period, by_provider, london_day(now)),
        observed_by_provider(period),
        _complaints(period, by_provider),
    )


def kept_figures(kept: Kept, provider: int) -> list[Figure]:
    def figure(code: str, label: str, counts: Counts, of: str) -> Figure:
        part, whole = counts.get(provider, (0, 0))
        return rate(code, label, part, whole, of)

    return [
        figure("delivered", "Delivered as ordered", kept.delivered, "{part} of {whole} dates ordered"),
        figure("provider_cancelled", "Cancelled by the provider", kept.cancelled, "{part} of {whole} dates ordered"),
        figure("materials_in_time", "Materials five working days before", kept.materials, "{part} of {whole} dates"),
        figure("content_updated", "Content updated after a review", kept.content, "{part} of {whole} reviews"),
        figure("observed_well", "Teaching seen to be up to standard", kept.observed, "{part} of {whole} observations"),
        figure("complaints_upheld", "Upheld complaints", kept.complaints, "{part} upheld for {whole} dates"),
    ]


def _counted(found: dict[tuple[int, int], bool]) -> Counts:
    counts: Counts = {}
    for (provider, _), is_so in found.items():
        part, whole = counts.get(provider, (0, 0))
        counts[provider] = (part + is_so, whole + 1)
    return counts


def _materials(ran: Iterable[DateFacts]) -> Counts:
    """Dates of courses that keep materials here, by whether the first was here five working days before."""
    rows = MaterialVersion.objects.filter(material__course__code__in={one.course for one in ran})
    first = dict(rows.values_list("material__course__code").annotate(Min("at")).order_by())
    found: dict[tuple[int, int], bool] = {}
    for one in ran:
        if one.course in first and one.starts_at is not None and one.provider is not None:
            by = add_working_days(london_day(one.starts_at), -BEFORE_WORKING_DAYS)
            found[one.provider, one.pk] = london_day(first[one.course]) <= by
    return _counted(found)


def _content(period: Period, ran: Iterable[DateFacts], today: datetime.date) -> Counts:
    """Reviews of the period that changed a course which the provider taught in it, once their time is over."""
    taught: dict[str, set[int]] = defaultdict(set)
    for one in ran:
        taught[one.course].add(one.provider or 0)
    reviews = CourseReview.objects.filter(
        course__code__in=list(taught), outcome="changed", on__gte=period.starts_on, on__lt=period.ends_on
    ).values_list("pk", "course__code", "on")
    changed = MaterialVersion.objects.filter(material__course__code__in=list(taught), at__date__gte=period.starts_on)
    days: dict[str, list[datetime.date]] = defaultdict(list)
    for code, at in changed.values_list("material__course__code", "at"):
        days[code].append(london_day(at))
    found: dict[tuple[int, int], bool] = {}
    for pk, code, on in reviews:
        by = add_working_days(on, AFTER_WORKING_DAYS)
        is_so = _any(days[code], lambda day, on=on, by=by: on <= day <= by)  # type: ignore[misc]
        if is_so or by < today:
            found.update({(provider, pk): is_so for provider in taught[code]})
    return _counted(found)


def observed_by_provider(period: Period) -> Counts:
    """Observations of dates in the period: up to standard, and all. Key 0 is partners' own staff."""
    rows = Observation.objects.filter(observed_on__gte=period.starts_on, observed_on__lt=period.ends_on)
    counted = rows.values_list("provider").annotate(met=Count("pk", filter=Q(verdict="met")), number=Count("pk"))
    return {provider or 0: (met, number) for provider, met, number in counted.order_by()}


def _complaints(period: Period, ran: Iterable[DateFacts]) -> Counts:
    """Upheld complaints that came in the period, for the dates that ran in it."""
    rows = Complaint.objects.filter(received_on__gte=period.starts_on, received_on__lt=period.ends_on)
    upheld = rows.filter(standing=Complaint.Standing.UPHELD, provider__isnull=False).values_list("provider")
    number = dict(upheld.annotate(Count("pk")).order_by())
    dates = Counter(one.provider for one in ran)
    return {provider: (number.get(provider, 0), whole) for provider, whole in dates.items() if provider is not None}


def _any(days: Iterable[datetime.date], test: Callable[[datetime.date], bool]) -> bool:
    return any(test(day) for day in days)
