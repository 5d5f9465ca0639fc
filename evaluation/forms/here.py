from django import forms

from evaluation.feedback_code import find_event
from training.catalogue.models import Event
from training.web.forms import MusterForm


class HereForm(MusterForm):
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="The one that you booked with, or gave at the door. It can be shared with others.",
    )


class CodeForm(MusterForm):
    code = forms.CharField(label="Code", max_length=60, help_text="As the trainer shows it, like E0141-7KM2QX.")
    event: Event | None = None

    def clean_code(self) -> str:
        self.event = find_event(self.cleaned_data["code"])
        if self.event is None:
            raise forms.ValidationError("We do not know this code. Look whether it is typed as the trainer shows it.")
        return str(self.cleaned_data["code"])
