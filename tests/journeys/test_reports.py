"""The evening before the meeting: the report of the last quarter, read, taken away as a file, and accepted."""

import csv
import io
import re
from collections.abc import Callable

import pikepdf
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.steps import Check, heading, press


def test_pdl_reads_the_last_quarter_and_takes_it_away(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given the report of the last full quarter, on a phone
    page = sign_in("pdl", PHONE)
    title = _open_last_quarter(page, assert_accessible)
    assert_accessible(page)

    # then every rate has its denominator, and in the annex answers of few are hidden
    words = page.get_by_role("main").inner_text()
    for people in ("booked people came", "booked people didn’t come"):
        assert re.search(rf"\d\.\d %: \d+ of \d+ {people}", words)
    page.get_by_role("link", name="The annex").click()
    assert page.get_by_text("hidden: fewer than 5 answers").count() > 0
    assert_accessible(page)
    page.go_back()

    # and the files are what they say: a tagged PDF, a workbook, a table
    pdf = pikepdf.open(io.BytesIO(_download(page, "PDF", "application/pdf")))
    assert "/StructTreeRoot" in pdf.Root
    assert title in str(pdf.docinfo["/Title"])
    book = _download(page, "Spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    cells = {cell for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row}
    assert any(title in str(cell) for cell in cells)
    rows = list(csv.reader(io.StringIO(_download(page, "CSV", "text/csv").decode("utf-8-sig"))))
    assert len(rows) > 20
    assert any("fewer than 5" in cell for row in rows for cell in row)


def test_pdl_accepts_the_last_quarter(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    page = sign_in("pdl", WIDE)
    title = _open_last_quarter(page, assert_accessible)
    address = page.url

    # when a meeting has accepted it, with what was decided
    press(page, "Accept and minute")
    assert_accessible(page)
    page.get_by_label("Which group accepted it").select_option(index=1)
    page.get_by_label("What was decided").fill("Accepted. The lead of the refresher reports back in spring.")
    page.get_by_label("Number in the minutes").fill("7.2")
    press(page, "Accept and minute")

    # then a copy that never changes stands with the decision, and the report leads to it
    assert heading(page).startswith(title)
    words = page.get_by_role("main").inner_text()
    assert "This copy never changes" in words
    assert "minute 7.2" in words
    assert_accessible(page)
    page.goto(address)
    assert page.get_by_role("link", name="As published on").first.is_visible()


def _open_last_quarter(page: Page, assert_accessible: Check) -> str:
    page.goto("/reports/")
    assert_accessible(page)
    page.get_by_role("listitem").filter(has_text="The last full quarter").get_by_role("link").click()
    return heading(page)


def _download(page: Page, name: str, kind: str) -> bytes:
    link = page.locator(".muster-actions").get_by_role("link", name=name, exact=True).get_attribute("href")
    answer = page.request.get(link or "")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.body()
