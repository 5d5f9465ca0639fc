"""The fields of one day in the form of a date, and the buttons that add and remove a day."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Session, Venue
from training.catalogue.plans import MOST_SESSIONS, SessionPlan, session_plan
from training.web.forms import DateField, TimeField
from training.web.when import LONDON

if TYPE_CHECKING:
    from training.catalogue.forms.events import EventForm

DAY_PARTS = ("on", "starts", "ends", "venue", "link", "was")
DATE_BOXES = ("day", "month", "year")
TYPED = ("on", "starts", "ends", "venue", "link")


@dataclass(frozen=True)
class Day:
    """The fields of one day, for the template."""

    number: int
    fields: list[BoundField]

    @property
    def when(self) -> list[BoundField]:
        return self.fields[:3]

    @property
    def where(self) -> list[BoundField]:
        return self.fields[3:5]

    @property
    def hidden(self) -> BoundField:
        return self.fields[5]


def day_fields(number: int, venues: "QuerySet[Venue]") -> dict[str, forms.Field]:
    prefix = f"day{number}"
    return {
        f"{prefix}_on": DateField(label=f"Date of day {number}", required=False),
        f"{prefix}_starts": _time(f"Start of day {number}"),
        f"{prefix}_ends": _time(f"End of day {number}"),
        f"{prefix}_venue": forms.ModelChoiceField(
            label=f"Venue of day {number}",
            queryset=venues,
            to_field_name="reference",
            required=False,
            empty_label="None",
        ),
        f"{prefix}_link": forms.URLField(
            label=f"Joining link, if day {number} has its own", required=False, max_length=500, assume_scheme="https"
        ),
        f"{prefix}_was": forms.IntegerField(
            widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_SESSIONS
        ),
    }


def _time(label: str) -> TimeField:
    wrong = f"{label} must be a time, like 9:30 or 13:00"
    return TimeField(label=label, required=False, error_messages={"invalid": wrong})


def days_asked(data: QueryDict | None, initial: dict[str, Any] | None) -> int:
    """How many days have fields, between 1 and the most; whatever nonsense the page sent."""
    asked = str(data.get("days", "")) if data is not None else str((initial or {}).get("days", 1))
    return max(1, min(int(asked[:3]), MOST_SESSIONS)) if asked.isascii() and asked.isdecimal() else 1


def read_day(form: "EventForm", number: int) -> SessionPlan | None:
    """The plan of this day; None for one left empty, or refused with the sentence at its fields."""
    values = {part: form.cleaned_data.get(f"day{number}_{part}") for part in DAY_PARTS}
    if any(f"day{number}_{part}" in form.errors for part in DAY_PARTS):
        return None
    if not any(values[part] for part in ("on", "starts", "ends", "link")) and not _venue_matters(form, values):
        return None
    needed = {"on": "the date", "starts": "when it starts", "ends": "when it ends"}
    missing = [part for part in needed if values[part] is None]
    for part in missing:
        form.add_error(f"day{number}_{part}", f"Enter {needed[part]} of day {number}")
    if missing:
        return None
    try:
        place = {"venue": values["venue"], "joining_link": values["link"] or "", "was": values["was"]}
        return session_plan(values["on"], values["starts"], values["ends"], **place)  # type: ignore[arg-type]
    except CatalogueError as error:
        form.add_error(f"day{number}_starts", str(error))
        return None


def _venue_matters(form: "EventForm", values: dict[str, Any]) -> bool:
    return values["venue"] is not None and form.cleaned_data.get("mode") != "e_learning"


def initial_of_day(session: Session) -> dict[str, Any]:
    prefix = f"day{session.position}"
    starts, ends = session.starts_at.astimezone(LONDON), session.ends_at.astimezone(LONDON)
    return {
        f"{prefix}_on": starts.date(),
        f"{prefix}_starts": starts.time(),
        f"{prefix}_ends": ends.time(),
        f"{prefix}_venue": session.venue,
        f"{prefix}_link": session.joining_link,
        f"{prefix}_was": session.position,
    }


def with_another_day(data: QueryDict) -> QueryDict:
    """What was typed, and one day more that starts with the last one's times and venue."""
    changed, count = data.copy(), days_asked(data, None)
    if count < MOST_SESSIONS:
        changed["days"] = str(count + 1)
        for part in ("starts", "ends", "venue"):
            changed[f"day{count + 1}_{part}"] = data.get(f"day{count}_{part}", "")
    return changed


def without_day(data: QueryDict, number: int) -> QueryDict:
    """What was typed without this day: those after it move up. The only day is emptied."""
    changed, count = data.copy(), days_asked(data, None)
    for place in range(number, count + 1):
        for name in _names():
            changed[f"day{place}_{name}"] = data.get(f"day{place + 1}_{name}", "") if place < count else ""
    changed["days"] = str(max(1, count - 1))
    return changed


def _names() -> list[str]:
    return [*(f"on_{box}" for box in DATE_BOXES), *DAY_PARTS[1:]]
