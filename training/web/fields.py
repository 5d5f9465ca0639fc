"""Form fields that read what people type and say plainly what is wrong with it."""

import re
import uuid
from collections.abc import Iterable
from datetime import date, time
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from training.web.widgets import DATE_PARTS, DateWidget, TelInput, TimeWidget

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)


class DateField(forms.Field):
    """A date typed as three numbers. Error codes: required, incomplete, invalid, too_early, too_late."""

    widget = DateWidget
    default_error_messages = {
        "required": "Enter a date",
        "incomplete": "Enter a date with a %(parts)s",
        "invalid": "Enter a real date, like 27 3 2027",
        "too_early": "Enter a date on or after %(limit)s",
        "too_late": "Enter a date on or before %(limit)s",
    }

    def __init__(self, *, earliest: date = EARLIEST, latest: date = LATEST, **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        self._mark()
        if value is None or isinstance(value, date):
            return value
        texts = [str(text or "").strip() for text in value]
        if not any(texts):
            self._mark(*(DATE_PARTS if self.required else ()))
            return None
        missing = [part for part, text in zip(DATE_PARTS, texts, strict=True) if not text]
        if missing:
            raise self._refusal("incomplete", missing, parts=" and a ".join(missing))
        return self._in_range(self._real(texts))

    def _real(self, texts: list[str]) -> date:
        limits = {"day": 31, "month": 12, "year": 9999}
        wrong = [p for p, text in zip(DATE_PARTS, texts, strict=True) if not _is_number(text, limits[p])]
        if not wrong and len(texts[2]) != 4:
            wrong = ["year"]
        if wrong:
            raise self._refusal("invalid", wrong)
        day, month, year = map(int, texts)
        try:
            return date(year, month, day)
        except ValueError:
            raise self._refusal("invalid", ["day"]) from None

    def _in_range(self, value: date) -> date:
        if value < self.earliest:
            raise self._refusal("too_early", DATE_PARTS, limit=f"{self.earliest:%-d %B %Y}")
        if value > self.latest:
            raise self._refusal("too_late", DATE_PARTS, limit=f"{self.latest:%-d %B %Y}")
        return value

    def _refusal(self, code: str, boxes: Iterable[str], **params: str) -> ValidationError:
        self._mark(*boxes)
        return ValidationError(self.error_messages[code], code=code, params=params)

    def _mark(self, *parts: str) -> None:
        if isinstance(self.widget, DateWidget):
            self.widget.wrong_parts = frozenset(parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial) if isinstance(self.widget, DateWidget) else initial
        return [str(text or "").lstrip("0") for text in before] != [
            str(text or "").lstrip("0") for text in data or ("", "", "")
        ]


def _is_number(text: str, limit: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= limit


class TimeField(forms.TimeField):
    """A time of day as people write it: 9:30, 9.30, 0930, 9am, 1:30pm."""

    widget = TimeWidget
    default_error_messages = {"required": "Enter a time", "invalid": "Enter a time, like 9:30 or 13:00"}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        match = _TIME.fullmatch(str(value).strip())
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if hour > (12 if half else 23) or minute > 59 or (half and hour == 0):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else value


class TelField(forms.CharField):
    """A telephone number as text; whether it is one is for whoever sends to it to find out."""

    widget = TelInput


class UploadField(forms.FileField):
    """One file of the given kinds and size. The name is not proof: whoever reads it checks the content."""

    def __init__(self, *, extensions: tuple[str, ...], max_megabytes: int = 10, **kwargs: Any) -> None:
        self.extensions, self.max_megabytes = extensions, max_megabytes
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(f".{name}" for name in extensions)}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> "UploadedFile[Any] | None":
        upload: UploadedFile[Any] | None = super().to_python(data)  # type: ignore[assignment]
        if upload is None:
            return None
        if PurePath(upload.name or "").suffix.lower().lstrip(".") not in self.extensions:
            raise ValidationError(f"The file must be one of these: {', '.join(self.extensions)}", code="extension")
        if (upload.size or 0) > self.max_megabytes * 1024 * 1024:
            raise ValidationError(f"The file must be smaller than {self.max_megabytes} MB", code="too_big")
        return upload


class SubmissionField(forms.UUIDField):
    """A hidden id made with the form: the same id twice is a second click, not a second wish."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": "This page was out of date. Check your answers and send them again",
        "invalid": "This page was out of date. Check your answers and send them again",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"initial": uuid.uuid4, **kwargs})

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - Django's signature
        try:
            return str(uuid.UUID(str(data)))
        except ValueError:  # refused: the page shown again carries a fresh one
            return str(uuid.uuid4())
