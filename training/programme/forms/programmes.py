"""Forms of a programme: what it is, its priorities, and how many dates of a course in which quarter."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from training.catalogue.models import Course
from training.governance.models import Priority
from training.programme.actions.planning import MOST_YEARS, ProgrammeText
from training.programme.models import PlannedCourse, Programme
from training.programme.models.plan import MOST_EVENTS
from training.web.forms import MusterForm
from training.web.periods import Period

NARROW = {"class": "govuk-input--width-3"}


def pounds_field(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=11, decimal_places=2, help_text=help_text,
        widget=forms.NumberInput({"class": "govuk-input--width-10"}),
    )  # fmt: skip


def pence(pounds: Decimal | None) -> int | None:
    return None if pounds is None else int(pounds * 100)


class ProgrammeForm(MusterForm):
    title = forms.CharField(label="Title", max_length=120, help_text="Such as Training programme 2027–30.")
    first_year = forms.IntegerField(
        label="Year in which it begins", min_value=2000, max_value=2095, widget=forms.NumberInput(NARROW)
    )
    years = forms.IntegerField(
        label="For how many years", min_value=1, max_value=MOST_YEARS, initial=3, widget=forms.NumberInput(NARROW)
    )
    envelope = pounds_field("Budget in pounds", "What all its dates together may cost.")
    purpose = forms.CharField(
        label="What it is to achieve", required=False, max_length=2000, widget=forms.Textarea({"rows": "4"})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)

    def text(self) -> ProgrammeText:
        data = self.cleaned_data
        return ProgrammeText(
            title=data["title"], first_year=data["first_year"], years=data["years"],
            envelope_pence=pence(data["envelope"]), purpose=data["purpose"],
        )  # fmt: skip

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        envelope = programme.envelope_pence
        return {
            "title": programme.title,
            "first_year": programme.starts_on.year,
            "years": programme.period.upper.year - programme.starts_on.year,
            "envelope": None if envelope is None else Decimal(envelope) / 100,
            "purpose": programme.purpose,
            "revision": programme.revision,
        }


class PrioritiesForm(MusterForm):
    """One group of boxes a year."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.years = range(programme.starts_on.year, programme.period.upper.year)
        held = list(programme.year_priorities.values_list("year", "priority"))
        groups = {
            f"year_{year}": forms.ModelMultipleChoiceField(
                label=f"From {programme.starts_on.replace(year=year):%B %Y}",
                queryset=Priority.objects.order_by("name"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[pk for of, pk in held if of == year],
            )
            for year in self.years
        }
        self.base_fields = {**self.base_fields, **groups}  # type: ignore[misc]  # this form’s own
        super().__init__(*args, **kwargs)

    def wanted(self) -> list[tuple[Priority, int]]:
        return [(priority, year) for year in self.years for priority in self.cleaned_data[f"year_{year}"]]


class PickCourseForm(MusterForm):
    """A course of the catalogue, or still in the making."""

    course = forms.ModelChoiceField(
        label="Course",
        queryset=Course.objects.exclude(standing=Course.Standing.WITHDRAWN).order_by("code"),
        to_field_name="code",
        empty_label="Choose one",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_courses(self.fields["course"])


def label_courses(field: Any) -> None:
    """Code and title, read in one query more."""
    field.queryset = field.queryset.prefetch_related("versions")
    field.label_from_instance = lambda course: f"{course.code} {title_of(course)}"


def title_of(course: Course) -> str:
    """Of the current version, prefetched."""
    return next((version.title for version in course.versions.all() if version.is_current), course.code)


class QuartersForm(MusterForm):
    """A number of dates for each quarter; `rows` are those planned now. An empty box is none."""

    mark_optional = False

    def __init__(
        self, *args: Any, quarters: Sequence[Period], courses: Sequence[Course], rows: Iterable[PlannedCourse],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.quarters, self.courses = quarters, courses
        held = {row.key: row.events for row in rows}
        numbers = {
            number_name(course, quarter.starts_on): _number(course, quarter, held, with_code=len(courses) > 1)
            for course in courses
            for quarter in quarters
        }
        self.base_fields = {**self.base_fields, **numbers}  # type: ignore[misc]  # this form’s own
        super().__init__(*args, **kwargs)

    def numbers_of(self, course: Course) -> dict[datetime.date, int]:
        return {
            quarter.starts_on: self.cleaned_data[number_name(course, quarter.starts_on)] or 0
            for quarter in self.quarters
        }


def number_name(course: Course, day: datetime.date) -> str:
    return f"{course.code}_{day:%Y%m%d}"


def _number(course: Course, quarter: Period, held: dict[Any, int], *, with_code: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{course.code}, {quarter.title}" if with_code else quarter.title,
        required=False,
        min_value=0,
        max_value=MOST_EVENTS,
        initial=held.get((course.pk, quarter.starts_on), 0),
        widget=forms.NumberInput(NARROW),
    )


class PlanForm(QuartersForm):
    each = pounds_field("What one date costs in pounds", "Fee, room and materials together; leave it empty if unknown.")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
