"""The form of a date: one form with the fields of up to six days, so that it works without script."""

import datetime
from typing import Any, TypeVar

from django import forms
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.http import QueryDict

from training.catalogue.conflicts import named_field
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.days import (
    DAY_PARTS,
    Day,
    day_fields,
    days_asked,
    initial_of_day,
    read_day,
    with_another_day,
    without_day,
)
from training.catalogue.models import Course, CourseVersion, DeliveryMode, Event, Venue
from training.catalogue.plans import EventPlan, SessionPlan, checked
from training.web.forms import DateField, OnceForm
from training.web.when import in_london, london_day

CLOSES = datetime.time(17)
PLACES = ("room_limit", "places_offered", "minimum")


class EventForm(OnceForm):
    """Any date. `days` says how many days have fields; the buttons that add and remove one only re-draw the page."""

    mark_optional = False  # most of it can come later: the hints say what an empty box means

    mode = forms.ChoiceField(label="How it is taught", choices=[("", "Choose one"), *DeliveryMode.choices])
    room_limit = forms.IntegerField(
        label="How many the room holds",
        required=False,
        min_value=1,
        max_value=5000,
        help_text="Never exceeded. Leave it empty to take what the venue holds.",
    )
    places_offered = forms.IntegerField(
        label="Places offered",
        required=False,
        min_value=1,
        max_value=5000,
        help_text="May be more than the group you wish for, since some do not come. Empty: all that the room holds.",
    )
    minimum = forms.IntegerField(
        label="Fewest people to run with",
        required=False,
        min_value=0,
        max_value=5000,
        help_text="The desk asks ten working days before.",
    )
    booking_opens_on = DateField(
        label="Booking opens on", required=False, help_text="Leave it empty to open as soon as the date is published."
    )
    booking_closes_on = DateField(
        label="Last day to book",
        required=False,
        help_text="Until 5 pm that day. Leave it empty for what the booking rules say.",
    )
    joining_link = forms.URLField(
        label="Joining link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="For live online; it may come later. Shown only to those who are booked, shortly before the start.",
    )
    notes_for_delegates = forms.CharField(
        label="For those who come (optional)", required=False, max_length=2000, widget=forms.Textarea({"rows": "3"})
    )
    notes_for_trainers = forms.CharField(
        label="For the trainers (optional)", required=False, max_length=2000, widget=forms.Textarea({"rows": "3"})
    )
    days = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, event: Event | None = None, **kwargs: Any) -> None:
        self.event = event
        kept = [session.venue_id for session in event.sessions.all() if session.venue_id] if event else []
        venues = Venue.objects.filter(Q(is_in_use=True) | Q(pk__in=kept)).order_by("name")
        self.day_count = days_asked(data, kwargs.get("initial"))
        numbers = range(1, self.day_count + 1)
        days = {name: field for number in numbers for name, field in day_fields(number, venues).items()}
        self.base_fields = {**self.base_fields, **self.further_fields(), **days}  # type: ignore[misc]  # this form’s own
        super().__init__(data, **kwargs)
        self.plans: list[SessionPlan] = []

    def further_fields(self) -> dict[str, forms.Field]:
        """Fields that have to be made anew for each form."""
        return {}

    def show_without_errors(self) -> "EventForm":
        """For the page that only adds or removes a day: what was typed, not yet looked at."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    @property
    def day_rows(self) -> list[Day]:
        return [
            Day(number, [self[f"day{number}_{part}"] for part in DAY_PARTS]) for number in range(1, self.day_count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.plans = [plan for number in range(1, self.day_count + 1) if (plan := read_day(self, number))]
        if not self.errors:
            self._fill_in_places(data)
            try:
                checked(self.plan())
            except CatalogueError as error:
                self.add_error(named_field(self, error), str(error))
        return data

    def _fill_in_places(self, data: dict[str, Any]) -> None:
        venues = [plan.venue.capacity for plan in self.plans if plan.venue]
        if data["mode"] != DeliveryMode.E_LEARNING:
            data["room_limit"] = data["room_limit"] or (min(venues) if venues else None)
            data["places_offered"] = data["places_offered"] or data["room_limit"]

    def plan(self) -> EventPlan:
        data = self.cleaned_data
        return EventPlan(
            mode=data["mode"],
            room_limit=data["room_limit"],
            places_offered=data["places_offered"],
            minimum=data["minimum"] or 0,
            booking_opens_at=self._opens_at(data["booking_opens_on"]),
            booking_closes_at=self._closes_at(data["booking_closes_on"]),
            joining_link=data["joining_link"],
            notes_for_delegates=data["notes_for_delegates"],
            notes_for_trainers=data["notes_for_trainers"],
            sessions=self.plans,
        )

    def _opens_at(self, day: datetime.date | None) -> datetime.datetime | None:
        """The first minute of the day; a time of day that an import has set stays while the day does."""
        held = self.event.booking_opens_at if self.event else None
        if held and day == london_day(held):
            return held
        return in_london(day, datetime.time(0)) if day else None

    def _closes_at(self, day: datetime.date | None) -> datetime.datetime | None:
        """Five in the afternoon; another time of day that is set already stays while the day does."""
        held = self.event.booking_closes_at if self.event else None
        if held and day == london_day(held):
            return held
        return in_london(day, CLOSES) if day else None


class EventAddForm(EventForm):
    reference = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9-]*$",
        label="Reference",
        required=False,
        max_length=20,
        help_text="Leave it empty to get the next free one.",
        error_messages={"invalid": "Reference must have letters, digits and hyphens only, like E0141"},
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )

    def further_fields(self) -> dict[str, forms.Field]:
        return {"course": CourseField()}


class CourseField(forms.ChoiceField):
    """A course by its code; the value is its current version."""

    def __init__(self) -> None:
        super().__init__(label="Course", error_messages={"required": "Choose a course"})
        standing = Course.Standing.WITHDRAWN
        versions = CourseVersion.objects.filter(is_current=True).exclude(course__standing=standing)
        self.versions = {
            version.course.code: version for version in versions.select_related("course").order_by("title")
        }
        options = [(code, f"{version.title} ({code})") for code, version in self.versions.items()]
        self.choices = [("", "Choose one"), *options]

    def clean(self, value: Any) -> CourseVersion:
        return self.versions[super().clean(value)]


class EventChangeForm(EventForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20000)


def initial_of(event: Event) -> dict[str, Any]:
    """What the form starts with: the date, each of its days, and at least one row for a day."""
    sessions = list(event.sessions.all())
    initial: dict[str, Any] = {
        "mode": event.mode,
        **{name: getattr(event, name) for name in PLACES},
        "booking_opens_on": london_day(event.booking_opens_at) if event.booking_opens_at else None,
        "booking_closes_on": london_day(event.booking_closes_at) if event.booking_closes_at else None,
        "joining_link": event.joining_link,
        "notes_for_delegates": event.notes_for_delegates,
        "notes_for_trainers": event.notes_for_trainers,
        "days": max(1, len(sessions)),
        "revision": event.revision,
    }
    for session in sessions:
        initial |= initial_of_day(session)
    return initial


AnyForm = TypeVar("AnyForm", bound=EventForm)


def redrawn(data: QueryDict, form_class: type[AnyForm], **kwargs: Any) -> AnyForm | None:
    """The form with a day more or less, when one of those buttons was pressed: they save nothing."""
    pressed = data.get("do", "")
    number = pressed.removeprefix("remove-day-")
    if pressed == "add-day":
        form = form_class(with_another_day(data), **kwargs)
    elif pressed.startswith("remove-day-") and number in {"1", "2", "3", "4", "5", "6"}:
        form = form_class(without_day(data, int(number)), **kwargs)
    else:
        return None
    form.show_without_errors()
    return form
