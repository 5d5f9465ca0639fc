"""What a file is, its content says: every wrong one gets one clear sentence."""

import io
import tracemalloc
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from training.web.tables import TableError, read_tables

ROWS = 'Name ; Größe\r\nZoë;1\r\n\r\n  ;\r\n"a\r\nb";3\r\n'


def workbook(*cells: tuple[int, int, object]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("One")
        for row, column, value in cells:
            page.write(row, column, value)
    return buffer.getvalue()


def parcel(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_as_spreadsheets_write_it(encoding: str, delimiter: str) -> None:
    (table,) = read_tables(ROWS.replace(";", delimiter).encode(encoding))

    assert table.columns == {"name": "Name", "gr_sse": "Größe"}
    assert [(line.number, line.cells["name"]) for line in table.lines] == [(2, "Zoë"), (5, "a\r\nb")]


def test_workbook_rows_are_numbered_as_shown() -> None:
    (table,) = read_tables(workbook((2, 0, "Name"), (2, 1, "Places"), (5, 0, "Zoë"), (5, 1, 20)))

    assert [(line.number, line.cells) for line in table.lines] == [(6, {"name": "Zoë", "places": 20.0})]


BOMB = parcel(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"\0" * 200_000_000})
FAR = workbook((0, 0, "Name"), (1_048_575, 16_383, "x"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b" \r\n\t", "This file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF, not a table."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture, not a table."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"This is an old Excel file \(.xls\), or one with a password, not a table."),
        (b"<html><table><tr>", "This is a web page, not a table."),
        ("name,places\nA,1".encode("utf-16"), "Unicode text"),
        (b"name,places\nA\x00,1", "This file holds signs that no text has"),
        (b"name\n\x81\x8d", "The letters of this file cannot be read."),
        (b"PK\x03\x04 not really", "This workbook is damaged and cannot be read."),
        (parcel(**{"word/document.xml": b"<x/>"}), "This is a zip file or another kind of document"),
        (parcel(**{"xl/workbook.xml": b"<x/>"}), "This workbook is damaged and cannot be read."),
        (workbook()[:-200], "This workbook is damaged and cannot be read."),
        (workbook(), "There is nothing in this file"),
        (b"x" * (21 * 1024 * 1024), "This file is larger than 20 MB."),
        (BOMB, "This workbook unpacks to far more than a list of ours."),
        (FAR, "A sheet of this workbook has cells far outside any list."),
        (b'name,places\n"A,1\n', "Row 2 cannot be read: a quotation mark opens a cell and nothing closes it."),
        (b"name,Name\n", "Two columns have the heading “name”."),
        (b"name,places\nA,1,2\n", "Row 2 has more cells than there are headings"),
        (b"name\n" + b"x" * 30_000, "Row 2 has a cell of 30,000 signs"),
        (b"name\n" + b"x" * 200_000, "cannot be read"),
        (b"name\n" + b"x\n" * 100_001, "This file has more than 100,000 rows."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_tables(content)


def test_a_bomb_does_not_fill_the_memory() -> None:
    tracemalloc.start()

    for content in (BOMB, FAR):
        with pytest.raises(TableError):
            read_tables(content)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_rubbish_is_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        tables = read_tables(content)
    except TableError as error:
        assert str(error)  # noqa: PT017 - either is right
    else:
        assert all(table.columns for table in tables)
