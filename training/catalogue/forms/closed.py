from collections.abc import Sequence
from typing import Any

from django import forms

from training.people.forms.adding import AgencyField
from training.people.models import Agency
from training.web.forms import MusterForm


class ClosedForm(MusterForm):
    """Those that it is for already, each with a tick to take off, and one more."""

    kept = forms.ModelMultipleChoiceField(
        label="It is for",
        queryset=Agency.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Untick whoever it is not for any more. Who is booked stays booked.",
    )
    another = AgencyField("Add an organisation", empty_label="No other")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)

    def __init__(self, *args: Any, named: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if named:
            self.fields["kept"].queryset = Agency.objects.order_by("name")  # type: ignore[attr-defined]
            self.fields["kept"].choices = [(agency.reference, agency.name) for agency in named]  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]

    @property
    def agencies(self) -> list[Agency]:
        another = self.cleaned_data["another"]
        return [*self.cleaned_data.get("kept", ()), *([another] if another else [])]
