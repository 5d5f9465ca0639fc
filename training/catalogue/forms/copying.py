import datetime
from typing import Any

from django import forms

from training.catalogue.errors import CatalogueError
from training.catalogue.repeating import HIGHEST_STEP, MOST_COPIES, Every, RepeatedDay, Repetition, repeated_days
from training.web.forms import DateField, OnceForm

ASKS = "Ask the trainers of this date"


def _asks() -> forms.BooleanField:
    return forms.BooleanField(
        label=ASKS, required=False, initial=True, help_text="They get one message, and confirm each date or not."
    )


class CopyForm(OnceForm):
    first_day = DateField(
        label="First day of the copy", help_text="Further days keep their distance, all days their times and venues."
    )
    asks_trainers = _asks()

    def __init__(self, *args: Any, has_days: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_days:
            del self.fields["first_day"]
            del self.fields["asks_trainers"]


class RepeatForm(OnceForm):
    """The rule; after it has been looked at, `on` holds the first days that were left ticked."""

    mark_optional = False

    first = DateField(
        label="First copy on",
        help_text="It says which weekday and which day of the month the others take.",
    )
    every = forms.ChoiceField(label="It comes again", choices=Every.choices, widget=forms.RadioSelect)
    step = forms.IntegerField(
        label="Every how many weeks or months",
        initial=1,
        min_value=1,
        max_value=HIGHEST_STEP,
        help_text="1 is each of them; 2 is every other.",
    )
    times = forms.IntegerField(
        label="How many dates", required=False, min_value=1, max_value=MOST_COPIES, help_text="Or leave it empty and:"
    )
    until = DateField(label="Last day it may fall on", required=False)
    asks_trainers = _asks()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                repeated_days(self.rule())
            except CatalogueError as error:
                self.add_error(error.field if error.field in self.fields else None, str(error))
        return data

    def rule(self) -> Repetition:
        return Repetition(**{name: self.cleaned_data[name] for name in ("first", "every", "step", "times", "until")})

    def ticked(self) -> list[datetime.date]:
        """The days of the rule that were left ticked: what else the page sent is nothing."""
        sent = set(self.data.getlist("on"))  # type: ignore[attr-defined]  # a QueryDict
        days: list[RepeatedDay] = repeated_days(self.rule())
        return [one.day for one in days if one.day.isoformat() in sent]


class CancelForm(OnceForm):
    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        widget=forms.Textarea({"rows": "3"}),
        help_text="The trainers are told in these words.",
        error_messages={"required": "Enter why it is cancelled"},
    )
