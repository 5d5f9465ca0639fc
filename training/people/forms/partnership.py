import calendar
import dataclasses
import datetime
from typing import Any

from django import forms

from training.people.actions.partnership import LEAST_WITHHELD, MOST_WITHHELD, Particulars
from training.people.models import Partnership
from training.web.components import Row
from training.web.forms import DateField, MusterForm, TelField
from training.web.words import full_day

FIELDS = tuple(field.name for field in dataclasses.fields(Particulars))


class PartnershipForm(MusterForm):
    """Each field says what it changes."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="At the top of every page, on certificates and in reports. Published reports keep the name of then.",
    )
    short_name = forms.CharField(
        label="Short name", max_length=40, help_text="In the title of each page, where a browser’s tab has little room."
    )
    boards = forms.CharField(
        label="Boards",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": "3"}),
        help_text="One on each line, such as the children’s and the adults’. Certificates name them.",
    )
    contact_email = forms.EmailField(
        label="E-mail address of the training team",
        required=False,
        help_text="On the front page, on certificates, and wherever somebody is stuck. Messages are sent from another "
        "address, which is set on the server.",
    )
    contact_phone = TelField(
        label="Telephone number of the training team",
        required=False,
        max_length=40,
        help_text="On the front page and on trainers’ registers.",
    )
    safety_contact = forms.CharField(
        label="Whom to turn to when worried about somebody",
        max_length=1500,
        widget=forms.Textarea({"rows": "8"}),
        help_text="On the page that every page leads to at its foot, and above every form that asks for answers. One "
        "on each line, with the number to ring by day and by night. Where no line says 999, we put it first.",
    )
    financial_year_starts_month = forms.TypedChoiceField(
        label="The financial year begins in",
        coerce=int,
        choices=[(number, calendar.month_name[number]) for number in range(1, 13)],
        help_text="Quarters and years are counted from it in reports, yearly returns and new programmes. Published "
        "reports and programmes that are there already keep theirs.",
    )
    withhold_below = forms.IntegerField(
        label="Hide answers of fewer people than",
        min_value=LEAST_WITHHELD,
        max_value=MOST_WITHHELD,
        error_messages=dict.fromkeys(
            ("min_value", "max_value"), f"Enter a number of people from {LEAST_WITHHELD} to {MOST_WITHHELD}"
        ),
        help_text="In every figure made from answers from now on. Published reports stay as they are. Most use 5; "
        f"{LEAST_WITHHELD} is the least. Who came is never hidden by it.",
    )
    certificates_wait_for_form = forms.BooleanField(
        label="Certificates wait for the form at the end of the course",
        required=False,
        help_text="For courses that end from now on, until the form is sent or closes. Lists of who came never wait.",
    )
    payment_page = forms.URLField(
        label="The council’s page for payments",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Where organisations that pay for coming can do so. Booking pages and statements lead to it.",
    )
    charges_from = DateField(
        label="Not coming is charged for from",
        required=False,
        help_text="On dates from this day on, where the booking rules name a sum. Empty: nobody is asked or charged.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean_boards(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["boards"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean_safety_contact(self) -> str:
        return "\n".join(line.strip() for line in self.cleaned_data["safety_contact"].splitlines() if line.strip())

    @property
    def particulars(self) -> Particulars:
        return Particulars(**{name: self.cleaned_data[name] for name in FIELDS})

    @staticmethod
    def initial_of(partnership: Partnership) -> dict[str, Any]:
        held = {name: getattr(partnership, name) for name in FIELDS}
        return {**held, "boards": "\n".join(partnership.boards), "revision": partnership.revision}

    def kept_otherwise(self, partnership: Partnership) -> list[Row]:
        """What is kept now, field by field, where something else was typed."""
        rows = []
        for name in FIELDS:
            held = getattr(partnership, name)
            if self.cleaned_data.get(name, held) != held:
                rows.append(Row(str(self.fields[name].label), _in_words(name, held)))
        return rows


def _in_words(name: str, held: Any) -> str:
    if name == "financial_year_starts_month":
        return str(calendar.month_name[held])
    if isinstance(held, bool):
        return "Yes" if held else "No"
    if isinstance(held, datetime.date):
        return full_day(held)
    return ", ".join(held) if isinstance(held, list) else str(held) or "Nothing"
