"""Forms around a meeting: planning it, its questions, decisions and actions."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from training.governance.models import ActionPoint, Body
from training.people.models import Person, Role, RoleGrant
from training.web.forms import DateField, MusterForm, OnceForm

# Who may be asked to do something by a meeting.
OWNERS = (Role.PDL_MEMBER, Role.EXECUTIVE, Role.COORDINATOR)


def possible_owners(today: datetime.date) -> Any:
    holding = RoleGrant.objects.on(today).filter(role__in=OWNERS).values("person")
    return Person.objects.filter(pk__in=holding).order_by("name", "pk")


def _text(label: str, max_length: int, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=max_length, widget=forms.Textarea({"rows": str(rows)}), help_text=help_text
    )


class MeetingForm(MusterForm):
    body = forms.ModelChoiceField(label="Which group", queryset=Body.objects.order_by("name"), empty_label="Choose one")
    held_on = DateField(label="Day of the meeting", help_text="For example, 27 3 2027")
    where = forms.CharField(label="Where", max_length=120, required=False, help_text="A room, or “online”.")


class AgendaForm(OnceForm):
    subject = forms.CharField(label="Subject", max_length=200)
    asked = _text("What the meeting is asked to decide", 300, help_text="One question that can be answered.")


class DecisionForm(MusterForm):
    subject = forms.CharField(label="What it was about", max_length=200)
    outcome = _text("What was decided", 300, help_text="In a sentence or two, as the minutes say it.")
    minute = forms.CharField(
        label="Number in the minutes",
        max_length=60,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )


class ActionForm(OnceForm):
    what = _text("What is to be done", 300, 2)
    owner = forms.ModelChoiceField(label="By whom", queryset=Person.objects.none(), empty_label="Choose one")
    due_on = DateField(label="By what day", help_text="For example, 27 3 2027")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(timezone.localdate())  # type: ignore[attr-defined]


class CloseActionForm(MusterForm):
    standing = forms.ChoiceField(
        label="How does it stand?",
        widget=forms.RadioSelect,
        choices=[(ActionPoint.Standing.DONE, "It is done"), (ActionPoint.Standing.DROPPED, "It is no longer needed")],
    )
    outcome = _text("What came of it", 300, help_text="The next meeting’s paper shows this sentence.")
