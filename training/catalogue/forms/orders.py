from decimal import Decimal
from typing import Any

from django import forms

from training.catalogue.actions.orders import PLAIN, OrderPlan
from training.catalogue.models import Order
from training.web.forms import DateField, MusterForm, OnceForm, TelField

MONEY = ("cost_pence", "late_cancel_pence")
HIGHEST_POUNDS = 100_000


class PoundsField(forms.DecimalField):
    """Typed as pounds, kept as pence."""

    def __init__(self, **kwargs: Any) -> None:
        limits = {"min_value": 0, "max_value": HIGHEST_POUNDS, "decimal_places": 2, "required": False}
        super().__init__(**{**limits, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:.2f}".removesuffix(".00") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = value.strip().removeprefix("£").replace(",", "") if isinstance(value, str) else value
        pounds: Decimal | None = super().clean(text)
        return None if pounds is None else int(pounds * 100)


class OrderForm(OnceForm):
    kind = forms.ChoiceField(label="What kind", choices=Order.Kind.choices)
    what = forms.CharField(
        label="What exactly",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": "3"}),
        help_text="The supplier reads it. For example, sandwiches at 12:30, four of them vegan. Name nobody.",
    )
    supplier = forms.CharField(label="Supplier", required=False, max_length=200)
    supplier_email = forms.EmailField(
        label="Their e-mail address", required=False, help_text="Then Muster can send the order, with your word."
    )
    supplier_phone = TelField(label="Their telephone number", required=False, max_length=40)
    numbers = forms.IntegerField(label="How many", required=False, min_value=1, max_value=5000)
    cost_pence = PoundsField(label="What it costs, in pounds")
    order_by = DateField(
        label="Order by", required=False, help_text="Leave it empty for the usual time before the date."
    )
    numbers_by = DateField(label="Say how many by", required=False)
    cancel_free_until = DateField(label="Cancel for nothing until", required=False)
    late_cancel_pence = PoundsField(
        label="What cancelling later costs, in pounds", help_text="Leave it empty if it is the whole."
    )

    def plan(self) -> OrderPlan:
        return OrderPlan(**{name: self.cleaned_data[name] for name in PLAIN})


class OrderChangeForm(OrderForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)


def _sends() -> forms.BooleanField:
    return forms.BooleanField(label="Send the message below", required=False)


class OrderStepForm(MusterForm):
    """What comes next for an order; `sends` is there only if the supplier has an address."""

    mark_optional = False

    reason = forms.CharField(
        label="Why is it cancelled?", max_length=300, error_messages={"required": "Enter why it is cancelled"}
    )
    numbers = forms.IntegerField(
        label="How many", min_value=1, max_value=5000, error_messages={"required": "Enter how many"}
    )
    sends = _sends()

    def __init__(self, *args: Any, order: Order, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=None, auto_id=f"id_{verb}_%s", **kwargs)
        wanted = {"cancel": "reason", "numbers": "numbers"}.get(verb, "")
        for name in ("reason", "numbers"):
            if name != wanted:
                del self.fields[name]
        if not order.supplier_email or (verb == "cancel" and order.status == Order.Status.NEEDED):
            del self.fields["sends"]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        return {"sends": False, **self.cleaned_data}
