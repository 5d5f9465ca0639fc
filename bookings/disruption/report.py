"""The standing report: what was stopped, moved, cancelled and recovered, and how many learners were lost by it.

A *learner* is a place that somebody held on a date when it was stopped or changed. They are *trained* once their
record says that they did the course on that day or later, on whichever date; *to come* with a place on a date of it to
come; *kept waiting* while the date is suspended; else *lost*. A date is *recovered* when it was let go on, moved or
covered and has been held.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from bookings.models import HOLDING_A_PLACE, Booking, BookingStep, DisruptedDate, Status, Suspension
from training.catalogue.models import Event
from training.record.models import Achievement
from training.web.when import in_london
from training.web.words import count

Became = DisruptedDate.Status
TAKES_PLACE = (Became.CONVERTED, Became.RESUMED, Became.POSTPONED, Became.COVERED)


@dataclass(frozen=True)
class Learners:
    """Their sum is the whole."""

    trained: int = 0
    to_come: int = 0
    kept_waiting: int = 0
    lost: int = 0

    @property
    def all(self) -> int:
        return self.trained + self.to_come + self.kept_waiting + self.lost

    def __add__(self, other: "Learners") -> "Learners":
        return Learners(
            self.trained + other.trained,
            self.to_come + other.to_come,
            self.kept_waiting + other.kept_waiting,
            self.lost + other.lost,
        )


@dataclass(frozen=True)
class DateLine:
    """One date, what befell it, whether it was held after that, and its learners."""

    row: DisruptedDate
    is_held: bool
    learners: Learners


@dataclass(frozen=True)
class Line:
    """One suspension, or all dates that were changed on their own (`suspension` is None)."""

    suspension: Suspension | None
    dates: Sequence[DateLine] = ()

    @property
    def statuses(self) -> Counter[str]:
        return Counter(one.row.status for one in self.dates)

    @property
    def recovered(self) -> int:
        return sum(one.is_held for one in self.dates)

    @property
    def not_held(self) -> int:
        """Cancelled, or still suspended when their day came."""
        return self.statuses[Became.CANCELLED] + self.statuses[Became.LOST]

    @property
    def learners(self) -> Learners:
        return sum((one.learners for one in self.dates), Learners())

    @property
    def pence(self) -> int:
        """What giving back all that was ordered would have cost on the day."""
        return sum(one.row.cost_pence for one in self.dates)

    @property
    def sentence(self) -> str:
        return sentence_of(self.dates)


@dataclass(frozen=True)
class DisruptionReport:
    """All of a time, suspension by suspension, the latest first; the dates changed on their own come last."""

    lines: Sequence[Line] = field(default=())

    @property
    def dates(self) -> list[DateLine]:
        return [one for line in self.lines for one in line.dates]

    @property
    def sentence(self) -> str:
        return sentence_of(self.dates)


def sentence_of(dates: Sequence[DateLine]) -> str:
    """For a report: "44 dates were stopped or changed: 10 moved online, 34 not held. Of 600 learners 200 have …"."""
    if not dates:
        return "No date was suspended, moved, postponed or cancelled with people on it."
    became = Counter(one.row.status for one in dates)
    parts = [
        f"{became[status]:,} {words}"
        for status, words in (
            (Became.SUSPENDED, "still suspended"),
            (Became.CONVERTED, "moved online"),
            (Became.RESUMED, "let go on"),
            (Became.POSTPONED, "postponed"),
            (Became.COVERED, "taught by somebody else"),
            (Became.CANCELLED, "cancelled"),
            (Became.LOST, "not held because their day passed"),
        )
        if became[status]
    ]
    held = sum(one.is_held for one in dates)
    learners = sum((one.learners for one in dates), Learners())
    text = f"{count(len(dates), 'date').capitalize()} stopped or changed: {', '.join(parts)}."
    if held:
        text += f" {held:,} of them {'was' if held == 1 else 'were'} held after all."
    if not learners.all:
        return text
    text += f" Of {count(learners.all, 'learner')} {learners.trained:,} have done the course since"
    text += f", {learners.to_come:,} have a place to come" if learners.to_come else ""
    text += f", {learners.kept_waiting:,} are kept waiting" if learners.kept_waiting else ""
    return f"{text} and {learners.lost:,} {'was' if learners.lost == 1 else 'were'} lost."


def disruption_report(
    now: datetime.datetime, *, starts_on: datetime.date | None = None, ends_on: datetime.date | None = None
) -> DisruptionReport:
    """What befell dates from the first day to the day before `ends_on`, or at any time. Three queries.

    Whoever sees it may see counts of people; there is nobody's name in it.
    """
    rows = DisruptedDate.objects.select_related("event__version", "suspension__decision__meeting__body")
    if starts_on is not None:
        rows = rows.filter(at__gte=in_london(starts_on, datetime.time()))
    if ends_on is not None:
        rows = rows.filter(at__lt=in_london(ends_on, datetime.time()))
    return report_of(rows.order_by("event__starts_at", "pk"), now)


def report_of(rows: QuerySet[DisruptedDate], now: datetime.datetime) -> DisruptionReport:
    """Of these alone."""
    learners = _learners(rows, now)
    dates = [DateLine(row, _is_held(row, now), learners.get(row.pk, Learners())) for row in rows]
    suspensions = {one.row.suspension for one in dates if one.row.suspension}
    lines = [
        Line(suspension, [one for one in dates if one.row.suspension_id == suspension.pk])
        for suspension in sorted(suspensions, key=lambda one: (one.first_on, one.pk), reverse=True)
    ]
    alone = [one for one in dates if one.row.suspension_id is None]
    return DisruptionReport([*lines, Line(None, alone)] if alone else lines)


def _is_held(row: DisruptedDate, now: datetime.datetime) -> bool:
    event = row.event
    has_run = event.standing == Event.Standing.PUBLISHED and event.ends_at is not None and event.ends_at <= now
    return row.status in TAKES_PLACE and has_run


def _learners(rows: QuerySet[DisruptedDate], now: datetime.datetime) -> dict[int, Learners]:
    """By the id of the disrupted date. Whoever left before it, or booked after it, is none of its learners."""
    left_since = BookingStep.objects.filter(
        booking=OuterRef("pk"), at__gte=OuterRef("changed_at"), was__in=HOLDING_A_PLACE
    )
    course = OuterRef("event__version__course")
    done = Achievement.objects.filter(person=OuterRef("person"), version__course=course, on__gte=OuterRef("changed_on"))
    booked = Booking.objects.filter(
        person=OuterRef("person"), event__version__course=course, status=Status.BOOKED,
        event__standing=Event.Standing.PUBLISHED, event__starts_at__gt=now,
    )  # fmt: skip
    # A date may be disrupted more than once: each row by itself.
    of_rows = Booking.objects.annotate(
        date=F("event__disruptions"),
        changed_at=F("event__disruptions__at"),
        changed_on=TruncDate("event__disruptions__at"),
        waits=Q(event__standing=Event.Standing.SUSPENDED),
    ).filter(date__in=rows.order_by().values("pk"), made_at__lte=F("changed_at"))
    places = of_rows.filter(Q(status__in=HOLDING_A_PLACE) | Exists(left_since))
    counted = places.annotate(is_trained=Exists(done), comes=Exists(booked))
    found: dict[int, Counter[str]] = {}
    for date, is_trained, comes, waits in counted.order_by().values_list("date", "is_trained", "comes", "waits"):
        which = "trained" if is_trained else "to_come" if comes else "kept_waiting" if waits else "lost"
        found.setdefault(date, Counter())[which] += 1
    return {date: Learners(**counts) for date, counts in found.items()}
