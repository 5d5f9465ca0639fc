"""What is expected of providers, typed as people say it: 95 for 95 %, 4.2 out of 5."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from providers.actions.targets import TargetText
from providers.forms.contracts import MeetingForm
from providers.targets import AT_MOST, OUT_OF_FIVE
from training.web.forms import DateField


class TargetForm(MeetingForm):
    """For one measure; an empty number expects nothing any more."""

    in_force_from = DateField(label="From which day", help_text="Of this quarter or later. Quarters before stay.")
    field_order = ("number", "in_force_from")

    def __init__(self, measure: str, *args: Any, **kwargs: Any) -> None:
        self._measure = measure
        number = forms.DecimalField(
            label=f"{'At most' if measure in AT_MOST else 'At least'}, {self._unit}",
            help_text="Leave it empty if nothing is to be expected any more.",
            required=False,
            max_digits=6,
            decimal_places=2,
        )
        # Of this form alone; Django and our conventions copy the fields from here.
        self.base_fields = {**type(self).base_fields, "number": number}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    @property
    def _unit(self) -> str:
        return "out of 5" if self._measure in OUT_OF_FIVE else "in per cent"

    @property
    def text(self) -> TargetText:
        """Of a form that is valid."""
        given = self.cleaned_data
        number: Decimal | None = given["number"]
        share = number if number is None or self._measure in OUT_OF_FIVE else number / 100
        in_force_from: datetime.date = given["in_force_from"]
        return TargetText(
            self._measure, share, in_force_from, given["reason"], given.get("body"), given.get("held_on"),
            given.get("minute", ""),
        )  # fmt: skip

    def clean_number(self) -> Decimal | None:
        number: Decimal | None = self.cleaned_data["number"]
        low, high = (1, 5) if self._measure in OUT_OF_FIVE else (0, 100)
        if number is not None and not low <= number <= high:
            raise forms.ValidationError(f"Enter a number from {low} to {high}")
        return number
