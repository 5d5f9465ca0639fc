"""The report's pages and files: numbers, roles, nonsense, and the same number of queries for any number of dates."""

import csv
import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bookings.models import Mark
from evaluation.analysis.periods import quarter_of
from evaluation.models import Comment, MetricDefinition
from evaluation.reports.building import Report, build_report
from evaluation.reports.definitions import DEFINITIONS
from evaluation.reports.scopes import find_scope
from tests.conftest import ClientOf
from tests.evaluation.making import book, invite, make_ran, pair, rate, respond, send_registers
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_course
from tests.factories_evaluation import make_attended, make_past_event, make_response
from tests.factories_providers import make_contract, make_order, make_provider
from training.catalogue.models import Event
from training.people.models import Agency, Partnership, Role, User
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def pdl(partnership: Partnership) -> User:
    return make_user(role=Role.PDL_MEMBER)


def quarter_key(event: Event) -> str:
    return quarter_of(london_day(event.starts_at), 4).key


def make_story(**fields: object) -> Event:
    """A date with everything: 10 booked, 8 came, 2 didn't, answers before, at the end and two months on."""
    event = make_ran(**fields)
    name = "Police & Crime <Unit>"
    police = Agency.objects.filter(name=name).first() or make_agency(name, sector="police")
    came = book(event, 8)
    book(event, 2, Mark.DID_NOT_ATTEND, agency=police)
    send_registers(event)
    invite(came, "baseline")
    invite(came, "end")
    invite(came, "follow_up")
    for number in range(6):
        episode = pair(event, [2, 3], [4, 3 + number % 2], looking_back=[1, 2])
        words = {"text": "secret", "state": Comment.State.QUOTABLE, "cleared_text": f"I rang the school. {number}"}
        respond(event, "follow_up", episode=episode, outcome_now=[4, 4], used_it="Yes", did_differently=words)
    rate(event, [5, 4, 4, 5, 5])
    return event


def built(kind: str, key: str, partnership: Partnership, **fields: str) -> Report:
    scope = find_scope(kind, key, partnership=partnership, today=timezone.localdate(), **fields)
    assert scope is not None
    return build_report(scope, partnership=partnership, now=timezone.now())


def test_report_says_it_in_five_sentences(partnership: Partnership) -> None:
    event = make_story()

    sentences = [row["text"] for row in built("event", event.reference, partnership)["sections"]["sentences"]]

    assert sentences == [
        "1 date ran, with 20 places.",
        "8 people came: 8 of 10 who were booked (80.0 %); from 1 of 2 sectors.",
        "2 booked people didn’t come (20.0 % of 10) and 0 sent apologies.",
        "6 people rated their confidence before the course and at its end on a scale from 1 to 5: on average +1.2,"
        " likely between +1.0 and +1.5. Two months on, 6 people stood +0.2 from where they did at the end.",
        "What the others would have said: “before the course” 6 of 8 answered; “at the end” 11 of 11 answered;"
        " “two months on” 6 of 8 answered. Ratings are people’s own: nobody else has yet shown that practice changed"
        " (no evidence of grade A or B).",
    ]


def test_report_of_every_kind_has_the_date(partnership: Partnership) -> None:
    event = make_story()
    provider = make_provider("Harbour Training")
    make_order(event, make_contract(provider, starts_on=timezone.localdate(event.starts_at)))
    quarter = quarter_key(event)
    keys = {
        "course": event.version.course.code,
        "event": event.reference,
        "provider": provider.reference,
        "quarter": quarter,
        "year": built("quarter", quarter, partnership)["caption"].rpartition(" of ")[2].replace("–", "-"),
    }

    ran = {kind: built(kind, key, partnership)["sections"]["delivery"]["ran"] for kind, key in keys.items()}

    assert ran == dict.fromkeys(keys, 1)


def test_report_narrowed_to_another_year_has_nothing(partnership: Partnership) -> None:
    event = make_story()

    report = built("course", event.version.course.code, partnership, year="2010-11")

    assert report["sections"]["delivery"]["ran"] == 0
    assert report["sections"]["sentences"][0]["text"] == "No date has run yet."


def test_report_holds_no_answer_of_few(partnership: Partnership) -> None:
    """The canonical JSON is what files and copies are made of: a withheld value is nowhere in it."""
    event = make_ran(people=4)
    rate(event, [5, 5, 5, 2])
    pair(event, [1, 1], [5, 5])

    parts = built("event", event.reference, partnership)["sections"]

    assert parts["answers"]["questions"][0]["figure"]["words"] == "hidden: fewer than 5 answers"
    figures = [parts["answers"]["questions"][0]["figure"], parts["change"]["comparisons"][0]["overall"]]
    assert [(one["value"], one["n"], one["low"], one["is_withheld"]) for one in figures] == [
        (None, None, None, True)
    ] * 2


def test_report_from_real_answers(partnership: Partnership) -> None:
    """Through the personal link, as people do: the form is open, so nothing but the count is shown."""
    event = make_past_event(days_ago=3)
    make_response(make_attended(event), relevance=5, now=event.ends_at + timezone.timedelta(hours=3))

    parts = built("event", event.reference, partnership)["sections"]

    assert parts["answers"]["stages"][1]["words"] == "100.0 %: 1 of 1 people answered"
    assert parts["answers"]["questions"][0]["figure"]["is_withheld"] is True


