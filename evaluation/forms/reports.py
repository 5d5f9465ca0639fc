import datetime
from typing import Any

from django import forms
from django.utils import timezone

from training.governance.models import Body
from training.web.forms import DateField, MusterForm


class AcceptForm(MusterForm):
    """`seen` is the digest of the report that the page showed; the form of an older page is refused by the action."""

    body = forms.ModelChoiceField(
        label="Which group accepted it", queryset=Body.objects.order_by("name"), empty_label="Choose one"
    )
    held_on = DateField(label="Day of the meeting", help_text="For example, 27 3 2027")
    outcome = forms.CharField(
        label="What was decided",
        max_length=300,
        widget=forms.Textarea({"rows": "3"}),
        help_text="In a sentence or two: accepted; what is to be done, by whom, by when.",
    )
    minute = forms.CharField(
        label="Number in the minutes",
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].initial = "Accepted."

    def clean_held_on(self) -> datetime.date:
        held_on: datetime.date = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError("Enter the day of a meeting that has taken place.")
        return held_on
