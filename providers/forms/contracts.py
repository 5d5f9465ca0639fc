"""What is decided about a contract: its options, the time before its end, its variations."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from providers.actions.options import LONGEST_MONTHS_BEFORE, Change
from providers.models import Contract
from training.governance.models import Body
from training.web.forms import DateField, MusterForm


class MeetingForm(MusterForm):
    """Which meeting decided, if one did; and why."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea({"rows": "3"}),
        error_messages={"required": "Say why, in a sentence"},
    )
    body = forms.ModelChoiceField(
        label="Which group decided",
        queryset=Body.objects.order_by("name"),
        to_field_name="name",
        required=False,
        empty_label="No meeting: say above who decided",
    )
    held_on = DateField(label="Day of the meeting", required=False)
    minute = forms.CharField(label="Number in the minutes", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        held_on = given.get("held_on")
        if given.get("body") and not held_on and "held_on" not in self.errors:
            self.add_error("held_on", "Enter the day of the meeting")
        if held_on and not given.get("body") and "body" not in self.errors:
            self.add_error("body", "Choose the group that met")
        if held_on and held_on > timezone.localdate():
            self.add_error("held_on", "Enter the day of a meeting that has taken place")
        return given


class DecideForm(MeetingForm):
    outcome = forms.ChoiceField(
        label="What was decided", choices=[("taken", "Extend"), ("refused", "Do not extend")], widget=forms.RadioSelect
    )
    position = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = ("outcome",)

    @property
    def is_taken(self) -> bool:
        return bool(self.cleaned_data["outcome"] == "taken")


def _months(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=LONGEST_MONTHS_BEFORE)


class DecisionTimeForm(MusterForm):
    notice_months = _months("Months of notice", "How long before the end the contract wants the provider to be told.")
    rebuying_months = _months("Months to buy again", "From deciding to the first day of a new contract. Often 10.")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @staticmethod
    def initial_of(contract: Contract) -> dict[str, Any]:
        return {name: getattr(contract, name) for name in ("notice_months", "rebuying_months", "revision")}


class CancellingForm(MusterForm):
    mark_optional = False

    cancel_notice_days = forms.IntegerField(
        label="Working days of notice for a date given back",
        required=False,
        min_value=0,
        max_value=120,
        help_text="Given back earlier, a date costs nothing. Leave it empty if nothing is agreed.",
    )
    cancel_percent = forms.IntegerField(label="Later, how much of the fee, in per cent", min_value=0, max_value=100)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @staticmethod
    def initial_of(contract: Contract) -> dict[str, Any]:
        return {name: getattr(contract, name) for name in ("cancel_notice_days", "cancel_percent", "revision")}


class VariationForm(MeetingForm):
    agreed_on = DateField(
        label="Day on which both sides agreed", error_messages={"required": "Enter the day on which both sides agreed"}
    )
    new_end = DateField(
        label="Last day from now on", required=False, help_text="Leave it empty if the end does not change."
    )
    new_value = forms.DecimalField(
        label="Value from now on in pounds",
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text="Leave it empty if the value does not change.",
    )
    scope = forms.CharField(
        label="What changes in what it covers", max_length=2000, required=False, widget=forms.Textarea({"rows": "3"})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    field_order = ("agreed_on", "new_end", "new_value", "scope")

    def clean_agreed_on(self) -> datetime.date:
        agreed_on: datetime.date = self.cleaned_data["agreed_on"]
        if agreed_on > timezone.localdate():
            raise forms.ValidationError("Enter a day that is not in the future")
        return agreed_on

    @property
    def change(self) -> Change:
        given, value = self.cleaned_data, self.cleaned_data["new_value"]
        pence = None if value is None else int(value * 100)
        return Change(given["agreed_on"], given["reason"], given["new_end"], pence, given["scope"])

    @staticmethod
    def initial_of(contract: Contract) -> dict[str, Any]:
        return {"revision": contract.revision}


class EngagementEndForm(MusterForm):
    last_day = DateField(label="Last day with the provider")
    reason = forms.CharField(
        label="Why", max_length=200, required=False, help_text="Kept with each date that they are taken off."
    )
