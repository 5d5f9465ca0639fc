"""Whoever may not see a page gets a refusal in our look, the sign-in page, or nothing at all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.steps import Check, heading


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_practitioner_is_refused_the_desk_in_our_look(
    size: dict[str, int], sign_in: Callable[..., Page], assert_accessible: Check
) -> None:
    page = sign_in("practitioner", size)

    answers = [page.goto(path) for path in ("/desk/dates/", "/people/", "/reports/")]

    assert [answer and answer.status for answer in answers] == [403, 403, 403]
    assert page.get_by_role("link", name="Muster").first.is_visible()
    assert_accessible(page)


def test_lead_finds_nobody_of_another_organisation(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given a page about one of the lead's own people, and the same about somebody of another organisation
    lead = sign_in("lead", PHONE)
    lead.goto("/agency/")
    assert_accessible(lead)
    own = lead.locator("a[href$='/leaving/']").first.get_attribute("href")
    coordinator = sign_in("coordinator")
    coordinator.goto("/people/?q=Shirin+Karimi")
    coordinator.get_by_role("link", name="Shirin Karimi").click()
    assert "Bankside Council Public Health" in coordinator.get_by_role("main").inner_text()
    link = coordinator.locator("a[href*='/leaving/']").first.get_attribute("href")
    _, _, person, _, agency, _ = (link or "").split("/")

    # when the lead opens them
    first = lead.goto(own or "")
    assert_accessible(lead)
    second = lead.goto(f"/agency/{agency}/{person}/leaving/")

    # then one is there, and of the other it is as if there were nobody
    assert (first and first.status, second and second.status) == (200, 404)
    assert "Karimi" not in lead.content()
    assert_accessible(lead)


def test_visitor_signs_in_first_and_lands_where_they_wanted(
    open_page: Callable[..., Page], assert_accessible: Check
) -> None:
    page = open_page(PHONE)

    for path in ("/my/", "/register/", "/desk/", "/reports/", "/agency/"):
        page.goto(path)
        assert heading(page) == "Sign in"
        assert f"next={path}" in page.url.replace("%2F", "/")

    assert_accessible(page)


def test_unknown_addresses_are_answered_in_our_look(open_page: Callable[..., Page], assert_accessible: Check) -> None:
    page = open_page(PHONE)

    for path in ("/events/E999999/", "/offer/nonsense/", "/evaluate/nonsense/", "/nothing-here/"):
        answer = page.goto(path)
        assert answer
        assert answer.status == 404
        assert_accessible(page)
