from typing import Any

from django import forms
from django.utils import timezone

from training.governance.models import Decision, Review
from training.web.forms import DateField, MusterForm

MOST, LONGEST = 40, 1000


class ReviewForm(MusterForm):
    """Recommendations are typed one a line."""

    title = forms.CharField(label="Title", max_length=200, help_text="As it was published, without anybody’s name.")
    kind = forms.ChoiceField(label="Kind of review", choices=[("", "Choose one"), *Review.Kind.choices])
    published_on = DateField(label="Day it was published", help_text="For example, 27 3 2027")
    recommendations = forms.CharField(
        label="Recommendations for us",
        max_length=MOST * LONGEST,
        widget=forms.Textarea({"rows": "8"}),
        help_text="One a line, in the review’s words.",
    )

    def clean_published_on(self) -> Any:
        day = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Enter the day on which it was published, not one to come")
        return day

    def clean_recommendations(self) -> list[str]:
        lines = [line for text in self.cleaned_data["recommendations"].splitlines() if (line := " ".join(text.split()))]
        if len(lines) > MOST:
            raise forms.ValidationError(f"Enter {MOST} recommendations at most")
        if long := next((line for line in lines if len(line) > LONGEST), ""):
            raise forms.ValidationError(f"Shorten “{long[:40]}…” to {LONGEST} characters")
        return lines


class CloseRecommendationForm(MusterForm):
    decision = forms.ModelChoiceField(
        label="The decision that closes it",
        queryset=Decision.objects.select_related("meeting__body").order_by("-meeting__held_on", "-pk"),
        to_field_name="reference",
        empty_label="Choose one",
        help_text="Write it down on the meeting’s page first.",
    )
    what_was_seen = forms.CharField(
        label="What was seen in practice",
        max_length=2000,
        widget=forms.Textarea({"rows": "5"}),
        help_text="By whom, when, how often. That training was put on closes no recommendation.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.meeting.held_on:%-d %B %Y}, {one.subject}: {one.outcome}"[:160]
        )
