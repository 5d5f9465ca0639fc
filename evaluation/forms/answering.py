"""The form behind a personal link: made of the questions of its questionnaire, one field for each thing asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html

from evaluation.answering import Asked, Given
from evaluation.models import Question
from evaluation.questionnaires import OUTCOME_KINDS
from training.catalogue.models import LearningOutcome
from training.web.forms import MusterForm

TEXT_LIMIT = 4000
SAFETY = "is_about_safety"
CONFIDENCE = ("not at all confident", "a little confident", "fairly confident", "confident", "very confident")
AGREEMENT = ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree")
# What turns the words around it round or writes over them; line ends and tabs stay.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Section:
    """A question with its fields, for the page: `scale` says what the ends of the numbers mean."""

    question: Question
    fields: list[BoundField] = field(default_factory=list)
    scale: str = ""

    @property
    def is_grid(self) -> bool:
        return self.question.kind in OUTCOME_KINDS


class AnswerForm(MusterForm):
    """Required are only the questions that say so; every text may be left empty."""

    is_about_safety = forms.BooleanField(
        required=False,
        label="This is about someone’s safety",
        help_text="Tick this if what you wrote is about a child, an adult or a colleague who may not be safe. Your"
        " words then go to the partnership’s duty people straight away instead of to the evaluation. Your name stays"
        " sealed unless two of them together need to open it.",
    )

    def __init__(self, asked: Asked, data: Any = None) -> None:
        self._made: list[tuple[str, Question, LearningOutcome | None]] = []
        self.asked = asked
        # Of this form alone; Django and our conventions copy the fields from here.
        self.base_fields = {**self._asked_fields(asked), **type(self).base_fields}  # type: ignore[misc]
        super().__init__(data)

    def _asked_fields(self, asked: Asked) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for question in asked.questions:
            outcomes: list[LearningOutcome | None] = [*asked.outcomes] if question.kind in OUTCOME_KINDS else [None]
            for outcome in outcomes:
                name = f"{question.code}-{outcome.position}" if outcome else question.code
                fields[name] = _field(question, outcome)
                self._made.append((name, question, outcome))
        return fields

    def sections(self) -> list[Section]:
        sections: dict[int, Section] = {}
        for name, question, _ in self._made:
            section = sections.setdefault(question.pk, Section(question, [], _scale(question)))
            section.fields.append(self[name])
        return list(sections.values())

    def given(self) -> list[Given]:
        """What was answered, in order; of a form that is valid."""
        return [one for name, question, outcome in self._made if (one := self._given(name, question, outcome))]

    def _given(self, name: str, question: Question, outcome: LearningOutcome | None) -> Given | None:
        value = self.cleaned_data[name]
        if not value:
            return None
        if question.kind == Question.Kind.TEXT:
            return Given(question, text=value)
        if question.kind == Question.Kind.CHOICE:
            return Given(question, choice=value)
        return Given(question, outcome, rating=int(value))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        texts = (name for name, question, _ in self._made if question.kind == Question.Kind.TEXT)
        for name in texts:
            if name in cleaned:
                cleaned[name] = TURNING.sub("", cleaned[name]).strip()
        return cleaned


def _field(question: Question, outcome: LearningOutcome | None) -> forms.Field:
    if question.kind == Question.Kind.TEXT:
        return forms.CharField(
            label=question.text,
            help_text=question.help_text,
            max_length=TEXT_LIMIT,
            required=question.is_required,
            widget=forms.Textarea({"rows": "4"}),
        )
    label = outcome.text if outcome else question.text
    is_rating = question.kind != Question.Kind.CHOICE
    choices = list(_numbers(question)) if is_rating else [(choice, choice) for choice in question.choices]
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text="" if outcome else question.help_text,
        required=question.is_required,
        widget=forms.RadioSelect({"class": "muster-rating"} if is_rating else {}),
        error_messages={"required": f"Choose an answer to “{label.rstrip('.')}”"},
    )


def _numbers(question: Question) -> Iterator[tuple[str, Any]]:
    """1 to 5; only a screen reader is told with each number what it means, everybody else above and below them."""
    words = CONFIDENCE if question.kind in OUTCOME_KINDS else AGREEMENT
    for number, meaning in enumerate(words, start=1):
        yield str(number), format_html('{}<span class="govuk-visually-hidden">: {}</span>', number, meaning)


def _scale(question: Question) -> str:
    if question.kind in OUTCOME_KINDS:
        return "1 is not at all confident, 5 is very confident."
    return "1 is strongly disagree, 5 is strongly agree." if question.kind == Question.Kind.RATING else ""
