"""What people answered about courses in their own time, by the quarter in which they answered.

A standing date has no end, so its answers belong to no quarter by their date (docs/adr/0012). They are cut by the day
of answering instead: the window of a quarter closes with the quarter, so a quarter that still runs shows none, and one
that is over never changes. What is too small is put together as everywhere.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from evaluation.analysis.figures import Figure, Tally, mean, rate
from evaluation.analysis.withholding import Block, Place, blocks, shown
from evaluation.models import Answer, Invitation, Question, Response, Stage
from training.catalogue.models import DeliveryMode, Event
from training.web.periods import Period, quarter_of, year_of

CODE = "relevance"
Window = tuple[int, str]  # a date and the key of a quarter


@dataclass(frozen=True)
class OwnTime:
    """One course: how many of those asked answered in the time, and what they thought of it."""

    title: str
    response: Figure
    relevance: Figure


@dataclass(frozen=True)
class Answered:
    """`windows` are numbered, so that the rules of withholding take them for dates."""

    windows: dict[Window, int]
    found: list[Block[Tally]]

    def cut(self, period: Period, events: Iterable[int] | None = None) -> frozenset[int]:
        wanted = None if events is None else set(events)
        return frozenset(
            number
            for (event, quarter), number in self.windows.items()
            if (wanted is None or event in wanted) and _is_in(quarter, period)
        )


def load_own_time(period: Period, first_month: int, today: datetime.date, below: int) -> list[OwnTime]:
    """By title, then all together if there are several. Four queries for any number of courses."""
    standing = Event.objects.filter(mode=DeliveryMode.E_LEARNING, starts_at__isnull=True)
    titles = dict(standing.exclude(standing=Event.Standing.DRAFT).values_list("pk", "version__title"))
    answered = _load(titles, year_of(period.starts_on, first_month), first_month, today, below)
    asked, given = _asked(titles, period), _given(titles, period, today)
    by_title: dict[str, list[int]] = defaultdict(list)
    for pk, title in titles.items():
        if asked.get(pk):
            by_title[title].append(pk)
    rows = [_row(title, pks, asked, given, answered, period, below) for title, pks in sorted(by_title.items())]
    everybody = [pk for pks in by_title.values() for pk in pks]
    if len(rows) > 1:
        rows.append(_row("All together", everybody, asked, given, answered, period, below))
    return rows


def _row(
    title: str,
    pks: list[int],
    asked: dict[int, int],
    given: dict[int, int],
    answered: Answered,
    period: Period,
    below: int,
) -> OwnTime:
    part, whole = (sum(counts.get(pk, 0) for pk in pks) for counts in (given, asked))
    tally = shown(answered.found, answered.cut(period, pks), Tally())
    return OwnTime(
        title,
        rate("response_own_time", "Who answered", part, max(part, whole), "{part} of {whole} people answered"),
        mean("relevance_own_time", "Fits my work", tally, below),
    )


def _asked(titles: dict[int, str], period: Period) -> dict[int, int]:
    """Forms that could be answered in the time: sent before its end, open in it, not answered before it."""
    rows = Invitation.objects.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gte=period.starts_on),
        stage=Stage.END,
        booking__event__in=list(titles),
        posted_at__date__lt=period.ends_on,
        closes_at__date__gte=period.starts_on,
    )
    return dict(rows.values_list("booking__event_id").annotate(Count("pk")).order_by())


def _given(titles: dict[int, str], period: Period, today: datetime.date) -> dict[int, int]:
    rows = Response.objects.filter(stage=Stage.END, event__in=list(titles), on__gte=period.starts_on)
    counted = rows.filter(on__lt=min(period.ends_on, today)).values_list("event_id")
    return dict(counted.annotate(Count("pk")).order_by())


def _load(titles: dict[int, str], year: Period, first_month: int, today: datetime.date, below: int) -> Answered:
    """The blocks of a whole year, as far as its quarters are over."""
    rows = Answer.objects.filter(
        question__code=CODE,
        question__kind=Question.Kind.RATING,
        response__stage=Stage.END,
        response__event__in=list(titles),
        response__on__gte=year.starts_on,
        response__on__lt=year.ends_on,
    ).values_list("response__event_id", "response__on")
    counted = rows.annotate(n=Count("pk"), total=Sum("rating"), squares=Sum(F("rating") * F("rating"))).order_by()
    tallies: dict[Window, Tally] = defaultdict(Tally)
    for event, on, number, total, squares in counted:
        tallies[event, quarter_of(on, first_month).key] += Tally(number, float(total), float(squares))
    quarters = _quarters(year, first_month)
    windows = {window: number for number, window in enumerate((pk, one.key) for pk in titles for one in quarters)}
    over = {one.key for one in quarters if one.ends_on <= today}
    closed = [number for (_, quarter), number in windows.items() if quarter in over]
    final = {windows[window]: tally for window, tally in tallies.items() if window[1] in over}
    places = {number: Place(event, None, quarter, year.year) for (event, quarter), number in windows.items()}
    return Answered(windows, blocks(final, places, closed, lambda tally: tally.n >= below))


def _quarters(year: Period, first_month: int) -> list[Period]:
    found, day = [], year.starts_on
    while day < year.ends_on:
        found.append(quarter_of(day, first_month))
        day = found[-1].ends_on
    return found


def _is_in(quarter: str, period: Period) -> bool:
    return quarter == period.key if period.quarter else True
