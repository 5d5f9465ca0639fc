"""Widgets that Django does not have: a date in three boxes, a time as people write it, an ISO date for filters."""

from datetime import date
from typing import Any

from django import forms

DATE_PARTS = ("day", "month", "year")


class DateWidget(forms.MultiWidget):
    """Day, month and year in boxes `<name>_day`, `<name>_month`, `<name>_year`. Its value is those three texts."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in DATE_PARTS}, attrs)
        # Filled by the field when it refuses a date: the boxes to put right.
        self.wrong_parts: frozenset[str] = frozenset()

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), f"{value.year:04}"]
        return ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {k: v for k, v in (attrs or {}).items() if k != "aria-invalid"})
        for part, widget in zip(DATE_PARTS, context["widget"]["subwidgets"], strict=True):
            widget["label"] = part.capitalize()
            widget["width"] = 4 if part == "year" else 2
            widget["is_wrong"] = part in self.wrong_parts
        return context

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002 - Django's signature
        return all(f"{name}_{part}" not in data for part in DATE_PARTS)


class TimeWidget(forms.TextInput):
    """One short box; the field reads "9:30", "9.30", "0930", "9am" and "1:30pm"."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-5", "autocomplete": "off", **(attrs or {})})


class IsoDateInput(forms.DateInput):
    """The browser's own date box, for filters whose address carries one date: `?from=2027-05-14`."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-10", **(attrs or {})}, format="%Y-%m-%d")


class TelInput(forms.TextInput):
    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-20", "autocomplete": "tel", **(attrs or {})})
