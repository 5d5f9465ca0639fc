"""A return of single-agency training: up to six themes with their numbers, or none."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from training.record.filing import MOST, Line
from training.record.models import AgencyReturn
from training.web.forms import MusterForm

ROWS = 6


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=MOST,
        widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )  # fmt: skip


class ReturnForm(MusterForm):
    """Rows that are empty count for nothing."""

    mark_optional = False
    is_none = forms.BooleanField(required=False, label="We gave no training of our own in this quarter")
    source = forms.CharField(
        label="What the numbers come from", max_length=200, help_text="For example, our learning system on 4 January."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        made: dict[str, forms.Field] = {}
        for row in range(1, ROWS + 1):
            made[f"theme-{row}"] = forms.CharField(label=f"Theme {row}", required=False, max_length=80)
            made[f"courses-{row}"] = _count(f"Courses on theme {row}")
            made[f"people-{row}"] = _count(f"People on theme {row}")
        self.base_fields = {**made, **type(self).base_fields}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    @staticmethod
    def initial_of(filed: AgencyReturn | None) -> dict[str, Any]:
        if filed is None:
            return {}
        lines = list(filed.lines.all())
        found: dict[str, Any] = {"source": filed.source, "is_none": not lines}
        for row, line in enumerate(lines[:ROWS], start=1):
            found |= {f"theme-{row}": line.theme, f"courses-{row}": line.courses, f"people-{row}": line.people}
        return found

    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [(self[f"theme-{row}"], self[f"courses-{row}"], self[f"people-{row}"]) for row in range(1, ROWS + 1)]

    @property
    def lines(self) -> list[Line]:
        """Of a form that is valid."""
        return [Line(theme, courses, people) for _, theme, courses, people in self._given() if theme]

    def _given(self) -> list[tuple[int, str, int, int]]:
        given = self.cleaned_data
        return [
            (
                row,
                " ".join((given.get(f"theme-{row}") or "").split()),
                given.get(f"courses-{row}") or 0,
                given.get(f"people-{row}") or 0,
            )
            for row in range(1, ROWS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = [row for row in self._given() if any(row[1:])]
        for row, theme, courses, people in given:
            for name, value in (("theme", theme), ("courses", courses), ("people", people)):
                if not value and f"{name}-{row}" not in self.errors:
                    self.add_error(f"{name}-{row}", f"Enter the {name} of theme {row}, or clear its row")
        if given and cleaned.get("is_none"):
            self.add_error("is_none", "Take the tick away, or clear the rows above")
        if not self.errors and not given and not cleaned.get("is_none"):
            self.add_error(None, "Enter at least one theme, or tick that there was none")
        return cleaned
