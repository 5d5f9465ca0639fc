from typing import Any

from django import forms

from training.catalogue.forms.first import CodesField
from training.catalogue.models import Framework
from training.people.models import Sector
from training.record.models import RefresherRule
from training.record.rules import RulePlan
from training.record.serials import read_serial
from training.web.forms import DateField, MusterForm


class SerialForm(MusterForm):
    serial = forms.CharField(
        label="Number of the certificate",
        max_length=60,
        help_text="16 letters and digits in groups of four, near the code at the foot of the page.",
    )

    def clean_serial(self) -> str:
        serial = read_serial(self.cleaned_data["serial"])
        if not serial:
            raise forms.ValidationError(
                "A number has 16 letters and digits, like 7KM2 QXPA 3VNE 8TRD. It never has I, L, O, U, 0 or 1."
            )
        return serial


class NameForm(MusterForm):
    name = forms.CharField(label="Name, as it is printed on the certificate", max_length=120)


class RuleForm(MusterForm):
    """What falls due, by whose rule, for whom."""

    name = forms.CharField(label="What falls due", max_length=120, help_text="As people read it on their own page.")
    courses = CodesField(
        label="Courses that count", max_length=600, required=False, help_text="Their codes, with commas between them."
    )
    rung = forms.ChoiceField(label="Or any course at this level or higher", required=False)
    sectors = forms.MultipleChoiceField(
        label="For whom",
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none for everybody.",
    )
    job_words = forms.CharField(
        label="Whose job title has one of these words in it",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
        help_text="One on each line, such as: health visitor. Leave it empty for every job.",
    )
    first_within_days = forms.IntegerField(
        label="First within how many days of starting", required=False, min_value=1, max_value=3650
    )
    every_months = forms.IntegerField(label="Again after how many months", required=False, min_value=1, max_value=240)
    effective_from = DateField(
        label="Counts from", help_text="Who was at work already by then has the first days from this day on."
    )
    source = forms.CharField(
        label="Whose rule is it?",
        max_length=200,
        help_text="With its edition, such as: Intercollegiate document, 2019.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rungs = {
            f"{framework.code} {number}": (framework, number)
            for framework in Framework.objects.order_by("name")
            for number in range(1, len(framework.rungs) + 1)
        }
        named = [(key, f"{one.name}: {one.prefix}{one.rungs[number - 1]}") for key, (one, number) in self.rungs.items()]
        self.fields["rung"].choices = [("", "None"), *named]  # type: ignore[attr-defined]

    def clean_job_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["job_words"].splitlines()]
        words = list(dict.fromkeys(line for line in lines if line))
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError("Shorten each of them to 60 characters")
        return words

    def plan(self) -> RulePlan:
        names = ("name", "source", "effective_from", "courses", "sectors", "job_words")
        given = {name: self.cleaned_data[name] for name in names}
        times = {name: self.cleaned_data[name] for name in ("first_within_days", "every_months")}
        return RulePlan(**given, **times, rung=self.rungs.get(self.cleaned_data["rung"]))


class RuleChangeForm(RuleForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)


def initial_of(rule: RefresherRule) -> dict[str, Any]:
    plain = ("name", "source", "effective_from", "sectors", "first_within_days", "every_months", "revision")
    return {
        **{name: getattr(rule, name) for name in plain},
        "courses": ", ".join(course.code for course in rule.courses.order_by("code")),
        "rung": f"{rule.framework.code} {rule.lowest}" if rule.framework else "",
        "job_words": "\n".join(rule.job_words),
    }
