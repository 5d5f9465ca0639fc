"""Forms with which a body’s members write down what they decided."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from training.programme.actions.deciding import Minuted
from training.programme.forms.programmes import QuartersForm, pence, pounds_field
from training.web.forms import DateField, MusterForm, SubmissionField


class DecideForm(MusterForm):
    """`answer` is yes or no where the page asks which."""

    answer = forms.ChoiceField(label="What was decided?", widget=forms.RadioSelect, choices=[])
    held_on = DateField(label="Day of the meeting", help_text="For example, 27 3 2027")
    outcome = forms.CharField(label="In the words of the minutes", max_length=300, widget=forms.Textarea({"rows": "3"}))
    minute = forms.CharField(
        label="Number in the minutes",
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args: Any, answers: tuple[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answers is None:
            del self.fields["answer"]
        else:
            self.fields["answer"].choices = list(zip(("yes", "no"), answers, strict=True))  # type: ignore[attr-defined]

    def clean_held_on(self) -> datetime.date:
        held_on: datetime.date = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError("Enter the day of a meeting that has taken place.")
        return held_on

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data.get("answer", "yes") == "yes")

    def minuted(self) -> Minuted:
        data = self.cleaned_data
        return Minuted(held_on=data["held_on"], outcome=data["outcome"], minute=data["minute"])


class CloseProgrammeForm(MusterForm):
    reason = forms.CharField(label="Why it is closed", max_length=300)


class AmendForm(QuartersForm):
    """What the plan is to say of these courses, and why."""

    reason = forms.CharField(
        label="Why the programme is to change",
        max_length=500,
        widget=forms.Textarea({"rows": "3"}),
        help_text="Who decides reads this sentence.",
    )
    each = pounds_field("What one date costs in pounds, if that changes")
    submission = SubmissionField()

    @property
    def pence_each(self) -> int | None:
        return pence(self.cleaned_data["each"])
