from django import forms

from training.web.forms import MusterForm


class TakeOutForm(MusterForm):
    reason = forms.CharField(
        label="What it is for",
        max_length=300,
        help_text="Such as a yearly copy for the archive. It is kept with your name and the day.",
    )
