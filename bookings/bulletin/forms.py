"""What somebody wants to be written to about; a bulletin's introduction."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from bookings.bulletin.choosing import About
from bookings.bulletin.releasing import LONGEST_INTRODUCTION
from bookings.models import MailChoice, MailKind
from training.catalogue.finding.wanted import Choices
from training.catalogue.models import Remit
from training.web.forms import MusterForm

REMITS = [("", "Both"), (Remit.CHILDREN, "Children"), (Remit.ADULTS, "Adults")]


class MailsForm(MusterForm):
    """`leads`: whether they lead an organisation's training, so that mails about places left come to them."""

    bulletin = forms.BooleanField(
        label="Send me the monthly bulletin",
        required=False,
        help_text="New courses, dates with places, what falls due for you and what comes in the next quarter.",
    )
    remit = forms.ChoiceField(
        label="Do you work with children or adults?", choices=REMITS, required=False, widget=forms.RadioSelect
    )
    levels = forms.MultipleChoiceField(
        label="Which levels interest you?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none for all.",
    )
    places_left = forms.BooleanField(
        label="Write to me about places left for my organisation",
        required=False,
        help_text="When few of your people are booked. The monthly list of your people comes in any case.",
    )

    def __init__(self, *args: Any, choices: Choices, said: dict[str, MailChoice], leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(said), **kwargs)
        local = choices.frameworks[:1]
        self.fields["levels"].choices = [  # type: ignore[attr-defined]
            (f"{framework.code}:{rung}", f"Level {rung}") for framework in local for rung in framework.rungs
        ]
        if not leads:
            del self.fields["places_left"]
        if not local:
            del self.fields["levels"]

    @property
    def wanted(self) -> dict[MailKind, bool]:
        return {kind: self.cleaned_data[kind.value] for kind in MailKind if kind.value in self.cleaned_data}

    @property
    def about(self) -> About:
        return About(self.cleaned_data["remit"], sorted(self.cleaned_data.get("levels", [])))


def _initial(said: dict[str, MailChoice]) -> dict[str, object]:
    bulletin, places = said.get(MailKind.BULLETIN), said.get(MailKind.PLACES_LEFT)
    return {
        "bulletin": bulletin is not None and bulletin.is_wanted,
        "remit": bulletin.remit if bulletin else "",
        "levels": bulletin.levels if bulletin else [],
        "places_left": places is None or places.is_wanted,
    }


class IntroductionForm(MusterForm):
    introduction = forms.CharField(
        label="Introduction",
        widget=forms.Textarea({"rows": "6"}),
        max_length=LONGEST_INTRODUCTION,
        required=False,
        help_text="It stands above everything else. Each line is a paragraph. You may leave it empty.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, revision: int) -> None:
        """After a conflict: whoever saves again does so knowingly."""
        typed: QueryDict = cast(QueryDict, self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed
