from django import forms

from bookings.models.incident import What
from training.web.forms import MusterForm, OnceForm, TimeField


class IncidentForm(OnceForm):
    """Something happened. The kinds are drawn by hand, each with what to do."""

    what = forms.ChoiceField(
        choices=What.choices, label="What happened", error_messages={"required": "Choose what happened."}
    )
    at_time = TimeField(label="When", required=False, help_text="Such as 10:20. Leave empty for now.")
    told = forms.CharField(
        label="Who was told",
        max_length=300,
        required=False,
        help_text="Their office and the time, such as “MASH, 10:25”.",
    )
    done = forms.CharField(
        label="What was done",
        max_length=2000,
        required=False,
        help_text="Write no name of a child or an adult at risk, no initials, no address and no number: whoever rings "
        "you back asks.",
        widget=forms.Textarea({"rows": "4"}),
    )


class CloseForm(MusterForm):
    outcome = forms.CharField(
        label="What became of it",
        max_length=2000,
        help_text="Who dealt with it and when. No names of children or adults at risk.",
        widget=forms.Textarea({"rows": "4"}),
        error_messages={"required": "Say what became of it."},
    )
