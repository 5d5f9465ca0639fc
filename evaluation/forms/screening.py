"""What a screener decides about one answer."""

from typing import Any

from django import forms

from evaluation.actions.screening import REASON_LIMIT
from evaluation.screening.kinds import Suspicion
from training.web.forms import MusterForm

READ, QUOTE = "read", "quote"


class ClearForm(MusterForm):
    """`seen` is the state that the page showed. What is suspected is ticked until somebody unticks it."""

    take_out = forms.MultipleChoiceField(label="Take these out", required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label="Take out other words too",
        help_text="Each on a line of its own, as it stands in the answer. It is taken out wherever it stands.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": "2"}),
    )
    use = forms.ChoiceField(
        label="What it may be used for",
        choices=[(READ, "Read in reports"), (QUOTE, "Read in reports, and quoted word for word")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it may be used for"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10)

    def __init__(self, text: str, found: list[Suspicion], state: str, data: Any = None) -> None:
        initial = {"take_out": [one.key for one in found], "seen": state, "use": ""}
        super().__init__(data, initial=initial, auto_id="clear_%s")
        if found:
            choices = [(one.key, f"{text[one.start : one.end]} ({one.kind.label.lower()})") for one in found]
            self.fields["take_out"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["take_out"]

    def clean_words(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class WithholdForm(MusterForm):
    reason = forms.CharField(
        label="Why it is not to be shown",
        help_text="For example: it tells who the family is, whatever is taken out.",
        max_length=REASON_LIMIT,
        widget=forms.Textarea({"rows": "2"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=10)

    def __init__(self, state: str, data: Any = None) -> None:
        super().__init__(data, initial={"seen": state}, auto_id="withhold_%s")
