"""The pages and files of a quarter and a year, their annex, and copies published before there was one."""

import io
import json
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from evaluation.models import Snapshot
from evaluation.reports.building import FORMAT
from evaluation.reports.canonical import canonical, section_hashes
from tests.conftest import ClientOf
from tests.evaluation.making import book, make_ran
from tests.evaluation.report_making import built, make_story, quarter_key
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_course
from tests.factories_providers import make_contract, make_order
from training.people.models import Partnership, Role, User
from training.web.periods import quarter_of
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
# What a report had when the first copies were published.
FIRST = ("delivery", "agencies", "answers", "change", "said", "evidence", "notes", "sentences")


def publish(report: dict[str, Any], by: User) -> Snapshot:
    return Snapshot.objects.create(
        title=report["title"],
        scope=report["scope"],
        body=canonical(report),
        section_hashes=section_hashes(report),
        made_at=timezone.now(),
        made_by=by.person,
    )


def headings(pdf: bytes) -> dict[str, int]:
    """The first-level headings with the number of their page, from the outline."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        pages = [page.objgen for page in document.pages]
        return {item.title: pages.index(item.destination[0].objgen) + 1 for item in outline.root}


def test_first_screen_asks_and_the_annex_has_the_tables(pdl: User, client_of: ClientOf) -> None:
    event, browser = make_story(), client_of(pdl)
    address = f"/reports/quarter/{quarter_key(event)}/"

    page, annex = browser.get(address).content.decode(), browser.get(f"{address}annex/").content.decode()

    assert page.index("Decisions asked") < page.index("What was delivered") < page.index("Whom to ask")
    assert page.count("Accept and minute") == 1
    assert f"{address}annex/" in page
    assert "Police &amp; Crime &lt;Unit&gt;" in annex
    assert "likely between" in annex
    assert "secret" not in page + annex


@pytest.mark.parametrize("role", [Role.PDL_MEMBER, Role.EXECUTIVE, Role.COORDINATOR])
def test_whoever_reads_reports_reads_the_annex(role: Role, partnership: Partnership, client_of: ClientOf) -> None:
    event, browser = make_story(), client_of(make_user(role=role))

    assert [browser.get(f"/reports/quarter/{quarter_key(event)}/{name}").status_code for name in ("", "annex/")] == [
        200
    ] * 2


@pytest.mark.parametrize("role", [None, Role.AGENCY_LEAD, Role.TRAINER, Role.PROVIDER_MANAGER])
def test_annex_is_refused_to_others(role: Role | None, partnership: Partnership, client_of: ClientOf) -> None:
    user = make_user(role=role, agency=make_agency() if role == Role.AGENCY_LEAD else None)

    assert client_of(user).get(f"/reports/quarter/{quarter_key(make_ran())}/annex/").status_code == 403


@pytest.mark.parametrize("address", ["quarter/2026-Q9", "quarter/x", "year/2099", "course/DA1", "published/none"])
def test_annex_of_nonsense_is_not_found(address: str, pdl: User, client_of: ClientOf) -> None:
    assert client_of(pdl).get(f"/reports/{address}/annex/").status_code == 404


@pytest.mark.parametrize("kind", ["quarter", "year"])
def test_page_and_files_of_nothing_are_whole(kind: str, pdl: User, client_of: ClientOf) -> None:
    browser, quarter = client_of(pdl), quarter_of(timezone.localdate(), 4)
    address = f"/reports/{kind}/{quarter.key if kind == 'quarter' else quarter.year}/"

    codes = [browser.get(f"{address}{name}").status_code for name in ("", "annex/", "pdf/", "xlsx/", "csv/")]

    assert codes == [200] * 5


def test_year_opens_with_the_question_and_its_answer(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    year = quarter_of(london_day(event.starts_at), 4).year

    page = client_of(pdl).get(f"/reports/year/{year}/").content.decode()

    assert page.index("is there evidence that it changes practice") < page.index("Not known.")


def test_pdf_has_its_parts_on_four_pages_and_then_the_annex(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    for number in range(3):
        more = make_story(course=make_course(f"Course {number}"))
        make_order(more, make_contract(starts_on=london_day(more.starts_at)))

    pdf = client_of(pdl).get(f"/reports/quarter/{quarter_key(event)}/pdf/").content

    found = headings(pdf)
    assert [title.split(".")[0] for title in found][:10] == [str(number) for number in range(1, 11)]
    assert found["Annex"] <= 5
    assert found["1. Decisions asked; what was decided"] == 1


def test_xlsx_has_a_sheet_a_part_with_numbers(pdl: User, client_of: ClientOf) -> None:
    event = make_story()

    content = client_of(pdl).get(f"/reports/quarter/{quarter_key(event)}/xlsx/").content

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = {name.partition(" ")[2]: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    assert {"Five quarters", "Contracts", "Workforce", "Never seen", "Outcomes", "Providers"} <= set(sheets)
    assert sheets["Five quarters"][5][1:6] == [1.0, 0.0, 8.0, 10.0, 0.8]
    assert [row[2:5] for row in sheets["Outcomes"][1:]] == [
        ["+2.0, everybody alike, so no range can be given (6 people)", 2.0, 6.0],
        ["+0.5, likely between −0.1 and +1.1 (6 people)", 0.5, 6.0],
    ]


def test_published_quarter_stays_with_its_annex(pdl: User, client_of: ClientOf) -> None:
    event, browser = make_story(), client_of(pdl)
    report = built("quarter", quarter_key(event), Partnership.objects.get())
    copy = publish(report, pdl)
    names = ("", "annex/", "csv/")
    before = [browser.get(f"/reports/published/{copy.reference}/{name}").content for name in names]
    book(event, 9)

    after = [browser.get(f"/reports/published/{copy.reference}/{name}").content for name in names]

    assert report["format"] == FORMAT
    assert "8 of 10 booked people came" in before[0].decode()
    assert [_without_token(one) for one in after] == [_without_token(one) for one in before]
    assert f"/reports/published/{copy.reference}/annex/" in before[0].decode()


def _without_token(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrf" not in line and b"nonce" not in line]


def test_copies_of_the_first_format_are_shown_as_they_were(pdl: User, client_of: ClientOf) -> None:
    event, browser = make_story(), client_of(pdl)
    report = built("quarter", quarter_key(event), Partnership.objects.get())
    first = {key: value for key, value in report.items() if key != "format"}
    first["sections"] = {name: report["sections"][name] for name in FIRST}
    copy = publish(json.loads(canonical(first)), pdl)
    address = f"/reports/published/{copy.reference}/"

    page = browser.get(address)

    assert page.status_code == 200
    assert "Delivery and attendance" in page.content.decode()
    assert [browser.get(f"{address}{name}/").status_code for name in ("pdf", "xlsx", "csv", "annex")] == [
        200, 200, 200, 404,
    ]  # fmt: skip