def test_report_queries_do_not_grow(partnership: Partnership) -> None:
    course = make_course()
    first = make_story(course=course)
    scope = find_scope("quarter", quarter_key(first), partnership=partnership, today=timezone.localdate())
    assert scope is not None
    with CaptureQueriesContext(
        connection,
    ) as one:
        build_report(scope, partnership=partnership, now=timezone.now())
    for _ in range(2):
        make_story(course=course)

    with CaptureQueriesContext(connection) as three:
        report = build_report(scope, partnership=partnership, now=timezone.now())

    assert report["sections"]["delivery"]["ran"] == 3
    assert len(three) == len(one)
    assert len(three) <= 20


def test_page_shows_the_figures(pdl: User, client_of: ClientOf) -> None:
    event = make_story()

    page = client_of(pdl).get(f"/reports/event/{event.reference}/")

    html = page.content.decode()
    assert page.status_code == 200
    assert "8 of 10 booked people came" in html
    assert "Police &amp; Crime &lt;Unit&gt;" in html
    assert "I rang the school. 3" in html
    assert "secret" not in html
    assert "Accept and minute" in html


def test_page_of_nothing_is_a_page(pdl: User, client_of: ClientOf) -> None:
    browser = client_of(pdl)
    course = make_course()

    assert browser.get("/reports/").status_code == 200
    assert browser.get(f"/reports/course/{course.code}/").status_code == 200
    assert browser.get(f"/reports/course/{course.code}/pdf/").status_code == 200


def test_choosing_leads_to_the_report(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    code = event.version.course.code

    answer = client_of(pdl).get("/reports/", {"report": f"course:{code}", "year": ""})

    assert answer["Location"] == f"/reports/course/{code}/"


@pytest.mark.parametrize("report", ["course:", "course:nothing", ":", "x" * 5000, "quarter:2026-Q9", "event:\u202e"])
def test_choosing_nonsense_says_so(report: str, pdl: User, client_of: ClientOf) -> None:
    page = client_of(pdl).get("/reports/", {"report": report})

    assert page.status_code == 200
    assert "There is nothing to report on under that name." in page.content.decode()


NONSENSE = ["2026-Q9", "9999-Q1", "2099-Q1", "9" * 60, "%00", "%E2%80%AE2026-Q1", "-1", "٢٠٢٦-Q1", "..", "' OR 1=1 --"]


@pytest.mark.parametrize("key", NONSENSE)
@pytest.mark.parametrize("kind", ["course", "event", "provider", "quarter", "year", "person"])
def test_nonsense_is_not_found(kind: str, key: str, pdl: User, client_of: ClientOf) -> None:
    browser = client_of(pdl)

    assert browser.get(f"/reports/{kind}/{key}/").status_code in (400, 404)
    assert browser.get(f"/reports/{kind}/{key}/pdf/").status_code in (400, 404)


def test_nonsense_years_and_formats_are_not_found(pdl: User, client_of: ClientOf) -> None:
    browser, event = client_of(pdl), make_ran()
    page = f"/reports/course/{event.version.course.code}/"

    assert [browser.get(page, {"year": year}).status_code for year in ("2026-99", "x", "9" * 999)] == [404] * 3
    assert browser.get(f"{page}exe/").status_code == 404
    assert browser.get(f"/reports/event/{event.reference}/", {"year": "2026-27"}).status_code == 404


@pytest.mark.parametrize("role", [None, Role.AGENCY_LEAD, Role.TRAINER, Role.PROVIDER_MANAGER, Role.DUTY, Role.BIDDER])
def test_wrong_role_is_refused(role: Role | None, partnership: Partnership, client_of: ClientOf) -> None:
    agency = make_agency() if role == Role.AGENCY_LEAD else None
    browser, event = client_of(make_user(role=role, agency=agency)), make_ran()
    pages = ["/reports/", f"/reports/event/{event.reference}/", f"/reports/event/{event.reference}/xlsx/"]

    assert [browser.get(page).status_code for page in pages] == [403] * 3


def test_signed_out_is_sent_to_sign_in(partnership: Partnership) -> None:
    assert Client().get("/reports/")["Location"].startswith("/accounts/login/")


def test_drafts_are_not_found(pdl: User, client_of: ClientOf) -> None:
    from tests.factories_catalogue import make_event

    draft = make_event(is_published=False)

    assert client_of(pdl).get(f"/reports/event/{draft.reference}/").status_code == 404


def test_definitions_have_every_code_of_a_report(pdl: User, client_of: ClientOf) -> None:
    event = make_story()
    html = client_of(pdl).get("/reports/definitions/").content.decode()
    used = set(
        re.findall(
            r'"code": "([a-z_]+)", "label"', json.dumps(built("event", event.reference, Partnership.objects.get()))
        )
    )

    assert used - {code for code, _, _ in DEFINITIONS} == set()
    assert [code for code in used if f'id="{code}"' not in html] == []
    assert MetricDefinition.objects.count() == len(DEFINITIONS)


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
