"""An item of evidence, and what is decided about it."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from evaluation.actions.evidence import REASON_LIMIT, EvidenceText
from evaluation.models import EvidenceItem
from training.catalogue.models import CourseVersion
from training.governance.models import Body, Priority
from training.web.forms import DateField, MusterForm

PLAIN = (
    "claim",
    "version",
    "priority",
    "grade",
    "source",
    "is_independent",
    "period_starts_on",
    "period_ends_on",
    "count",
    "possible",
    "before",
    "after",
    "what_else_changed",
    "what_contradicts",
)


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: CourseVersion) -> str:
        return f"{obj.title} ({obj.course.code}, version {obj.number})"


class EvidenceForm(MusterForm):
    """`revision` is that of the item as the writer saw it; 0 for a new one."""

    claim = forms.CharField(
        label="What people do now that they did not do before",
        help_text="One behaviour, in a sentence. Write “contributed to”, never “caused”. No names, no case references.",
        max_length=300,
        widget=forms.Textarea({"rows": "2"}),
    )
    version = _VersionField(label="Course", queryset=CourseVersion.objects.none(), empty_label="Choose one")
    priority = forms.ModelChoiceField(
        label="Priority", queryset=Priority.objects.order_by("name"), required=False, empty_label="None"
    )
    grade = forms.ChoiceField(label="Grade", choices=EvidenceItem.Grade.choices, widget=forms.RadioSelect)
    source = forms.CharField(
        label="Where it was seen, and by whom",
        help_text="For example: audit of 20 early help files, by the quality team.",
        max_length=200,
    )
    is_independent = forms.BooleanField(
        label="Whoever saw it had no part in the course, and it is not their own practice", required=False
    )
    period_starts_on = DateField(label="First day of the time it is about", help_text="For example, 27 3 2027")
    period_ends_on = DateField(label="Last day of the time it is about", help_text="For example, 27 6 2027")
    count = forms.IntegerField(label="How many", required=False, min_value=0, help_text="Such as 17 of 20 files.")
    possible = forms.IntegerField(label="Of how many", required=False, min_value=1)
    before = forms.CharField(label="Before", required=False, max_length=200, help_text="Such as: 12 of 20.")
    after = forms.CharField(
        label="After: what was found, or what happened", required=False, max_length=200, help_text="Such as: 17 of 20."
    )
    what_else_changed = forms.CharField(
        label="What else changed in that time", required=False, max_length=1000, widget=forms.Textarea({"rows": "2"})
    )
    what_contradicts = forms.CharField(
        label="What contradicts it",
        help_text="Look for it. If there is nothing, write “None found”.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": "2"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, only: CourseVersion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = CourseVersion.objects.select_related("course").order_by("title", "-number")
        if only is not None:
            versions = versions.filter(pk=only.pk)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("period_starts_on"), given.get("period_ends_on")
        if first and last and last < first:
            self.add_error("period_ends_on", "The last day is before the first day")
        count, possible = given.get("count"), given.get("possible")
        if count is not None and "possible" in given and (possible is None or possible < count):
            self.add_error("possible", "Enter of how many: at least as many as were counted")
        return given

    def text(self) -> EvidenceText:
        """Of a form that is valid."""
        return EvidenceText(**{name: self.cleaned_data[name] for name in PLAIN})


class RejectForm(MusterForm):
    reason = forms.CharField(
        label="Why it is not evidence", max_length=REASON_LIMIT, widget=forms.Textarea({"rows": "2"})
    )


class DecisionForm(MusterForm):
    body = forms.ModelChoiceField(
        label="Which group decided", queryset=Body.objects.order_by("name"), empty_label="Choose one"
    )
    held_on = DateField(label="Day of the meeting", help_text="For example, 27 3 2027")
    outcome = forms.CharField(
        label="What was decided",
        help_text="In a sentence: extend, improve, withdraw or order more, and who does what by when.",
        max_length=300,
        widget=forms.Textarea({"rows": "2"}),
    )
    minute = forms.CharField(label="Number in the minutes", max_length=60, required=False)

    def clean_held_on(self) -> datetime.date:
        held_on: datetime.date = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError("Enter the day of a meeting that has taken place")
        return held_on


def initial_of(item: EvidenceItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in (*PLAIN, "revision")}
