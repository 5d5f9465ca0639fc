"""What a row of an uploaded table says, cell by cell, and what is wrong with it."""

import datetime
import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from training.web.forms import INVISIBLE
from training.web.tables import Line

FORMULA = ("=", "+", "@")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,6})?", re.ASCII)
EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and where: the column's heading, what stands there, what should."""

    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        found = f"“{self.found}”" if self.found else "nothing"
        return f"Row {self.row}, {self.column}: found {found}, expected {self.expected}."


class Reader:
    """Reads one row. What cannot be read is noted in `problems`, and the row's other cells are read all the same."""

    def __init__(self, line: Line, headings: Mapping[str, str]) -> None:
        self.row = line.number
        self._cells = line.cells
        self._headings = headings
        self.problems: list[Problem] = []

    def has(self, column: str) -> bool:
        return column in self._headings

    def wrong(self, column: str, expected: str, found: str | None = None) -> None:
        shown = self._shown(column) if found is None else found
        heading = self._headings.get(column) or column
        self.problems.append(Problem(self.row, heading, shown[:80], expected))

    def text(self, column: str, most: int = 200, *, is_required: bool = False) -> str:
        """One line, spaces tidied. A formula is a problem: nobody's spreadsheet is to run it later."""
        text = tidy(self._shown(column))
        if text.startswith(FORMULA):
            self.wrong(column, "words, not a formula")
            return ""
        if text[:1] == "'" and text[1:2] in (*FORMULA, "-"):  # how our own files write such a text
            text = text[1:]
            if text.startswith(FORMULA):
                self.wrong(column, "words, not a formula")
                return ""
        if len(text) > most:
            self.wrong(column, f"at most {most} letters, not {len(text)}")
            return ""
        if is_required and not text:
            self.wrong(column, "something: it cannot be empty")
        return text

    def parts(self, column: str, separators: str = "|", most: int = 300) -> list[str]:
        """The cell's parts, without the empty ones."""
        text = self.text(column, 10_000)
        parts = [" ".join(part.split()) for part in re.split(f"[{re.escape(separators)}]", text)]
        for part in parts:
            if len(part) > most:
                self.wrong(column, f"parts of at most {most} letters each")
                return []
        return [part for part in parts if part]

    def number(self, column: str, least: int, most: int, *, is_required: bool = False) -> int | None:
        expected = f"a whole number from {least:,} to {most:,}"
        value = self._decimal(column, expected)
        if value is None:
            if is_required and not self._shown(column):
                self.wrong(column, expected)
            return None
        if value != int(value) or not least <= value <= most:
            self.wrong(column, expected)
            return None
        return int(value)

    def decimal(self, column: str, least: Decimal, most: Decimal) -> Decimal | None:
        expected = f"a number from {least:f} to {most:f}"
        value = self._decimal(column, expected)
        if value is not None and not least <= value <= most:
            self.wrong(column, expected)
            return None
        return None if value is None else round(value, 2)

    def day(self, column: str, *, is_required: bool = False) -> datetime.date | None:
        """ "31/12/2019", "2019-12-31", or a real date of a workbook."""
        value = self._cells.get(column)
        found = value.date() if isinstance(value, datetime.datetime) else value
        if not isinstance(found, datetime.date):
            found = day_of(self._shown(column)) if self._shown(column) else None
            if found is None:
                if self._shown(column) or is_required:
                    self.wrong(column, "a real date, like 28/02/2020")
                return None
        if not EARLIEST <= found <= LATEST:
            self.wrong(column, f"a date from {EARLIEST.year} to {LATEST.year}")
            return None
        return found

    def email(self, column: str, *, is_required: bool = False) -> str:
        text = self.text(column, 254, is_required=is_required).lower()
        if text:
            try:
                validate_email(text)
            except ValidationError:
                self.wrong(column, "an e-mail address, like name@example.org")
                return ""
        return text

    def one_of(
        self, column: str, choices: Mapping[str, Any], what: str, *, is_required: bool = True, suggests: bool = True
    ) -> Any:
        """The choice that the cell names, whatever its case: `choices` are by their names in small letters.

        What is not there is answered with the nearest names. None for an empty cell and for what is not there.
        """
        text = self.text(column)
        if not text:
            if is_required and not self._shown(column):
                self.wrong(column, what)
            return None
        found = choices.get(text.casefold())
        if found is None:
            self.wrong(column, what + (nearest(text, choices) if suggests else ""))
        return found

    def _decimal(self, column: str, expected: str) -> Decimal | None:
        text = self._shown(column).replace(" ", "").lstrip("£")
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        if not text:
            return None
        try:
            if not _NUMBER.fullmatch(text):
                raise InvalidOperation
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            self.wrong(column, expected)
            return None

    def _shown(self, column: str) -> str:
        return as_text(self._cells.get(column))


def as_text(value: Any) -> str:
    """A cell's value as a person would have typed it; 20.0 is 20."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y %H:%M}".removesuffix(" 00:00")
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return tidy(str(value))


def tidy(text: str) -> str:
    """Single spaces, composed letters, nothing that hides or turns text."""
    spaced = re.sub(r"\s+", " ", text)
    return unicodedata.normalize("NFC", INVISIBLE.sub("", spaced)).strip()


def day_of(text: str) -> datetime.date | None:
    """None for what is no date, 31 February among it."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def nearest(text: str, choices: Mapping[str, Any]) -> str:
    """ "; the nearest: “A” and “B”", or nothing."""
    alike = difflib.get_close_matches(text.casefold(), list(choices)[:3000], n=2, cutoff=0.6)
    quoted = " and ".join(f"“{getattr(choices[name], 'name', name)}”" for name in alike)
    return f"; the nearest: {quoted}" if quoted else ""
