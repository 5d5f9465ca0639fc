"""What a person fills in to book, and to get out of a booking."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.other_dates import TOO_LATE, OtherDate
from bookings.rules.why import WhyColleague
from training.catalogue.models import Event
from training.people.models import Employment
from training.web.forms import MusterForm, OnceForm
from training.web.words import count, when


class BookingForm(OnceForm):
    """Where from, who agreed, what must be done: one screen, one button."""

    work = forms.ChoiceField(label="Which organisation do you book for?", widget=forms.RadioSelect)
    has_manager_agreed = forms.BooleanField(label="My manager has agreed", required=False)
    manager_name = forms.CharField(
        label="Your manager’s name", max_length=120, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    manager_email = forms.EmailField(
        label="Your manager’s e-mail address",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="We send them a copy of the booking. About two months after the course we ask them whether they have"
        " seen a change in how you work. They never see your own answers.",
    )
    has_no_manager = forms.BooleanField(
        label="I have no manager",
        required=False,
        help_text="Heads, GP partners, childminders, trustees and faith leaders often have none. "
        "Foster carers: give your supervising social worker.",
    )
    access_need = forms.CharField(
        label="Is there anything we must do so that you can take part?",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": "2"}),
        help_text="For example a sign-language interpreter, large print, a step-free room. Say what to do, not why. "
        "Only the training team and the trainer read it.",
    )
    mark_optional = False

    def __init__(self, *args: Any, employments: Sequence[Employment], **kwargs: Any) -> None:
        self.employments = {work.agency.reference: work for work in employments}
        first = employments[0] if employments else None
        initial = _initial_of(first) | (kwargs.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(reference, work.agency.name) for reference, work in self.employments.items()]
        self.fields["work"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["work"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("has_no_manager"):
            return {**given, "has_manager_agreed": False, "manager_name": "", "manager_email": ""}
        if not given.get("has_manager_agreed"):
            self.add_error("has_manager_agreed", "Tick that your manager has agreed, or “I have no manager”")
        for name, what in (("manager_name", "name"), ("manager_email", "e-mail address")):
            if name in given and not given[name]:
                self.add_error(name, f"Enter your manager’s {what}, or tick “I have no manager”")
        return given

    @property
    def details(self) -> dict[str, Any]:
        """What `book_place` takes besides who and when."""
        given = {name: value for name, value in self.cleaned_data.items() if name in DETAILS}
        return {**given, "employment": self.employments[self.cleaned_data["work"]]}


DETAILS = ("has_manager_agreed", "manager_name", "manager_email", "access_need", "submission")


def _initial_of(work: Employment | None) -> dict[str, Any]:
    if work is None:
        return {}
    return {
        "work": work.agency.reference,
        "manager_name": work.manager_name,
        "manager_email": work.manager_email,
    }


class CancelForm(MusterForm):
    reason = forms.CharField(
        label="Why can’t you come?",
        max_length=300,
        required=False,
        help_text="A few words, such as “court” or “short of staff”. They help us to plan.",
    )


class ColleagueForm(MusterForm):
    name = forms.CharField(label="Your colleague’s full name", max_length=120)
    email = forms.EmailField(
        label="Their e-mail address",
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="We write to them, so tell them before you send this.",
    )
    why = forms.ChoiceField(
        label="Why can’t you come?",
        choices=WhyColleague.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="It helps us to plan. Your colleague is not told.",
    )


class AnotherDateForm(MusterForm):
    """`dates` are those with a place for this person, each with how many are left and what leaving it would cost."""

    date = forms.ChoiceField(label="Which date can you come to?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, dates: Sequence[OtherDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {one.event.reference: one.event for one in dates}
        choices = [(one.event.reference, _in_words(one)) for one in dates]
        self.fields["date"].choices = choices  # type: ignore[attr-defined]

    @property
    def event(self) -> Event:
        return self.dates[self.cleaned_data["date"]]


def _in_words(one: OtherDate) -> str:
    event = one.event
    has_both = isinstance(event.starts_at, datetime.datetime) and isinstance(event.ends_at, datetime.datetime)
    moment = when(event) if has_both else event.get_mode_display()  # type: ignore[arg-type]
    left = "" if one.free is None else f", {count(one.free, 'place')} left"
    return f"{moment} ({event.get_mode_display().lower()}){left}.{f' {TOO_LATE}.' if one.is_late else ''}"
