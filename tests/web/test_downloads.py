import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
import typst
from python_calamine import CalamineWorkbook

from training.web.charts import Bar, BarChart
from training.web.downloads import (
    Sheet,
    csv_response,
    pdf_bytes,
    pdf_response,
    safe_cell,
    safe_filename,
    xlsx_bytes,
    xlsx_response,
)

HERE = Path(__file__).parent
DANGEROUS = [
    "=1+1",
    "+44 20",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    " =1+1",
    "＝1+1",
    "https://evil.example",
    "O’Brien, Łódź",
]
CHART = BarChart("Attendance", [Bar("Police", 25, "25.0 % (3 of 12)")], maximum=100)
REPORT = {
    "title": "Quarter report",
    "heading": "Attendance #strong[x] $y$",
    "words": "O’Brien said *this* and #panic()",
    "rows": [["Police", "3 of 12"]],
    "chart": CHART.svg(),
    "alt": "Police: 25.0 %",
}


def sheet() -> Sheet:
    rows = [
        [text, 1, Decimal("2.5"), date(2027, 5, 14), datetime(2027, 5, 14, 8, 30, tzinfo=UTC), True, None]
        for text in DANGEROUS
    ]
    return Sheet("People / places [2027]: all of them, every one", ["Text", "n", "d", "on", "at", "yes", "-none"], rows)


def test_csv_reads_back_and_starts_no_formula() -> None:
    response = csv_response(sheet(), "Attendance: Q1/2027")

    content = response.content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines[0] == ["Text", "n", "d", "on", "at", "yes", "'-none"]
    assert [line[0] for line in lines[1:]] == [
        "'=1+1",
        "'+44 20",
        "'-1",
        "'@SUM(A1)",
        "'\tx",
        "'\rx",
        "' =1+1",
        "'＝1+1",
        "https://evil.example",
        "O’Brien, Łódź",
    ]
    assert lines[1][1:] == ["1", "2.5", "2027-05-14", "2027-05-14 09:30", "yes", ""]
    assert response["Content-Disposition"] == 'attachment; filename="Attendance-Q1-2027.csv"'


@pytest.mark.parametrize("text", ["\n=1+1", "\u00a0＋1", "\u2003@SUM(A1)", "－1"])
def test_white_space_and_full_width_signs_start_no_formula_either(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_csv_keeps_negative_numbers_numbers() -> None:
    content = csv_response(Sheet("a", ["n"], [[-5], [Decimal("-0.5")]]), "a").content.decode("utf-8-sig")

    assert content.split() == ["n", "-5", "-0.5"]


def test_xlsx_reads_back_as_text_and_real_dates() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_response([sheet(), Sheet("People", ["a"], [])], "a").content))

    rows = book.get_sheet_by_index(0).to_python()
    assert len(book.sheet_names) == 2
    assert all(len(name) <= 31 for name in book.sheet_names)
    assert [row[0] for row in rows[1:]] == [text.replace("\r", "\r") for text in DANGEROUS]
    assert rows[1][1:6] == [1.0, 2.5, date(2027, 5, 14), datetime(2027, 5, 14, 9, 30), "yes"]  # noqa: DTZ001


def test_xlsx_holds_no_formula_and_no_link() -> None:
    import zipfile

    parts = zipfile.ZipFile(io.BytesIO(xlsx_bytes([sheet()])))

    text = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert "<f>" not in text
    assert "hyperlink" not in text


def test_xlsx_survives_characters_that_xml_cannot_hold() -> None:
    content = xlsx_bytes([Sheet("\x00'", ["a\x01"], [["b\x0bc\ud800" + "x" * 40_000]])])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["a"]
    assert str(rows[1][0]).startswith("bcx")


def test_pdf_is_tagged_and_takes_text_as_text() -> None:
    response = pdf_response(HERE / "accessible.typ", REPORT, "Report Q1")

    pdf = pikepdf.open(io.BytesIO(response.content))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Quarter report"
    kinds = _kinds(pdf.Root.StructTreeRoot)
    assert {"/H1", "/Table", "/TH", "/Figure"} <= kinds
    fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert all("SourceSans3" in font for font in fonts)


def test_pdf_without_a_description_is_refused() -> None:
    with pytest.raises(typst.TypstError, match="alt"):
        pdf_bytes(HERE / "inaccessible.typ", REPORT)


def _kinds(node: pikepdf.Object) -> set[str]:
    found: set[str] = set()
    if isinstance(node, pikepdf.Array):
        return found.union(*(_kinds(child) for child in node))  # type: ignore[attr-defined]
    if isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.add(str(node["/S"]))
        if "/K" in node:
            found |= _kinds(node["/K"])
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quarter 1: O’Brien / Łódź", "Quarter-1-O-Brien-odz.csv"),
        ('a"b\r\nSet-Cookie: x', "a-b-Set-Cookie-x.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ("", "muster.csv"),
        ("‮gpj", "gpj.csv"),
        ("x" * 300, "x" * 80 + ".csv"),
    ],
)
def test_file_names_are_plain(text: str, name: str) -> None:
    assert safe_filename(text, "csv") == name


@pytest.mark.parametrize(
    "text",
    ["😀 😀 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\ud7ff", "日本語", "عربي", "שלום", 'quote " back \\ slash 😀', "\U000e0041"],
)
def test_pdf_prints_what_no_font_has_as_a_question_mark(text: str) -> None:
    pdf = pikepdf.open(io.BytesIO(pdf_bytes(HERE / "accessible.typ", {**REPORT, "words": text})))

    assert len(pdf.pages) == 1


def test_pdf_of_more_strange_characters_than_are_tried_one_by_one() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(60)) + " Łódź"

    assert pdf_bytes(HERE / "accessible.typ", {**REPORT, "words": text}).startswith(b"%PDF")
