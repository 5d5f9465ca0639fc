"""What a training lead fills in to book several of their people, and to say who is meant."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bookings.actions.booking_many import Choice
from bookings.agencies.own_people import Match, people_there
from bookings.agencies.pasted_names import MOST_LINES, Line, read_lines
from training.people.models import Agency
from training.web.forms import OnceForm


class NamesForm(OnceForm):
    organisation = forms.ChoiceField(label="Which organisation’s people?")
    names = forms.CharField(
        label="Whom do you want to book?",
        widget=forms.Textarea({"rows": "10", "autocomplete": "off", "spellcheck": "false"}),
        max_length=20000,
        help_text="One a line: a name, an e-mail address, or both. You can paste from a list or a spreadsheet. "
        "Nobody is booked before you have seen what happens to each.",
        error_messages={"required": "Paste at least one name"},
    )
    mark_optional = False

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        self.agencies = {agency.reference: agency for agency in agencies}
        first = next(iter(self.agencies), "")
        super().__init__(*args, initial={"organisation": first} | (kwargs.pop("initial", None) or {}), **kwargs)
        choices = [(reference, agency.name) for reference, agency in self.agencies.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean_names(self) -> str:
        text = str(self.cleaned_data["names"])
        self.lines: list[Line] = read_lines(text)
        if not self.lines:
            raise ValidationError("Paste at least one name")
        if len(self.lines) > MOST_LINES:
            raise ValidationError(f"Paste at most {MOST_LINES} people at a time")
        return text

    @property
    def agency(self) -> Agency:
        return self.agencies[self.cleaned_data["organisation"]]


def read_choices(
    data: QueryDict, matches: Sequence[Match], agency: Agency, today: datetime.date
) -> list[tuple[Line, Choice | None]]:
    """Who each line is: found for sure, chosen on the page among the organisation's people, or new; else nobody."""
    return [(match.line, _with_reason(data, match, _choice(data, match, agency, today))) for match in matches]


def _with_reason(data: QueryDict, match: Match, choice: Choice | None) -> Choice | None:
    """Why somebody may come without what must be done first, if the lead says so."""
    why = data.get(f"first-{match.line.number}", "").replace("\x00", "").strip()[:300]
    return replace(choice, why_not_first=why) if choice and why else choice


def _choice(data: QueryDict, match: Match, agency: Agency, today: datetime.date) -> Choice | None:
    if match.sure:
        return Choice(match.sure)
    number = match.line.number
    who, email = data.get(f"who-{number}", ""), data.get(f"email-{number}", "").strip()[:254]
    if who and who != "new":
        rows = people_there(agency, today).select_related("person", "agency")
        found = rows.filter(person__reference=who[:20]).order_by("pk").first()
        return Choice(found) if found else None
    if not email or (match.perhaps and who != "new"):
        return None
    return Choice(name=data.get(f"name-{number}", "")[:120], email=email)
