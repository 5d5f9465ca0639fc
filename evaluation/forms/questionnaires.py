"""A new version of a stage's questions: reword, drop, and add one."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import slugify

from evaluation.actions.questionnaires import QuestionText
from evaluation.questionnaires import OUTCOME_KINDS
from training.web.forms import MusterForm

LEVELS = [
    ("1", "1: how people found it"),
    ("2", "2: what they learned"),
    ("3", "3: what they do"),
    ("4", "4: what came of it"),
]
KINDS = [("rating", "Agreement, 1 to 5"), ("text", "In their own words")]


class QuestionnaireForm(MusterForm):
    """`number` is the version that the writer saw. Fields of the question `relevance` start with `relevance-`."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    introduction = forms.CharField(
        label="Introduction", required=False, max_length=1000, widget=forms.Textarea({"rows": "3"})
    )

    def __init__(self, number: int, introduction: str, questions: list[QuestionText], data: Any = None) -> None:
        self.questions = questions
        fields = dict(type(self).base_fields)
        for question in questions:
            fields |= _fields_of(question)
        # Of this form alone; Django and our conventions copy the fields from here.
        self.base_fields = {**fields, **_new_fields()}  # type: ignore[misc]
        super().__init__(data, initial={"number": number, "introduction": introduction})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new_text") and not cleaned.get("new_kind"):
            self.add_error("new_kind", "Choose how the new question is answered")
        if cleaned.get("new_text") and not cleaned.get("new_level"):
            self.add_error("new_level", "Choose what the new question can tell")
        return cleaned

    def groups(self) -> list[tuple[QuestionText, list[BoundField]]]:
        """The fields of each question, for the page."""
        return [
            (one, [self[name] for name in self.fields if name.startswith(f"{one.code}-")]) for one in self.questions
        ]

    def texts(self) -> list[QuestionText]:
        """The questions of the new version; of a form that is valid."""
        kept = [self._changed(one) for one in self.questions if not self.cleaned_data.get(f"{one.code}-is_dropped")]
        return [*kept, *self._new()]

    def _changed(self, question: QuestionText) -> QuestionText:
        given = self.cleaned_data
        return QuestionText(
            question.code,
            question.kind,
            given[f"{question.code}-text"],
            question.kirkpatrick,
            given[f"{question.code}-help"],
            question.choices,
            given[f"{question.code}-is_required"],
        )

    def _new(self) -> list[QuestionText]:
        given = self.cleaned_data
        if not given["new_text"]:
            return []
        taken = {one.code for one in self.questions}
        stem = slugify(given["new_text"])[:30].strip("-") or "question"
        code = next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 99))) if code not in taken)
        return [QuestionText(code, given["new_kind"], given["new_text"], int(given["new_level"]))]


def _fields_of(question: QuestionText) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        f"{question.code}-text": forms.CharField(
            label="Question", initial=question.text, max_length=300, error_messages={"required": "Enter the question"}
        ),
        f"{question.code}-help": forms.CharField(
            label="Hint", initial=question.help_text, max_length=300, required=False
        ),
        f"{question.code}-is_required": forms.BooleanField(
            label="Has to be answered", initial=question.is_required, required=False
        ),
    }
    if question.kind != OUTCOME_KINDS[0]:
        fields[f"{question.code}-is_dropped"] = forms.BooleanField(label="Leave this question out", required=False)
    return fields


def _new_fields() -> dict[str, forms.Field]:
    return {
        "new_text": forms.CharField(label="One more question", max_length=300, required=False),
        "new_kind": forms.ChoiceField(
            label="How it is answered", choices=KINDS, required=False, widget=forms.RadioSelect
        ),
        "new_level": forms.ChoiceField(
            label="What it can tell", choices=LEVELS, required=False, widget=forms.RadioSelect
        ),
    }
