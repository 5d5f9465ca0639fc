"""Files that people take away: CSV, spreadsheets, tagged PDF.

A sheet is a name, headings and rows of plain values; what a formula would start with is written as text,
so that nothing somebody typed in a form runs in somebody else's spreadsheet.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from training.web.words import local

FONTS = Path(__file__).parent / "fonts"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF_TYPE = "application/pdf"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Beyond so many different characters that no font has, everything that is not Latin, Greek or Cyrillic goes.
MOST_UNKNOWN = 40
_NOT_DISPLAYED = re.compile(r'the text `?"(.+?)"`? could not be displayed')
_BEYOND_LATIN = re.compile("[^\x00-\u052f\u2010-\u2044]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """`rows` hold text, numbers, dates, times with a zone, booleans or None, in the order of `headings`."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def csv_bytes(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads é as Ã©."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_safe_text(heading) for heading in sheet.headings])
    writer.writerows([_csv_value(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for number, sheet in enumerate(sheets, start=1):
            _write_sheet(book, sheet, number)
    return buffer.getvalue()


def pdf_bytes(source: Path, data: Any) -> bytes:
    """Compile a typst source as PDF/UA-1 with our own fonts.

    The source reads `json(bytes(sys.inputs.data))`, so no text of `data` is ever markup. A character that no font has
    (an emoji, say) is printed as a question mark: the standard allows no empty box. Raises `typst.TypstError` for a
    source that is not accessible (a figure without a description, say).
    """
    text = json.dumps(data, ensure_ascii=False)
    for _ in range(MOST_UNKNOWN):
        try:
            return _compile(source, text)
        except typst.TypstError as error:  # which names one character a time
            unknown = _unknown_in(str(error))
            if not unknown or unknown not in text:
                raise
            text = text.replace(unknown, "?")
    return _compile(source, _BEYOND_LATIN.sub("?", text))


def _compile(source: Path, text: str) -> bytes:
    return typst.compile(
        str(source),
        format="pdf",
        sys_inputs={"data": text},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        font_paths=[str(FONTS)],
    )


def _unknown_in(message: str) -> str:
    """The text that could not be displayed, as the compiler's message has it; empty for another fault."""
    found = _NOT_DISPLAYED.search(message)
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def csv_response(sheet: Sheet, filename: str) -> HttpResponse:
    return attachment(csv_bytes(sheet), CSV_TYPE, filename, "csv")


def xlsx_response(sheets: Sequence[Sheet], filename: str) -> HttpResponse:
    return attachment(xlsx_bytes(sheets), XLSX_TYPE, filename, "xlsx")


def pdf_response(source: Path, data: Any, filename: str) -> HttpResponse:
    return attachment(pdf_bytes(source, data), PDF_TYPE, filename, "pdf")


def safe_filename(text: str, extension: str) -> str:
    """ "Quarter 1: O’Brien / Łódź" → "Quarter-1-O-Brien-odz.csv": letters, digits, dots and dashes, at most 80."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    name = re.sub(r"[^A-Za-z0-9.]+", "-", letters).strip("-.")[:80].rstrip("-.")
    return f"{name or 'muster'}.{extension}"


def attachment(content: bytes, content_type: str, filename: str, extension: str) -> HttpResponse:
    """A file to save, kept by nobody on the way."""
    response = HttpResponse(content, content_type=content_type)
    header = content_disposition_header(as_attachment=True, filename=safe_filename(filename, extension))
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def uploaded_file(content: bytes, content_type: str, filename: str, extension: str) -> HttpResponse:
    """What somebody has sent: to save, never to show as a page of ours, and a browser runs nothing of it here."""
    response = attachment(content, content_type, filename, extension)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def safe_cell(text: str) -> str:
    """The text as no spreadsheet runs it."""
    return _safe_text(text)


def _safe_text(text: str) -> str:
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if clean.startswith(DANGEROUS) or clean.lstrip().startswith(DANGEROUS) else clean


def _csv_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return _safe_text(str(value))


def _write_sheet(book: Any, sheet: Sheet, number: int) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name, number))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = {
        date: book.add_format({"num_format": "d mmm yyyy"}),
        datetime: book.add_format({"num_format": "d mmm yyyy hh:mm"}),
    }
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, _CONTROL.sub("", heading), bold)
    for line, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, line, column, value, formats)
    page.freeze_panes(1, 1)
    page.autofit(360)


def _write_cell(page: Any, line: int, column: int, value: Any, formats: dict[type[date], Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_string(line, column, "yes" if value else "no")
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(line, column, local(value).replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        page.write_datetime(line, column, value, formats[date])
    else:
        page.write_string(line, column, _CONTROL.sub("", str(value))[:32_767])


def _sheet_name(name: str, number: int) -> str:
    """Excel's rule: at most 31 characters, none of []:*?/\\, no apostrophe at an end, no name twice."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", _CONTROL.sub("", name))[:25].strip(" '")
    return f"{number} {clean}".strip()
