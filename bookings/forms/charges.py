"""What is filled in about missed places: why, the decision, a dispute and its answer, an order or payment."""

from typing import Any

from django import forms

from bookings.models import Charge, FeeReceipt, Why
from training.catalogue.forms.orders import PoundsField
from training.web.forms import MusterForm
from training.web.words import pounds


class WhyForm(MusterForm):
    why = forms.ChoiceField(
        label="What happened?",
        choices=Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    words = forms.CharField(
        label="Anything we should know?",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
        help_text="Only the training team reads it. Do not name a child or a case.",
    )


class DecideForm(MusterForm):
    """One decision about one or several charges, whose references the page sends beside it."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("charge", "Charge"), ("cancel", "Cancel the charge")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is charged"},
    )
    why = forms.ChoiceField(label="Why is it cancelled?", choices=[("", "Choose one"), *Why.choices], required=False)
    words = forms.CharField(
        label="In your words",
        max_length=400,
        required=False,
        help_text="Kept with the decision. The training lead reads it, so do not write about anybody’s health.",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") == "cancel" and not given.get("why") and "why" not in self.errors:
            self.add_error("why", "Choose why the charge is cancelled")
        return given


class DisputeForm(MusterForm):
    words = forms.CharField(
        label="What is wrong with this charge?",
        max_length=500,
        widget=forms.Textarea({"rows": "4"}),
        help_text="The training team reads it and answers you. Do not write about anybody’s health.",
        error_messages={"required": "Enter what is wrong with this charge"},
    )


class AnswerDisputeForm(MusterForm):
    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[("uphold", "They are right"), ("stand", "The charge stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    pence = PoundsField(label="How much is given back, in pounds")
    words = forms.CharField(
        label="Your answer",
        max_length=500,
        widget=forms.Textarea({"rows": "3"}),
        help_text="Whoever disputed it reads it.",
        error_messages={"required": "Enter your answer"},
    )
    mark_optional = False

    def __init__(self, *args: Any, charge: Charge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if charge.statement_id is None:
            del self.fields["pence"]
        else:
            self["pence"].help_text = f"Empty: all of it, {pounds(charge.amount_pence)}."


class AccountForm(MusterForm):
    payer_name = forms.CharField(
        label="Who pays", max_length=200, required=False, help_text="Such as a trust. Empty: the organisation itself."
    )
    payer_email = forms.EmailField(
        label="E-mail address for statements", required=False, help_text="Empty: its training leads get them."
    )
    purchase_order = forms.CharField(label="Purchase order number", max_length=40, required=False)
    cost_code = forms.CharField(label="Cost code", max_length=40, required=False)
    journal_number = forms.CharField(
        label="Internal journal number", max_length=40, required=False,
        help_text="For a service of the council, which is not invoiced.",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    mark_optional = False


class OrderNumberForm(MusterForm):
    purchase_order = forms.CharField(label="Purchase order for this charge alone", max_length=40, required=False)
    mark_optional = False


class ReceiptForm(MusterForm):
    kind = forms.ChoiceField(label="What has come?", choices=FeeReceipt.Kind.choices, widget=forms.RadioSelect)
    number = forms.CharField(label="Its number", max_length=60, error_messages={"required": "Enter its number"})


class AbsenceForm(MusterForm):
    """The days of the page about what absence cost; nonsense in the address is as if it were not there."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
