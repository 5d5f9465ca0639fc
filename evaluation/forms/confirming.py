"""The form behind a manager's link: one choice and one example for each of their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from evaluation.forms.answering import SAFETY, TURNING
from evaluation.managers import Told
from evaluation.models import ManagerConfirmation
from training.web.forms import MusterForm

EXAMPLE_LIMIT = 2000
State = ManagerConfirmation.State
CHOICES = [
    (State.SAW_CHANGE, "Yes, I have seen a change"),
    (State.NOT_YET, "Not yet"),
    (State.DOES_NOT_KNOW, "I do not know"),
    (State.NOT_THEIRS, "I do not manage this person"),
]


@dataclass(frozen=True)
class Asked:
    """One person on the page."""

    row: ManagerConfirmation
    state: BoundField
    example: BoundField


class ConfirmForm(MusterForm):
    """Nobody has to be answered for now: who is left out can be answered for later."""

    mark_optional = False
    is_about_safety = forms.BooleanField(
        required=False,
        label="Something I wrote here is about someone’s safety",
        help_text="Tick this if a child, an adult or a colleague may not be safe. What you wrote on this page then goes"
        " to the partnership’s duty people straight away, and nowhere else. Your name stays sealed unless two of them"
        " together need to open it.",
    )

    def __init__(self, people: Sequence[ManagerConfirmation], data: Any = None) -> None:
        self._people = people
        made = {name: field for row in people for name, field in _fields(row).items()}
        # Of this form alone; Django and our conventions copy the fields from here.
        self.base_fields = {**made, **type(self).base_fields}  # type: ignore[misc]
        super().__init__(data)

    def asked(self) -> list[Asked]:
        return [Asked(row, self[f"state-{row.reference}"], self[f"example-{row.reference}"]) for row in self._people]

    def told(self) -> list[Told]:
        """What was said, of a form that is valid."""
        given = ((row.reference, *self._given(row)) for row in self._people)
        return [Told(reference, state, example) for reference, state, example in given if state or example]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self._people:
            name = f"example-{row.reference}"
            cleaned[name] = TURNING.sub("", cleaned.get(name) or "").strip()
            state, example = self._given(row)
            if cleaned.get(SAFETY):
                continue
            if example and state != State.SAW_CHANGE and f"state-{row.reference}" not in self.errors:
                self.add_error(
                    f"state-{row.reference}",
                    f"Choose “Yes, I have seen a change” for {row.booking.person.name}, or clear the example",
                )
        if not self.errors and not any(self._given(row)[0] for row in self._people) and not cleaned.get(SAFETY):
            self.add_error(None, "Choose an answer for at least one person. The others can wait.")
        return cleaned

    def _given(self, row: ManagerConfirmation) -> tuple[str, str]:
        held = self.cleaned_data
        return held.get(f"state-{row.reference}") or "", held.get(f"example-{row.reference}") or ""


def _fields(row: ManagerConfirmation) -> dict[str, forms.Field]:
    name = row.booking.person.name
    return {
        f"state-{row.reference}": forms.ChoiceField(
            label=f"Have you seen a change in how {name} works since the course?",
            choices=CHOICES,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": f"Choose one of the answers for {name}"},
        ),
        f"example-{row.reference}": forms.CharField(
            label="If yes: one example, if you can",
            help_text="What happened, and what came of it? Name no child or adult, nor what would tell who they are.",
            required=False,
            max_length=EXAMPLE_LIMIT,
            widget=forms.Textarea({"rows": "3"}),
        ),
    }
