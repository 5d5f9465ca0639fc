"""Tables that people upload: CSV as spreadsheets write it, and .xlsx workbooks.

What a file is, its content says, not its name. Formulas are never worked out: a workbook's cells hold the value that
was last shown, a CSV's the text.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from training.web.workbooks import read_workbook

LARGEST_MEGABYTES = 20
MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 20_000
# The first bytes of what is often sent by mistake.
OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or one with a password"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
)
SAVE_AS = "In your spreadsheet, choose “Save as” and then CSV (UTF-8) or Excel workbook (.xlsx)."


class TableError(Exception):
    """Why a file cannot be read at all, in a sentence."""


@dataclass(frozen=True)
class Line:
    """A row with something in it. `number` is its row as a spreadsheet shows it; `cells` are by column's key."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class Table:
    """`columns` are the headings by key: "Course code " has the key `course_code`."""

    name: str
    columns: dict[str, str]
    lines: list[Line] = field(default_factory=list)


def read_tables(content: bytes) -> list[Table]:
    """The sheets with something in them; a CSV is one sheet without a name. Raises TableError."""
    _refuse_other_kinds(content)
    sheets = _workbook(content) if content[:2] == b"PK" else [("", _csv_rows(_decoded(content)))]
    tables = [table for name, rows in sheets if (table := _table(name, rows))]
    if not tables:
        raise TableError("There is nothing in this file: no heading and no row.")
    return tables


def key_of(heading: str) -> str:
    """ "Course  Code" → course_code."""
    return re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")


def _refuse_other_kinds(content: bytes) -> None:
    if not content.strip():
        raise TableError("This file is empty.")
    if len(content) > LARGEST_MEGABYTES * 1024 * 1024:
        raise TableError(f"This file is larger than {LARGEST_MEGABYTES} MB. Split it, a year at a time.")
    for start, kind in OTHER_KINDS:
        if content.startswith(start):
            raise TableError(f"This is {kind}, not a table. {SAVE_AS}")
    if content[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise TableError(f"This is a web page, not a table. {SAVE_AS}")


def _workbook(content: bytes) -> list[tuple[str, Iterator[list[Any]]]]:
    try:
        return read_workbook(content, most_cells=MOST_ROWS * 40)
    except ValueError as error:
        raise TableError(f"{error} {SAVE_AS}") from None


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TableError(f"This file is saved as “Unicode text” (UTF-16), which is not CSV. {SAVE_AS}")
    if b"\x00" in content:
        raise TableError(f"This file holds signs that no text has, so it is not a table. {SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(f"The letters of this file cannot be read. {SAVE_AS}")


def _csv_rows(text: str) -> Iterator[list[Any]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first)
    delimiter = max(",;\t", key=unquoted.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):  # noqa: B007 - for the sentence below
            yield row
    except csv.Error:
        raise TableError(
            f"Row {number + 1} cannot be read: a quotation mark opens a cell and nothing closes it. Mend it there."
        ) from None


def _table(name: str, rows: Iterator[list[Any]]) -> Table | None:
    """The first row with something in it holds the headings."""
    table: Table | None = None
    for number, row in enumerate(rows, start=1):
        if all(value is None or value == "" or (isinstance(value, str) and not value.strip()) for value in row):
            continue
        if table is None:
            table = Table(name, _columns(row, number))
        elif len(table.lines) >= MOST_ROWS:
            raise TableError(f"This file has more than {MOST_ROWS:,} rows. Split it, a year at a time.")
        else:
            table.lines.append(Line(number, _cells(table, row, number)))
    return table


def _columns(row: list[Any], number: int) -> dict[str, str]:
    headings = [str(value).strip()[:60] for value in row]
    keys = [key_of(heading) or f"column_{place}" for place, heading in enumerate(headings, start=1)]
    if len(keys) > MOST_COLUMNS:
        raise TableError(f"Row {number} has {len(keys)} headings: this does not look like a list of ours.")
    for key, heading in zip(keys, headings, strict=True):
        if keys.count(key) > 1:
            raise TableError(f"Two columns have the heading “{heading}”. Remove one of them.")
    return dict(zip(keys, headings, strict=True))


def _cells(table: Table, row: list[Any], number: int) -> dict[str, Any]:
    for value in row:
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            raise TableError(f"Row {number} has a cell of {len(value):,} signs, which no cell of ours has.")
    beyond = [value for value in row[len(table.columns) :] if str(value).strip()]
    if beyond:
        raise TableError(
            f"Row {number} has more cells than there are headings: “{str(beyond[0])[:60]}” is one too many."
        )
    return dict(zip(table.columns, row, strict=False))
