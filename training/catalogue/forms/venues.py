from typing import Any

from django import forms

from training.catalogue.models import Venue
from training.web.forms import MusterForm, TelField

PLAIN = (
    "name",
    "address",
    "capacity",
    "access",
    "travel",
    "door_code",
    "contact_name",
    "contact_phone",
    "assembly_point",
    "is_in_use",
)


def _text(label: str, help_text: str = "") -> forms.CharField:
    area = forms.Textarea({"rows": "3"})
    return forms.CharField(label=label, required=False, max_length=2000, help_text=help_text, widget=area)


class VenueForm(MusterForm):
    name = forms.CharField(label="Name", max_length=200, help_text="With the room, such as Tooley Rooms 2.")
    address = forms.CharField(label="Address", max_length=300)
    capacity = forms.IntegerField(
        label="How many it holds",
        min_value=1,
        max_value=5000,
        help_text="Everybody in the room: trainers, interpreters and assistants too.",
    )
    access = _text("Access", "Step-free, hearing loop, toilets, parking, quiet room.")
    travel = _text("How to get there")
    door_code = forms.CharField(
        label="Door code",
        required=False,
        max_length=40,
        help_text="Shown to confirmed trainers, to nobody else.",
    )
    contact_name = forms.CharField(label="Contact at the venue", required=False, max_length=120)
    contact_phone = TelField(label="Their telephone number", required=False, max_length=40)
    assembly_point = forms.CharField(label="Assembly point in a fire", required=False, max_length=200)
    is_in_use = forms.BooleanField(label="We use this venue", required=False, initial=True)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)

    def apply_to(self, venue: Venue) -> Venue:
        """Put what was typed into `venue`, in memory only."""
        for name in PLAIN:
            setattr(venue, name, self.cleaned_data[name])
        return venue


def initial_of(venue: Venue) -> dict[str, Any]:
    return {name: getattr(venue, name) for name in (*PLAIN, "revision")}
