"""How the places of a course are given, and the limit for one organisation on one date."""

from typing import Any

from django import forms

from bookings.models import CourseRules, NextRule
from training.web.forms import DateField, MusterForm

FIELDS = (
    "next_rule",
    "cap",
    "cap_working_days",
)


class CourseRulesForm(MusterForm):
    """`FIELDS` are those of `CourseRules`."""

    next_rule = forms.ChoiceField(
        label="Who is next on a waiting list?",
        widget=forms.RadioSelect,
        choices=[
            (NextRule.FIRST_COME, "First come, first served: whoever has waited longest"),
            (NextRule.MIX, "A mixed room: whose sector has the fewest people in the room, then whoever waited longest"),
        ],
        help_text="What each would do now is shown above.",
    )
    cap = forms.IntegerField(
        label="At most how many places for one organisation?",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leave it empty for no limit. People past it go on the waiting list and are told why.",
    )
    cap_working_days = forms.IntegerField(
        label="Until how many working days before a date?",
        min_value=0,
        max_value=250,
        help_text="From that day on anybody gets the places that are left.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, rules: CourseRules, **kwargs: Any) -> None:
        initial = {name: getattr(rules, name) for name in (*FIELDS, "revision")}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def rules(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class DateCapForm(MusterForm):
    most = forms.IntegerField(
        label="At most how many places for one organisation?",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leave both empty for no limit on this date. Whoever has a place keeps it.",
    )
    until = DateField(
        label="Until when",
        required=False,
        help_text="From this day on anybody gets what is left. For example, 27 3 2027",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("most") and "until" in given and not given["until"]:
            self.add_error("until", "Enter until when, or leave the number of places empty")
        return given

    @property
    def details(self) -> dict[str, Any]:
        return {"places": self.cleaned_data["most"], "until": self.cleaned_data["until"]}
