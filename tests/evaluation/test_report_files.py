"""The report as PDF, spreadsheet, CSV and from the command line."""

import csv
import io
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from tests.conftest import ClientOf
from tests.evaluation.making import book
from tests.evaluation.report_making import make_story, quarter_key
from tests.factories import make_agency
from training.people.models import Partnership, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def test_pdf_is_tagged_and_says_the_same(pdl: User, client_of: ClientOf) -> None:
    event = make_story()

    answer = client_of(pdl).get(f"/reports/event/{event.reference}/pdf/")

    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked) is True
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert document.open_metadata()["dc:title"].startswith(event.version.title)
        figures = [
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        alts = [str(one.get("/Alt", "")) for one in figures]
        headings = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
    assert len(alts) >= 5
    assert all(": " in alt for alt in alts)
    assert any("80.0 %: 8 of 10" in alt or "100.0 %: 8 of 8" in alt for alt in alts)
    assert headings


def test_xlsx_has_the_figures_and_no_formula(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    agency = make_agency('=HYPERLINK("http://evil.example")')
    book(event, 1, agency=agency)

    content = client_of(pdl).get(f"/reports/event/{event.reference}/xlsx/").content

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    figures = next(rows for name, rows in sheets.items() if "Figures" in name)
    organisations = next(rows for name, rows in sheets.items() if "Organisations" in name)
    came = next(row for row in figures if row[2] == "Came" and row[0] == "Delivery")
    assert came[3:7] == ["81.8 %: 9 of 11 booked people came", 0.8182, 9.0, 11.0]
    assert agency.name in [row[0] for row in organisations]


def test_csv_has_every_figure_once(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    make_agency("+cmd")
    book(event, 1, agency=make_agency("=1+1"))

    text = client_of(pdl).get(f"/reports/event/{event.reference}/csv/").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Definition"] for row in rows} >= {"attendance v1", "relevance v1", "change_before v1"}
    assert [row["About"] for row in rows if row["About"].startswith(("=", "+"))] == []
    change = next(row for row in rows if row["Section"] == "Change" and row["About"] == "All together")
    assert (change["Value"], change["Answers"], change["Hidden"]) == ("1.25", "6", "no")


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_command_writes_a_file(extension: str, start: bytes, partnership: Partnership, tmp_path: Path) -> None:
    event = make_story()
    target = tmp_path / "report"

    call_command("report", quarter_key(event), "--format", extension, "--output", str(target))

    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize("period", ["2026-Q9", "nonsense", "2099-Q1", "\x00", "9" * 100])
def test_command_refuses_nonsense_with_a_sentence(period: str, partnership: Partnership) -> None:
    with pytest.raises(CommandError, match="That is not a quarter or a year that has begun"):
        call_command("report", period)
