"""Where somebody works, and when they leave."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from training.people.models import Employment
from training.web.forms import DateField, MusterForm


class WorkForm(MusterForm):
    """The job at an organisation that has been chosen already."""

    job_title = forms.CharField(
        label="Your job or role there", max_length=120, help_text="For example, health visitor, class teacher, trustee"
    )
    kind = forms.ChoiceField(
        label="How you work there", choices=Employment.Kind, initial=Employment.Kind.EMPLOYEE, widget=forms.RadioSelect
    )
    employee_number = forms.CharField(
        label="Employee number",
        max_length=40,
        required=False,
        help_text="If you know it: your organisation’s own lists are sorted by it.",
    )
    manager_name = forms.CharField(
        label="Your manager’s name",
        max_length=120,
        required=False,
        help_text="Foster carers: your supervising social worker.",
    )
    manager_email = forms.EmailField(
        label="Your manager’s e-mail address",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="We copy them in when you book, and ask them months later what changed.",
    )
    has_no_manager = forms.BooleanField(
        label="I have no manager",
        required=False,
        help_text="Heads, GP partners, childminders, trustees and faith leaders often have none.",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("has_no_manager"):
            return {**given, "manager_name": "", "manager_email": ""}
        if "manager_name" in given and not given["manager_name"]:
            self.add_error("manager_name", "Enter your manager’s name, or tick “I have no manager”")
        if "manager_email" in given and not given["manager_email"]:
            self.add_error("manager_email", "Enter your manager’s e-mail address, or tick “I have no manager”")
        return given

    @property
    def details(self) -> dict[str, str]:
        """What `claim_employment` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name in DETAILS}

    @staticmethod
    def initial_of(employment: Employment) -> dict[str, Any]:
        held = {name: getattr(employment, name) for name in DETAILS}
        return {**held, "has_no_manager": not employment.manager_email}


DETAILS = ("kind", "job_title", "employee_number", "manager_name", "manager_email")


class UnlistedWorkForm(WorkForm):
    organisation = forms.CharField(
        label="Name of your organisation",
        max_length=200,
        help_text="In full, as it is written on its door or website.",
    )
    field_order = ("organisation",)


class LeavingForm(MusterForm):
    last_day = DateField(label="Last day there", help_text="For example, 27 3 2027")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = self.fields["last_day"].initial or timezone.localdate()

    @property
    def day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last_day"]
        return day
