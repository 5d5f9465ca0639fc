"""What is typed at the door. Short, since there is a queue."""

from typing import Any

from django import forms

from bookings.actions.door import Arrival
from bookings.models import Mark
from training.web.forms import MusterForm, OnceForm, TimeField


class MarkForm(MusterForm):
    """One row's buttons. The row is drawn by hand; this reads what it sent. `key` is the id of the row as drawn."""

    mark = forms.ChoiceField(choices=Mark.choices)
    key = forms.UUIDField()
    at_time = TimeField(label="Time", required=False)
    note = forms.CharField(label="Note", max_length=200, required=False)


class ArrivalForm(OnceForm):
    """Somebody who came without booking."""

    name = forms.CharField(
        label="Their full name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "words"}),
    )
    email = forms.EmailField(
        label="Their e-mail address",
        required=False,
        help_text="For the questions afterwards and the certificate.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    agency = forms.CharField(
        label="Where they work", max_length=200, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )

    @property
    def arrival(self) -> Arrival:
        data: dict[str, Any] = self.cleaned_data
        return Arrival(data["name"], data["email"], data["agency"], data["submission"])


class InsteadForm(ArrivalForm):
    """A colleague of somebody who is missing."""

    def __init__(self, *args: Any, agency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agency:
            self["agency"].help_text = f"Leave empty if it is {agency} too."
