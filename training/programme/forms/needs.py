import datetime
from typing import Any

from django import forms
from django.utils import timezone

from training.catalogue.models import Course
from training.governance.models import Priority, Recommendation
from training.people.models import Agency
from training.programme.actions.needs import LACKING, NeedText
from training.programme.forms.programmes import label_courses
from training.programme.models import TrainingNeed
from training.web.forms import DateField, MusterForm, OnceForm

NAMED = {"priority": "priority", "review": "recommendation", "agency": "agency"}


class NeedForm(OnceForm):
    text = forms.CharField(label="What people need to learn", max_length=300, widget=forms.Textarea({"rows": "2"}))
    who = forms.CharField(label="Who needs it", max_length=200, required=False, help_text="Roles, settings, how many.")
    source = forms.ChoiceField(label="Where does it come from?", widget=forms.RadioSelect, choices=TrainingNeed.Source)
    priority = forms.ModelChoiceField(
        label="Which priority", queryset=Priority.objects.order_by("name"), required=False, empty_label="None"
    )
    recommendation = forms.ModelChoiceField(
        label="Which recommendation",
        queryset=Recommendation.objects.select_related("review").order_by("review__title", "number"),
        to_field_name="reference",
        required=False,
        empty_label="None",
    )
    agency = forms.ModelChoiceField(
        label="Which organisation asked",
        queryset=Agency.objects.filter(standing=Agency.Standing.SETTLED).order_by("name"),
        to_field_name="reference",
        required=False,
        empty_label="None",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one}: {one.text}"[:140]
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        field = NAMED.get(data.get("source", ""))
        if field and field not in self.errors and not data.get(field):
            self.add_error(field, LACKING[TrainingNeed.Source(data["source"])])
        return data

    def need(self) -> NeedText:
        return NeedText(**{name: value for name, value in self.cleaned_data.items() if name != "submission"})


class AnswerForm(MusterForm):
    course = forms.ModelChoiceField(
        label="Which course answers it",
        queryset=Course.objects.exclude(standing=Course.Standing.WITHDRAWN).order_by("code"),
        to_field_name="code",
        empty_label="Choose one",
    )
    on = DateField(label="Since when", help_text="The day on which the learning went into the course.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_courses(self.fields["course"])

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Enter a day that is not to come: say it when it has gone in.")
        return on


class CloseNeedForm(MusterForm):
    standing = forms.ChoiceField(
        label="How does it stand?",
        widget=forms.RadioSelect,
        choices=[(TrainingNeed.Standing.MET, "It is met"), (TrainingNeed.Standing.SET_ASIDE, "It is set aside")],
    )
    reason = forms.CharField(
        label="Why", max_length=300, widget=forms.Textarea({"rows": "2"}), help_text="What was seen, or why not now."
    )
