"""What is kept about a person, and settling who they are."""

from typing import Any

import phonenumbers
from django import forms

from training.people.models import Person
from training.web.forms import MusterForm, TelField


class DetailsForm(MusterForm):
    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail address for messages",
        required=False,
        help_text="Where invitations and certificates go. It may be shared with colleagues.",
    )
    mobile = TelField(label="Mobile number", required=False, help_text="For a text message the day before a course.")
    is_name_private = forms.BooleanField(
        label="Keep this name off shared lists",
        required=False,
        help_text="Badges, calendars and lists that other people on a course see.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_mobile(self) -> str:
        text: str = self.cleaned_data["mobile"]
        return tidy_mobile(text) if text else ""

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        names = ("name", "email", "mobile", "is_name_private", "revision")
        return {name: getattr(person, name) for name in names}


class CorrectForm(DetailsForm):
    """For a coordinator: with the reason, which the history of the record keeps."""

    reason = forms.CharField(
        label="Why", max_length=200, help_text="Such as: rang on 4 May, married name. The record’s history keeps it."
    )


def tidy_mobile(text: str) -> str:
    """A number as it is kept: British ones as dialled here, others with their country. Raises ValidationError."""
    wrong = forms.ValidationError("Enter a mobile number, like 07700 900982 or +353 85 012 3456")
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise wrong from None
    if not phonenumbers.is_possible_number(number):
        raise wrong
    is_british = number.country_code == 44
    style = phonenumbers.PhoneNumberFormat.NATIONAL if is_british else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    tidy = phonenumbers.format_number(number, style)
    if len(tidy) > 20:
        raise wrong
    return tidy


class AnswerForm(forms.Form):
    """The yes or no of a row that is settled in place. Two buttons of one form carry it."""

    answer = forms.ChoiceField(choices=(("yes", "Yes"), ("no", "No")))

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == "yes")
