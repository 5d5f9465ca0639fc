from typing import Any

from django import forms

from providers.models import Contract
from training.catalogue.models import DeliveryMode
from training.web.forms import MusterForm

MODES = [mode for mode in DeliveryMode if mode != DeliveryMode.E_LEARNING]


def _pounds(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=100_000, decimal_places=2)


class RatesForm(MusterForm):
    """Two prices for each way of teaching, both or neither."""

    mark_optional = False
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mode in MODES:
            self.fields[f"{mode}_half"] = _pounds(f"{mode.label}: half a day, in pounds")
            self.fields[f"{mode}_day"] = _pounds(f"{mode.label}: a day, in pounds")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for mode in MODES:
            half, day = given.get(f"{mode}_half"), given.get(f"{mode}_day")
            if (half is None) != (day is None) and not {f"{mode}_half", f"{mode}_day"} & set(self.errors):
                self.add_error(f"{mode}_day", "Enter both prices, or neither")
        return given

    @property
    def rates(self) -> dict[str, tuple[int, int] | None]:
        """In pence."""
        typed = self.cleaned_data
        return {
            mode.value: None
            if typed[f"{mode}_half"] is None
            else (int(typed[f"{mode}_half"] * 100), int(typed[f"{mode}_day"] * 100))
            for mode in MODES
        }

    @staticmethod
    def initial_of(contract: Contract) -> dict[str, Any]:
        found: dict[str, Any] = {"revision": contract.revision}
        for rate in contract.rates.all():
            found |= {f"{rate.mode}_half": rate.half_day_pence / 100, f"{rate.mode}_day": rate.day_pence / 100}
        return found
