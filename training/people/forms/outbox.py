from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from training.outbox.models import TROUBLE as IN_TROUBLE
from training.outbox.models import Message, State
from training.people.finding import tidy_search
from training.web.forms import MusterForm

TROUBLE = "trouble"
# Shorter than the model's own, for lists and tags.
STATE_WORDS = {
    State.PENDING.value: "Waiting",
    State.SENDING.value: "Being sent",
    State.SENT.value: "Sent",
    State.UNCERTAIN.value: "Perhaps sent",
    State.FAILED.value: "Could not be sent",
    State.EXPIRED.value: "Too late",
    State.RETURNED.value: "Came back",
}


def kind_in_words(kind: str) -> str:
    """ "people.role_granted" → "Role granted"."""
    return kind.partition(".")[2].replace("_", " ").capitalize() or kind


class OutboxFilterForm(MusterForm):
    """What to show of the messages. Nonsense in the address shows all, with a word beside the field."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), (TROUBLE, "Problems only"), *STATE_WORDS.items()]
    )
    kind = forms.ChoiceField(label="Kind", required=False)
    q = forms.CharField(
        label="Name or address", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    mark_optional = False

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "All"), *((kind, kind_in_words(kind)) for kind in kinds)]

    def of(self, rows: "QuerySet[Message]") -> "QuerySet[Message]":
        chosen = self.cleaned_data if self.is_valid() or self.is_bound else {}
        if state := chosen.get("state"):
            rows = rows.filter(state__in=IN_TROUBLE if state == TROUBLE else (state,))
        if kind := chosen.get("kind"):
            rows = rows.filter(kind=kind)
        if text := tidy_search(chosen.get("q", "")):
            rows = rows.filter(
                Q(to_address__icontains=text) | Q(to_number__icontains=text) | Q(to_name__unaccent__icontains=text)
            )
        return rows


class ResendForm(MusterForm):
    address = forms.EmailField(label="Send it to", widget=forms.EmailInput({"autocomplete": "off"}))
