"""Complaints and observations, typed in by the training team."""

from typing import Any

from django import forms

from providers.models import Complaint, Observation, Provider
from training.catalogue.models import Event
from training.web.forms import DateField, MusterForm, OnceForm

NO_NAMES = "No names, of whoever complained nor of anybody else."


class DateReference(forms.CharField):
    """The reference of a date that is published or was; empty is no date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"class": "govuk-input--width-10"}))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Event | None:
        text = super().clean(value).strip().upper()
        if not text:
            return None
        found = Event.objects.exclude(standing=Event.Standing.DRAFT).filter(reference=text).first()
        if found is None:
            raise forms.ValidationError("Enter the reference of a date, as its page shows it")
        return found


class ComplaintForm(OnceForm):
    provider = forms.ModelChoiceField(
        label="About which provider",
        queryset=Provider.objects.order_by("name"),
        to_field_name="reference",
        required=False,
        empty_label="None: about a date, or the partnership itself",
    )
    event = DateReference(label="About which date", required=False, help_text="Its reference, if it is about one.")
    received_on = DateField(label="Day on which it came")
    about = forms.CharField(
        label="What it is about", max_length=300, widget=forms.Textarea({"rows": "3"}), help_text=NO_NAMES
    )


class DecideComplaintForm(MusterForm):
    standing = forms.ChoiceField(
        label="What was decided",
        choices=[one for one in Complaint.Standing.choices if one[0] != Complaint.Standing.OPEN],
        widget=forms.RadioSelect,
    )
    decided_on = DateField(label="Day of the decision")
    outcome = forms.CharField(
        label="What came of it", max_length=300, widget=forms.Textarea({"rows": "3"}), help_text=NO_NAMES
    )


class ObservationForm(OnceForm):
    event = DateReference(label="Which date", help_text="Its reference, as its page shows it.")
    who = forms.CharField(label="Who sat in", max_length=120, help_text="Somebody who does not teach for the provider.")
    verdict = forms.ChoiceField(
        label="Was the teaching up to standard?", choices=Observation.Verdict, widget=forms.RadioSelect
    )
    what_was_seen = forms.CharField(
        label="What was seen", max_length=2000, widget=forms.Textarea({"rows": "5"}), help_text="No names, please."
    )
