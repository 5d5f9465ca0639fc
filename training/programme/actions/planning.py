"""A coordinator's verbs on a programme that is still a draft."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from training.catalogue.models import Course
from training.governance.models import Priority
from training.people.models import Partnership, User
from training.programme.errors import ProgrammeError, StaleError
from training.programme.models import PlannedCourse, Programme, YearPriority
from training.programme.models.plan import MOST_EVENTS
from training.programme.rights import require_planner
from training.web.periods import Period, quarters_between

MOST_YEARS = 5
Quarters = Mapping[datetime.date, int]


@dataclass(frozen=True)
class ProgrammeText:
    """`first_year` is the one in which the first financial year begins."""

    title: str
    first_year: int
    years: int
    envelope_pence: int | None = None
    purpose: str = ""


@transaction.atomic
def draft_programme(*, text: ProgrammeText, by: User) -> Programme:
    """A new draft. The same title for the same years again gives the draft that there is."""
    require_planner(by)
    title, period = _checked(text)
    Partnership.objects.select_for_update().get()  # two clicks wait for each other here
    held = Programme.objects.filter(title=title, period=period, standing=Programme.Standing.DRAFT).first()
    if held:
        return held
    return Programme.objects.create(
        title=title, period=period, envelope_pence=text.envelope_pence, purpose=text.purpose.strip()
    )


@transaction.atomic
def change_programme(*, programme: Programme, text: ProgrammeText, revision: int, by: User) -> Programme:
    """Title, years, envelope and purpose of a draft. Raises StaleError, or ProgrammeError with the reason."""
    require_planner(by)
    locked = lock_draft(programme, revision)
    title, period = _checked(text)
    outside = locked.planned.exclude(quarter_starts_on__gte=period.lower, quarter_starts_on__lt=period.upper)
    if outside.exists():
        raise ProgrammeError("Dates are planned outside those years. Take them out of the plan first.")
    locked.title, locked.period = title, period
    locked.envelope_pence, locked.purpose = text.envelope_pence, text.purpose.strip()
    locked.revision += 1
    locked.save(update_fields=["title", "period", "envelope_pence", "purpose", "revision"])
    locked.year_priorities.exclude(year__gte=period.lower.year, year__lt=period.upper.year).delete()
    return locked


@transaction.atomic
def choose_priorities(
    *, programme: Programme, wanted: Iterable[tuple[Priority, int]], revision: int, by: User
) -> Programme:
    """The priorities of each year, in place of those before; years outside the programme's are left out."""
    require_planner(by)
    locked = lock_draft(programme, revision)
    first, after = locked.starts_on.year, locked.period.upper.year
    pairs = {(priority.pk, year) for priority, year in wanted if first <= year < after}
    locked.year_priorities.all().delete()
    YearPriority.objects.bulk_create(
        YearPriority(programme=locked, priority_id=pk, year=year) for pk, year in sorted(pairs)
    )
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return locked


@transaction.atomic
def plan_course(
    *, programme: Programme, course: Course, quarters: Quarters, pence_each: int | None, revision: int, by: User
) -> Programme:
    """How many dates of this course in each quarter (by its first day), and what one is thought to cost.

    Quarters that are not named keep theirs; a number of nought takes the row out. Raises StaleError, ProgrammeError.
    """
    require_planner(by)
    locked = lock_draft(programme, revision)
    allowed = {period.starts_on for period in quarters_of(locked)}
    for day, events in quarters.items():
        if day not in allowed:
            raise ProgrammeError(f"{locked} has no quarter that begins on {day:%-d %B %Y}.")
        if not 0 <= events <= MOST_EVENTS:
            raise ProgrammeError(f"Enter a number of dates from 0 to {MOST_EVENTS}.")
    _write(locked, course, quarters, pence_each)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return locked


def _write(programme: Programme, course: Course, quarters: Quarters, pence_each: int | None) -> None:
    none = [day for day, events in quarters.items() if events == 0]
    programme.planned.filter(course=course, quarter_starts_on__in=none).delete()
    rows = [
        PlannedCourse(programme=programme, course=course, quarter_starts_on=day, events=events, pence_each=pence_each)
        for day, events in quarters.items()
        if events
    ]
    PlannedCourse.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["programme", "course", "quarter_starts_on"],
        update_fields=["events", "pence_each"],
    )
    programme.planned.filter(course=course).update(pence_each=pence_each)


def quarters_of(programme: Programme) -> list[Period]:
    first_month = programme.starts_on.month
    return quarters_between(programme.starts_on, programme.period.upper, first_month)


def lock_draft(programme: Programme, revision: int) -> Programme:
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    if not locked.is_draft:
        raise ProgrammeError(
            f"{locked} is {locked.get_standing_display().lower()}: propose an amendment to change it."
            if locked.standing in (Programme.Standing.AGREED, Programme.Standing.LIVE)
            else f"{locked} is {locked.get_standing_display().lower()}, so its plan stays as it is."
        )
    if locked.revision != revision:
        raise StaleError(revision=locked.revision)
    return locked


def _checked(text: ProgrammeText) -> tuple[str, DateRange]:
    if not (title := " ".join(text.title.split())):
        raise ProgrammeError("Enter a title.")
    if not 2000 <= text.first_year <= 2095 or not 1 <= text.years <= MOST_YEARS:
        raise ProgrammeError(f"A programme runs for 1 to {MOST_YEARS} years.")
    month = Partnership.objects.get().financial_year_starts_month
    first = datetime.date(text.first_year, month, 1)
    return title, DateRange(first, datetime.date(text.first_year + text.years, month, 1))
