import re
from typing import Any

from django import forms

from training.people.models import Agency, AgencyGroup, Sector
from training.web.forms import MusterForm

DOMAIN = re.compile(r"(?=.{3,100}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
PLAIN = ("name", "short_name", "address", "sector", "kind", "group", "email_domains", "headcount", "is_charge_exempt")


class AgencyForm(MusterForm):
    name = forms.CharField(label="Name", max_length=200)
    short_name = forms.CharField(label="Short name", max_length=20, required=False, help_text="For narrow tables.")
    address = forms.CharField(label="Address", max_length=300, required=False)
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose one"), *Sector.choices])
    kind = forms.ChoiceField(
        label="What it pays as",
        choices=[("", "As others of its sector"), *Agency.Kind.choices],
        required=False,
        help_text="The booking rules say what each pays for coming and for not coming.",
    )
    group = forms.ModelChoiceField(
        label="Group",
        queryset=AgencyGroup.objects.order_by("name"),
        to_field_name="name",
        required=False,
        empty_label="None",
        help_text="A trust, federation or service that it belongs to.",
    )
    new_group = forms.CharField(label="Or a group that is not in the list", max_length=200, required=False)
    email_domains = forms.CharField(
        label="E-mail domains",
        max_length=1000,
        required=False,
        help_text="What stands after the @ in its people’s addresses, such as nhs.net. Several with commas between. "
        "Other organisations may have the same.",
    )
    headcount = forms.IntegerField(
        label="People who work there", min_value=0, required=False, help_text="About how many, for workforce shares."
    )
    is_charge_exempt = forms.BooleanField(label="Never charged", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)

    def clean_email_domains(self) -> list[str]:
        words = re.split(r"[\s,;]+", self.cleaned_data["email_domains"].lower())
        domains = [word.lstrip("@") for word in words if word.strip("@")]
        for domain in domains:
            if not DOMAIN.fullmatch(domain):
                raise forms.ValidationError(f"{domain[:60]} is not an e-mail domain. Enter it like example.org")
        return domains

    def apply_to(self, agency: Agency) -> Agency:
        """Put what was typed into `agency`, in memory only."""
        for name in PLAIN:
            setattr(agency, name, self.cleaned_data[name])
        agency.name = " ".join(agency.name.split())
        return agency

    @staticmethod
    def initial_of(agency: Agency) -> dict[str, Any]:
        held = {name: getattr(agency, name) for name in PLAIN}
        domains = ", ".join(agency.email_domains)
        return {**held, "email_domains": domains, "group": agency.group, "revision": agency.revision}
