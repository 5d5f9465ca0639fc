from typing import Any

from django import forms

from bookings.models import AlsoThere
from training.web.forms import MusterForm

AT_MOST = 50


class AlsoThereForm(MusterForm):
    """A number for each role."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in AlsoThere.Role:
            number = forms.IntegerField(label=role.label, min_value=0, max_value=AT_MOST, required=False)
            self.fields[role.value] = number

    @property
    def numbers(self) -> dict[AlsoThere.Role, int]:
        return {role: self.cleaned_data[role.value] or 0 for role in AlsoThere.Role}
