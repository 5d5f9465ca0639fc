"""Reading what a phone sends: a list of taps as JSON, of which any part may be rubbish."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from bookings.actions.taps import Kind, Tap
from bookings.models import Mark
from bookings.models.incident import What
from training.web.forms import TimeField

AT_ONCE = 200
UNREADABLE = "This could not be read. Take it off this phone and mark it again."


class UnreadableTapsError(Exception):
    """The whole is not what a phone sends."""


class TapForm(forms.Form):
    uuid = forms.UUIDField()
    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind])
    made_at = forms.DateTimeField()
    booking = forms.CharField(max_length=60, required=False)
    mark = forms.ChoiceField(choices=Mark.choices, required=False)
    at_time = TimeField(label="Time", required=False)
    note = forms.CharField(max_length=200, required=False)
    name = forms.CharField(max_length=120, required=False)
    email = forms.EmailField(required=False)
    agency = forms.CharField(max_length=200, required=False)
    what = forms.ChoiceField(choices=What.choices, required=False)
    told = forms.CharField(max_length=300, required=False)
    done = forms.CharField(max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        kind = data.get("kind")
        if kind in (Kind.MARK, Kind.REST) and not data.get("mark"):
            raise forms.ValidationError(UNREADABLE)
        if kind in (Kind.ARRIVAL, Kind.INSTEAD) and not data.get("name") and "name" not in self.errors:
            raise forms.ValidationError("Enter the name of whoever came.")
        return data

    @property
    def tap(self) -> Tap:
        data = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if "what" in data:
            data["what"] = What(data["what"])
        return Tap(**data | {"kind": Kind(data["kind"]), "mark": Mark(data.get("mark", Mark.EXPECTED))})

    @property
    def refusal(self) -> str:
        """Of what somebody typed the field's own sentence; of the rest, that it could not be read."""
        typed = {"at_time", "email", "name", "note", "agency", "told", "done", "__all__"}
        if set(self.errors) - typed:
            return UNREADABLE
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


@dataclass(frozen=True)
class Sending:
    """What one request carries: of whose account, and a form for each tap."""

    account: str
    forms: list[TapForm]


def read_sending(body: bytes) -> Sending:
    """Raises UnreadableTapsError for whatever is not an account and a list of at most AT_ONCE objects."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableTapsError from None
    taps = sent.get("taps") if isinstance(sent, dict) else None
    if not isinstance(taps, list) or len(taps) > AT_ONCE or not all(isinstance(tap, dict) for tap in taps):
        raise UnreadableTapsError
    return Sending(str(sent.get("account", "")), [TapForm(_texts(tap)) for tap in taps])


def _texts(tap: Mapping[str, Any]) -> dict[str, str]:
    """As a form's fields come: text. Anything else is no value."""
    return {name: value for name, value in tap.items() if isinstance(value, str)}
