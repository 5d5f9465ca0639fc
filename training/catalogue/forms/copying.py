from typing import Any

from django import forms

from training.web.forms import DateField, OnceForm


class CopyForm(OnceForm):
    first_day = DateField(
        label="First day of the copy", help_text="Further days keep their distance, all days their times and venues."
    )

    def __init__(self, *args: Any, has_days: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_days:
            del self.fields["first_day"]


class CancelForm(OnceForm):
    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        widget=forms.Textarea({"rows": "3"}),
        help_text="The trainers are told in these words.",
        error_messages={"required": "Enter why it is cancelled"},
    )
