"""Adding somebody by hand; closing an organisation."""

from typing import Any

from django import forms
from django.utils import timezone

from training.people.forms.persons import tidy_mobile
from training.people.models import Agency, Employment
from training.web.forms import DateField, MusterForm, TelField

REASON = "Kept with the change, for whoever asks later."


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An organisation that is known and open, typed or chosen by its name."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        rows = Agency.objects.settled().order_by("name")
        super().__init__(label=label, queryset=rows, to_field_name="reference", required=False, **kwargs)


class PersonAddForm(MusterForm):
    name = forms.CharField(label="Full name", max_length=120, help_text="As it should stand on their certificates.")
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="It may be shared with colleagues. Without one we cannot write to them.",
    )
    mobile = TelField(label="Mobile number", required=False)
    agency = AgencyField("Where they work", empty_label="Nowhere that is in the list")
    job_title = forms.CharField(label="Job or role there", max_length=120, required=False)
    kind = forms.ChoiceField(label="How they work there", choices=Employment.Kind, initial=Employment.Kind.EMPLOYEE)
    from_day = DateField(label="From", help_text="Their first day there, or today if nobody knows.")
    # The references of those alike that the coordinator has been shown; the button "somebody else" carries them.
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_day"].initial = timezone.localdate()

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError("Enter their full name")
        return name

    def clean_mobile(self) -> str:
        text: str = self.cleaned_data["mobile"]
        return tidy_mobile(text) if text else ""

    @property
    def details(self) -> dict[str, Any]:
        """What `add_person` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class AgencyCloseForm(MusterForm):
    reason = forms.CharField(label="Why", max_length=300, help_text=REASON)
    successor = AgencyField("Which organisation takes over its people", empty_label="None: they stay with it")


class AgencyReopenForm(MusterForm):
    reason = forms.CharField(label="Why", max_length=300, help_text=REASON)
