from django import forms

from bookings.actions.sending_again import Again
from training.web.forms import MusterForm

FEEDBACK = "feedback"
WHY = {
    "asked": "They asked me",
    "went-wrong": "Something went wrong for them",
    "corrected": "To see that a correction is right",
}


class WhyForm(MusterForm):
    why = forms.ChoiceField(label="Why do you open it?", choices=list(WHY.items()), widget=forms.RadioSelect)


class SendAgainForm(MusterForm):
    """From a button of the page: which booking, and what of it."""

    booking = forms.CharField(max_length=20)
    what = forms.ChoiceField(choices=[*Again.choices, (FEEDBACK, "the feedback link")])
