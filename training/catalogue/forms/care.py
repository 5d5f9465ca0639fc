from typing import Any

from django import forms
from django.utils import timezone

from training.catalogue.models import CourseReview, Guidance
from training.people.models import Person, Role, RoleGrant
from training.web.forms import DateField, MusterForm, OnceForm

WHO_ANSWERS = (Role.COORDINATOR, Role.EXPERT, Role.TRAINER, Role.PDL_MEMBER)


def may_look_after() -> Any:
    held = RoleGrant.objects.on(timezone.localdate()).filter(role__in=WHO_ANSWERS)
    return Person.objects.present().filter(pk__in=held.values("person")).order_by("name", "pk")


class CareForm(MusterForm):
    owner = forms.ModelChoiceField(
        label="Who answers for its content",
        queryset=Person.objects.none(),
        to_field_name="reference",
        required=False,
        empty_label="Nobody yet",
    )
    guidance = forms.ModelMultipleChoiceField(
        label="Guidance it goes by",
        queryset=Guidance.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    review_due_on = DateField(label="Looked at next by", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = may_look_after()  # type: ignore[attr-defined]
        self.fields["guidance"].queryset = Guidance.objects.all()  # type: ignore[attr-defined]


class ReviewForm(OnceForm):
    on = DateField(label="When was it looked at?")
    who = forms.CharField(label="Who looked at it?", max_length=120, help_text="Such as: Dana Whitlock and the LADO.")
    outcome = forms.ChoiceField(
        label="What came of it?", choices=CourseReview.Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="What was changed, or why nothing", max_length=2000, required=False, widget=forms.Textarea({"rows": "3"})
    )
    next_due_on = DateField(label="When is it looked at next?")


class GuidanceForm(MusterForm):
    title = forms.CharField(label="Title", max_length=200, help_text="Such as: Keeping children safe in education.")
    edition = forms.CharField(label="Edition", max_length=60, help_text="Such as: 2026, or version 3.")
    issued_on = DateField(label="Published on")
    link = forms.URLField(label="Where it can be read", required=False, max_length=500, assume_scheme="https")
    instead_of = forms.ModelChoiceField(
        label="It takes the place of",
        queryset=Guidance.objects.none(),
        to_field_name="reference",
        required=False,
        empty_label="Nothing: it is new",
        help_text="Every course that cites the older one is listed and due for review.",
    )
    review_by = DateField(label="Those courses are looked at by", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instead_of"].queryset = Guidance.objects.in_force()  # type: ignore[attr-defined]
