"""What is typed about a suspension and about one date that cannot run. The first three are read from an address, so
that looking first changes nothing; a second form with a button acts."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from bookings.disruption.concerned import Scope
from bookings.disruption.splitting import SAME_DAY, WEEK_LATER, WHOLE
from bookings.models import DisruptedDate
from training.catalogue.models import DeliveryMode, Event, Venue
from training.governance.models import Decision
from training.people.models import Person
from training.web.forms import DateField, MusterForm, OnceForm
from training.web.words import count, day

MODES = [(mode.value, mode.label) for mode in DeliveryMode if mode != DeliveryMode.E_LEARNING]
SPLITS = [
    (SAME_DAY, "Two halves on the same day, with an hour between"),
    (WEEK_LATER, "The second half a week later, at the same time"),
    (WHOLE, "Leave them whole"),
]
WHY_HELP = "Everybody concerned reads this sentence."


def _reason(label: str = "Why?", **fields: Any) -> forms.CharField:
    given = {"max_length": 300, "help_text": WHY_HELP, "error_messages": {"required": "Enter why"}, **fields}
    return forms.CharField(label=label, **given)


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.meeting}: {obj.subject}"


class SuspendForm(MusterForm):
    mode = forms.ChoiceField(label="What is suspended?", choices=MODES, widget=forms.RadioSelect)
    first_on = DateField(label="From which day?")
    last_on = DateField(label="Last day", required=False, help_text="Leave it empty: until further notice.")
    venues = forms.ModelMultipleChoiceField(
        label="At which venues?",
        queryset=Venue.objects.none(),
        to_field_name="reference",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none for all of them.",
    )
    reason = _reason("Why is it suspended?")
    decision = DecisionField(
        label="Decision that ordered it",
        queryset=Decision.objects.none(),
        to_field_name="reference",
        required=False,
        empty_label="None is recorded",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["venues"].queryset = Venue.objects.order_by("name")
        latest = Decision.objects.order_by("-meeting__held_on", "-pk").values_list("pk", flat=True)[:30]
        decisions = Decision.objects.filter(pk__in=list(latest)).select_related("meeting__body")
        fields["decision"].queryset = decisions.order_by("-meeting__held_on", "-pk")

    @property
    def scope(self) -> Scope:
        given = self.cleaned_data
        return Scope(given["mode"], given["first_on"], given["last_on"], list(given["venues"]))


class SuspendNowForm(OnceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DatesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        when = f", {day(obj.starts_at)}" if obj.starts_at else ""
        return f"{obj.version.title} ({obj.reference}){when}: {count(obj.places_held, 'person', 'people')}"


class ChooseDatesForm(MusterForm):
    """Some of the suspended dates of one suspension."""

    dates = DatesField(
        label="Which dates?",
        queryset=Event.objects.none(),
        to_field_name="reference",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one date"},
    )

    def __init__(self, *args: Any, rows: Iterable[DisruptedDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dates"]
        keys = [row.event_id for row in rows]
        field.queryset = Event.objects.filter(pk__in=keys).select_related("version").order_by("starts_at", "pk")


class ConvertForm(ChooseDatesForm):
    split = forms.ChoiceField(
        label="What becomes of days longer than four hours?", choices=SPLITS, widget=forms.RadioSelect, initial=SAME_DAY
    )
    places_offered = forms.IntegerField(
        label="Places on each date",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Leave it empty to keep as many as each has now.",
    )
    reason = _reason()


class LinksForm(MusterForm):
    """A link for each date that is to move online; it can be added later, too."""

    def __init__(self, *args: Any, events: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for event in events:
            self.fields[event.reference] = forms.URLField(
                label=f"Link of {event.reference}",
                required=False,
                max_length=500,
                initial=event.joining_link,
                assume_scheme="https",
                help_text=f"{event.version.title}{f', {day(event.starts_at)}' if event.starts_at else ''}",
            )


class LiftForm(ChooseDatesForm):
    """All from a day on, or those ticked: then the suspension stays in force for the others."""

    which = forms.ChoiceField(
        label="Which dates take place again?",
        choices=[("all", "All from that day on: the suspension ends"), ("some", "Only those ticked below")],
        widget=forms.RadioSelect,
        initial="all",
    )
    from_day = DateField(label="From which day?")
    field_order = ("from_day", "which", "dates")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["dates"].required = False
        if not fields["dates"].queryset:  # none is suspended any more: only the suspension itself ends
            del fields["dates"]
            fields["which"].choices = fields["which"].choices[:1]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("which") == "some" and not given.get("dates") and "dates" in self.fields:
            self.add_error("dates", "Choose at least one date")
        return given

    @property
    def only(self) -> set[str] | None:
        if self.cleaned_data["which"] == "all":
            return None
        return {event.reference for event in self.cleaned_data["dates"]}


class CantComeForm(MusterForm):
    reason = forms.CharField(
        label="Why can’t you come?",
        required=False,
        max_length=300,
        help_text="The training team reads it, nobody else.",
    )


class WhoForm(MusterForm):
    """One person of some, by their reference."""

    person = forms.ModelChoiceField(
        label="Who?", queryset=Person.objects.none(), to_field_name="reference",
        error_messages={"required": "Choose a person"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in people])
        field.choices = [("", "Choose…"), *((one.reference, one.name) for one in people)]
        self["person"].label = label


class OnlineForm(MusterForm):
    link = forms.URLField(label="Link to join", required=False, max_length=500, assume_scheme="https")
    reason = _reason()


class PostponeForm(MusterForm):
    first_on = DateField(label="New first day", earliest=datetime.date(2000, 1, 1))
    reason = _reason()


class CallOffForm(MusterForm):
    reason = _reason()
