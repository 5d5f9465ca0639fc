from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from training.people.models import Agency, Role
from training.web.forms import DateField, MusterForm


class RoleGrantForm(MusterForm):
    role = forms.ChoiceField(label="Role")
    agency = forms.ModelChoiceField(
        label="Organisation, for an agency training lead",
        queryset=Agency.objects.settled().order_by("name"),
        to_field_name="reference",
        required=False,
        empty_label="None",
        help_text="The one whose people they see and book for. Give the role once for each organisation.",
    )
    from_day = DateField(label="From", help_text="For example, 27 3 2027")
    last_day = DateField(label="Until and including", required=False, help_text="Leave empty if it has no end yet.")
    reason = forms.CharField(
        label="Why", max_length=200, help_text="Who asked for it, or which decision it follows. The person is told."
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = choices if len(choices) == 1 else [("", "Choose one"), *choices]  # type: ignore[attr-defined]
        self.fields["from_day"].initial = timezone.localdate()


class RoleEndForm(forms.Form):
    """Which grant to end, named by what it says: hidden fields of a button."""

    role = forms.ChoiceField(choices=Role.choices)
    agency = forms.CharField(max_length=8, required=False)
    since = forms.DateField(input_formats=["%Y-%m-%d"])


class ReasonForm(MusterForm):
    reason = forms.CharField(
        label="Why", max_length=200, help_text="How you made sure that it is them. The person is told."
    )
