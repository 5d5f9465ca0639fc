from typing import Any

from django import forms
from django.db.models.functions import Lower

from providers.actions.contracts import LONGEST_MONTHS, ContractText, options_of
from providers.models import Contract, Provider
from training.people.models import Person, Role, RoleGrant
from training.web.forms import DateField, MusterForm


class ProviderForm(MusterForm):
    name = forms.CharField(label="Name", max_length=200)
    contact_email = forms.EmailField(
        label="E-mail address for orders", required=False, help_text="Trainer orders go there."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)

    def apply_to(self, provider: Provider) -> Provider:
        """Put what was typed into `provider`, in memory only."""
        provider.name = self.cleaned_data["name"]
        provider.contact_email = self.cleaned_data["contact_email"]
        return provider

    @staticmethod
    def initial_of(provider: Provider) -> dict[str, Any]:
        return {name: getattr(provider, name) for name in ("name", "contact_email", "revision")}


class ContractForm(MusterForm):
    reference = forms.CharField(
        label="Reference", max_length=40, help_text="Letters, digits and dashes, such as BSP-2026-1."
    )
    title = forms.CharField(label="What it is for", max_length=200, required=False)
    lot_number = forms.IntegerField(label="Lot", min_value=1, max_value=99, required=False)
    starts_on = DateField(label="First day")
    initial_months = forms.IntegerField(label="First term in months", min_value=1, max_value=LONGEST_MONTHS, initial=36)
    options = forms.CharField(
        label="Options to extend",
        max_length=60,
        required=False,
        help_text="The months of each in their order, such as 12+12. Leave empty if there are none.",
    )
    value = forms.DecimalField(
        label="Value of the first term in pounds", min_value=0, max_digits=12, decimal_places=2, required=False
    )

    def clean_options(self) -> list[int]:
        months = options_of(self.cleaned_data["options"])
        if months is None:
            raise forms.ValidationError("Enter the months of each option with + between, like 12+12")
        return months

    @property
    def text(self) -> ContractText:
        given, value = self.cleaned_data, self.cleaned_data["value"]
        return ContractText(
            given["reference"],
            given["starts_on"],
            given["initial_months"],
            given["options"],
            given["title"],
            given["lot_number"],
            None if value is None else int(value * 100),
        )


class EngageForm(MusterForm):
    person = forms.ModelChoiceField(
        label="Who works for this provider",
        queryset=Person.objects.none(),
        to_field_name="reference",
        empty_label="Choose one",
        help_text="Everybody who has the role of trainer or of a provider’s manager.",
    )
    is_manager = forms.BooleanField(label="They manage it: they see this page and its orders", required=False)

    def __init__(self, *args: Any, provider: Provider, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_role = RoleGrant.objects.filter(role__in=(Role.TRAINER, Role.PROVIDER_MANAGER)).values("person_id")
        there = provider.engagements.filter(period__endswith__isnull=True).values("person_id")
        persons = Person.objects.present().filter(pk__in=with_role).exclude(pk__in=there)
        self.fields["person"].queryset = persons.order_by(Lower("name"), "pk")  # type: ignore[attr-defined]


class OrderForm(MusterForm):
    contract = forms.ModelChoiceField(
        label="Contract", queryset=Contract.objects.none(), to_field_name="reference", empty_label="Choose one"
    )
    fee = forms.DecimalField(label="Fee in pounds", min_value=0, max_value=100_000, max_digits=8, decimal_places=2)

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contract"]
        field.queryset = contracts  # type: ignore[attr-defined]
        field.label_from_instance = lambda contract: f"{contract.provider}, {contract}"  # type: ignore[attr-defined]

    @property
    def fee_pence(self) -> int:
        return int(self.cleaned_data["fee"] * 100)


class CancelOrderForm(MusterForm):
    reason = forms.CharField(label="Why", max_length=300, help_text="The provider reads it, if it was ordered.")
