"""Which organisations get a mail about places left, and a sentence of the coordinator's own."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.filling import Share, proposed
from training.people.models import Agency
from training.web.forms import OnceForm
from training.web.words import count


class SeatMailForm(OnceForm):
    agencies = forms.MultipleChoiceField(
        label="Whom do you want to write to?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Those furthest below their part of the workforce come first; the first of them are ticked.",
        error_messages={"required": "Choose at least one organisation"},
    )
    words = forms.CharField(
        label="A sentence of your own",
        widget=forms.Textarea({"rows": "3"}),
        max_length=500,
        required=False,
        help_text="It stands above the dates.",
    )

    def __init__(self, *args: Any, found: Sequence[Share], **kwargs: Any) -> None:
        self.shares = {share.agency.reference: share for share in found}
        initial = {"agencies": [share.agency.reference for share in proposed(found)]}
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(reference, _label(share)) for reference, share in self.shares.items()]
        self.fields["agencies"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Agency]:
        return [self.shares[reference].agency for reference in self.cleaned_data["agencies"]]


def _label(share: Share) -> str:
    return f"{share.agency.name} ({count(share.leads, 'lead')}). {share.sentence}"
