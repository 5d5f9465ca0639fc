from collections.abc import Sequence
from typing import Any

from django import forms

from training.catalogue.actions.courses import CourseShape, tidy_outcomes
from training.catalogue.models import Course, CourseVersion, DeliveryMode, Framework, Remit
from training.catalogue.plans import CourseText, Level
from training.governance.models import Priority
from training.web.forms import MusterForm

SHAPE = ("kind", "remit", "usual_mode", "lot_number", "priorities")
TEXT = ("title", "aims", "audience", "content_warning", "what_to_bring", "hours", "refresher_months")
OUTCOMES = ("outcomes", "outcome_change", "moves_drafts")
LONGEST_OUTCOME = 300
MOST_OUTCOMES = 12


def _area(label: str, max_length: int, rows: int, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea({"rows": str(rows)})
    return forms.CharField(label=label, required=False, max_length=max_length, widget=widget, help_text=help_text)


def _choices(enumeration: Any) -> list[tuple[str, str]]:
    return [("", "Choose one"), *enumeration.choices]


class CourseForm(MusterForm):
    """A course and its current version. One field for each framework of levels is added when it is made."""

    title = forms.CharField(label="Title", max_length=200)
    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]*$",
        label="Code",
        max_length=20,
        help_text="Stands in the address of its page and stays. Letters, digits and hyphens, such as BSP014.",
        error_messages={"invalid": "Code must have letters, digits and hyphens only, like BSP014"},
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="Kind", choices=_choices(Course.Kind))
    remit = forms.ChoiceField(label="Whose work it belongs to", choices=_choices(Remit))
    usual_mode = forms.ChoiceField(label="How it is usually taught", choices=_choices(DeliveryMode))
    audience = _area("Who it’s for", 2000, 3)
    aims = _area("What it is about", 5000, 5)
    outcomes = _area(
        "You will be able to…",
        4000,
        6,
        "One outcome on each line, such as: recognise the signs of neglect. "
        "People rate each of them before, after and two months on.",
    )
    content_warning = _area("What people should know before they book", 1000, 2)
    what_to_bring = _area("What to bring", 1000, 2)
    hours = forms.DecimalField(
        label="Hours of learning", required=False, min_value=0.25, max_digits=5, decimal_places=2
    )
    refresher_months = forms.IntegerField(
        label="Refresher after how many months", required=False, min_value=1, max_value=240
    )
    priorities = forms.ModelMultipleChoiceField(
        label="Priorities it answers",
        queryset=Priority.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lot_number = forms.IntegerField(label="Contract lot it is bought in", required=False, min_value=1, max_value=99)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.frameworks = list(Framework.objects.order_by("name"))
        levels = {f"level_{framework.code}": _level_field(framework) for framework in self.frameworks}
        self.base_fields = {**self.base_fields, **levels}  # type: ignore[misc]  # this form’s own
        super().__init__(*args, **kwargs)
        self.order_fields(["title", "code", "kind", "remit", "usual_mode", "audience", "aims", *OUTCOMES, *levels])

    def clean_outcomes(self) -> list[str]:
        lines = tidy_outcomes(self.cleaned_data["outcomes"].splitlines())
        for line in lines:
            if len(line) > LONGEST_OUTCOME:
                raise forms.ValidationError(f"Shorten the outcome “{line[:40]}…” to {LONGEST_OUTCOME} characters")
        if len(lines) > MOST_OUTCOMES:
            raise forms.ValidationError(f"Enter {MOST_OUTCOMES} outcomes at most: people rate each of them")
        return lines

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for framework in self.frameworks:
            notation = data.get(f"level_{framework.code}", "").strip()
            if notation and framework.parse(notation) is None:
                self.add_error(f"level_{framework.code}", _wrong_level(framework, notation))
        return data

    def levels(self) -> list[Level]:
        found = []
        for framework in self.frameworks:
            place = framework.parse(self.cleaned_data[f"level_{framework.code}"].strip() or "–")
            if place is not None:
                found.append(Level(framework, *place))
        return found

    def shape(self) -> CourseShape:
        return CourseShape(**{name: self.cleaned_data[name] for name in SHAPE if name in self.cleaned_data})

    def text(self) -> CourseText:
        return CourseText(**{name: self.cleaned_data[name] for name in TEXT})


def _level_field(framework: Framework) -> forms.CharField:
    first, last = framework.rungs[0], framework.rungs[-1]
    return forms.CharField(
        label=framework.name,
        required=False,
        max_length=20,
        help_text=f"One step such as {first}, or two such as {first}-{last}.",
        widget=forms.TextInput({"class": "govuk-input--width-5", "autocomplete": "off"}),
    )


def _wrong_level(framework: Framework, notation: str) -> str:
    return (
        f"{notation} is not a step of {framework.name}. Enter one of {', '.join(framework.rungs)}, or two with a hyphen"
    )


class CourseChangeForm(CourseForm):
    """The same for a course that exists: its code stays, and changed outcomes need a word on what they are."""

    outcome_change = forms.ChoiceField(
        label="If you changed what people will be able to do",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("new", "It asks for something else: make a new version. Dates that are open keep the old one"),
            ("words", "Only words are corrected: every date shows them at once"),
        ],
    )
    moves_drafts = forms.BooleanField(
        label="With a new version, move dates that are still drafts to it", required=False, initial=True
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)

    def __init__(self, *args: Any, version: CourseVersion, **kwargs: Any) -> None:
        self.before = [outcome.text for outcome in version.outcomes.all()]
        super().__init__(*args, **kwargs)
        del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        outcomes, change = data.get("outcomes"), data.get("outcome_change")
        if outcomes is not None and outcomes != self.before:
            if not change:
                self.add_error("outcome_change", "You changed the outcomes. Choose what kind of change it is")
            elif change == "words" and len(outcomes) != len(self.before):
                self.add_error("outcome_change", "There are more or fewer outcomes than before, which is a new version")
        return data

    @property
    def makes_version(self) -> bool:
        data = self.cleaned_data
        return bool(data["outcomes"] != self.before and data["outcome_change"] == "new")


def initial_of(course: Course, version: CourseVersion) -> dict[str, Any]:
    """What `CourseForm` starts with for a course that exists."""
    shape = {name: getattr(course, name) for name in SHAPE if name != "priorities"}
    levels = {
        f"level_{level.framework.code}": _notation(level.framework.rungs, level.lowest, level.highest)
        for level in version.levels.select_related("framework")
    }
    return {
        **{name: getattr(version, name) for name in TEXT},
        "hours": None if version.hours is None else f"{version.hours.normalize():f}",
        **shape,
        **levels,
        "priorities": list(course.priorities.all()),
        "outcomes": "\n".join(outcome.text for outcome in version.outcomes.all()),
        "revision": course.revision,
    }


def _notation(rungs: Sequence[str], lowest: int, highest: int) -> str:
    low, high = rungs[lowest - 1], rungs[highest - 1]
    return low if low == high else f"{low}-{high}"
