"""Rows out of .xlsx, after a look at the parcel: a small file may unpack to more than a machine holds."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_PARTS = 2_000
CHUNK = 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c [^>]{0,200}?r="([A-Z]{1,3})([0-9]{1,7})"')
_EXTENT = re.compile(rb'<(?:\w+:)?dimension [^>]{0,200}?ref="[A-Z0-9$]{0,12}:?([A-Z]{1,3})([0-9]{1,7})"')


def read_workbook(content: bytes, *, most_cells: int) -> list[tuple[str, Iterator[list[Any]]]]:
    """Each visible sheet's name and rows, the first row of the sheet first. Raises ValueError with a sentence."""
    _look_inside(content, most_cells)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [(name, _rows(book, name)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError):
        raise ValueError("This workbook is damaged and cannot be read.") from None


def _rows(book: CalamineWorkbook, name: str) -> Iterator[list[Any]]:
    return iter(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


def _look_inside(content: bytes, most_cells: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            names = parcel.namelist()
            if "xl/workbook.xml" not in names:
                raise ValueError("This is a zip file or another kind of document, not an Excel workbook (.xlsx).")
            if len(names) > MOST_PARTS or sum(part.file_size for part in parcel.infolist()) > LARGEST_UNPACKED:
                raise ValueError("This workbook unpacks to far more than a list of ours.")
            for name in names:
                _unpack(parcel, name, most_cells)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise ValueError("This workbook is damaged and cannot be read.") from None


def _unpack(parcel: zipfile.ZipFile, name: str, most_cells: int) -> None:
    """Unpack a part once, in pieces: it must be as long as it says, and its sheet no larger than a table is.

    A single cell in the last column of the last row would have every cell before it kept in memory.
    """
    widest = lowest = 0
    before = b""
    with parcel.open(name) as part:
        while piece := part.read(CHUNK):
            if not name.startswith("xl/worksheets/"):
                continue
            text = before + piece
            for letters, row in (*_EXTENT.findall(text), *_CELL.findall(text)):
                widest, lowest = max(widest, _column(letters)), max(lowest, int(row))
            before = text[-400:]
            if widest * lowest > most_cells:
                raise ValueError("A sheet of this workbook has cells far outside any list. Copy the list to a new one.")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
