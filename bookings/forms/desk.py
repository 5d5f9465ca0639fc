"""What a coordinator fills in about a date's places and people."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.models import Booking
from training.people.models import Agency, Employment, Sector
from training.web.forms import DateField, MusterForm, OnceForm
from training.web.words import day


class PlacesForm(MusterForm):
    room_limit = forms.IntegerField(label="How many the room holds", min_value=1, max_value=2000)
    places_offered = forms.IntegerField(
        label="How many places are offered",
        min_value=1,
        max_value=2000,
        help_text="New ones go to the waiting list at once.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PeopleLosing(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        where = f", {obj.employment.agency}" if obj.employment else ""
        return f"{obj.person}{where} (since {day(obj.given_at)})"


class CutForm(MusterForm):
    """Who loses a place; `taken` is whoever has one, the last who got it first."""

    room_limit = forms.IntegerField(label="How many the room holds", min_value=1, max_value=2000)
    places_offered = forms.IntegerField(label="How many places are offered", min_value=1, max_value=2000)
    losing = PeopleLosing(
        label="Who loses their place?",
        queryset=Booking.objects.none(),
        to_field_name="reference",
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever was booked last is ticked. Each goes to the head of the waiting list, is told at once and"
        " owes nothing.",
        error_messages={"required": "Choose who loses their place"},
    )
    reason = forms.CharField(
        label="Why are there fewer places?",
        max_length=300,
        help_text="They read this sentence. For example, we had to move to a smaller room.",
        error_messages={"required": "Enter why there are fewer places"},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, taken: Sequence[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["losing"]
        field.queryset = Booking.objects.filter(pk__in=[one.pk for one in taken])
        field.choices = [(one.reference, field.label_from_instance(one)) for one in taken]


class KeepForm(MusterForm):
    """`for_whom` is the name of an organisation, or one of the sectors."""

    sector = forms.ChoiceField(
        label="A sector", choices=[("", "None: for one organisation"), *Sector.choices], required=False
    )
    agency = forms.CharField(
        label="Or an organisation",
        max_length=200,
        required=False,
        help_text="Its whole name, or its short one.",
    )
    places = forms.IntegerField(label="How many places", min_value=1, max_value=500)
    release_on = DateField(
        label="Until when", help_text="From this day on they are everybody’s. For example, 27 3 2027"
    )
    reason = forms.CharField(label="Why", max_length=200, help_text="Those who wait see for whom, not why.")
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name = given.get("agency", "")
        if name and "sector" in given:
            rows = Agency.objects.settled()
            given["agency"] = rows.filter(name__iexact=name).first() or rows.filter(short_name__iexact=name).first()
            if given["agency"] is None:
                self.add_error("agency", "There is no organisation of that name. Enter it as it stands in the list")
        given["agency"] = given.get("agency") or None
        return given


class CancelDateForm(MusterForm):
    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        help_text="Everybody booked, waiting or teaching reads this sentence.",
    )


class MoveUpForm(MusterForm):
    reason = forms.CharField(
        label="Why are they moved up?",
        max_length=200,
        help_text="Kept beside the list, where everybody asks why. Do not name anybody’s health or case.",
        error_messages={"required": "Enter why they are moved up"},
    )


class BookSomebodyForm(OnceForm):
    work = forms.ChoiceField(label="Which organisation are they booked for?", widget=forms.RadioSelect)
    access_need = forms.CharField(
        label="Is there anything we must do so that they can take part?",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": "2"}),
        help_text="Say what to do, not why.",
    )
    manager_email = forms.EmailField(
        label="Their manager’s e-mail address",
        required=False,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="Gets a copy of the booking.",
    )
    why_not_first = forms.CharField(
        label="Why need it not be done first?",
        max_length=300,
        help_text="Such as: did the like with another employer last year. It is kept with the booking.",
        error_messages={"required": "Enter why it need not be done first"},
    )

    def __init__(self, *args: Any, employments: Sequence[Employment], lacks_first: bool = False, **kwargs: Any) -> None:
        self.employments = {work.agency.reference: work for work in employments}
        first = employments[0] if employments else None
        initial = {"work": first.agency.reference, "manager_email": first.manager_email} if first else {}
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(reference, work.agency.name) for reference, work in self.employments.items()]
        self.fields["work"].choices = choices  # type: ignore[attr-defined]
        if not lacks_first:
            del self.fields["why_not_first"]

    @property
    def details(self) -> dict[str, Any]:
        """What `book_place` takes besides who and when."""
        names = ("access_need", "manager_email", "submission", "why_not_first")
        given = {key: self.cleaned_data[key] for key in names if key in self.cleaned_data}
        work = self.employments[self.cleaned_data["work"]]
        is_same = given["manager_email"] == work.manager_email
        return {**given, "employment": work, "manager_name": work.manager_name if is_same else ""}
