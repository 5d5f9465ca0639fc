from typing import Any

from django import forms

from training.web.forms import MusterForm


class RunForm(MusterForm):
    reason = forms.CharField(label="Why it runs", required=False, max_length=300)


class PullForm(MusterForm):
    reason = forms.CharField(
        label="Why is it pulled?",
        max_length=300,
        help_text="Everybody booked, waiting or teaching reads this sentence.",
        error_messages={"required": "Enter why it is pulled"},
    )
    seen = forms.BooleanField(error_messages={"required": "Tick that you have seen who is told"})

    def __init__(self, *args: Any, told: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["seen"].label = f"I have seen who is told: {told}"
