"""The report’s pages: roles, choosing, nonsense."""

import json
import re

import pytest
from django.test import Client

from evaluation.models import MetricDefinition
from evaluation.reports.definitions import DEFINITIONS
from tests.conftest import ClientOf
from tests.evaluation.making import make_ran
from tests.evaluation.report_making import built, make_story
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_course
from training.people.models import Partnership, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


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
