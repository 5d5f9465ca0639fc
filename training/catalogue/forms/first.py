import re
from typing import Any

from django import forms

from training.catalogue.models import Course, Prerequisite
from training.web.forms import MusterForm


class CodesField(forms.CharField):
    """Codes of courses, with commas, spaces or lines between them; cleans to the courses in that order."""

    def clean(self, value: Any) -> Any:
        codes = list(dict.fromkeys(re.split(r"[\s,;]+", super().clean(value).strip().upper())))
        codes = [code for code in codes if code]
        found = {course.code.upper(): course for course in Course.objects.filter(code__in=codes)}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(f"There is no course {' and no course '.join(unknown[:5])}. Check the code")
        if self.required and not codes:
            raise forms.ValidationError("Enter the code of at least one course")
        return [found[code] for code in codes]


class AskFirstForm(MusterForm):
    accepted = CodesField(
        label="Any one of these courses",
        max_length=300,
        help_text="Their codes, with commas between them, such as BSP001, BSP006. One of them is enough.",
        error_messages={"required": "Enter the code of at least one course"},
    )
    strength = forms.ChoiceField(
        label="How strictly?",
        widget=forms.RadioSelect,
        choices=[
            (Prerequisite.Strength.MUST, "Must: nobody can book without it, but for a reason that is kept"),
            (Prerequisite.Strength.SHOULD, "Should: people are told, and can book all the same"),
        ],
        error_messages={"required": "Choose how strictly it is asked for"},
    )


class EquivalentsForm(MusterForm):
    equivalents = CodesField(
        label="Courses that count as this one",
        max_length=300,
        required=False,
        help_text="Their codes. Who has done one of them need not do this one first.",
    )
    mark_optional = False
