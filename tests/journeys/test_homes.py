"""Each kind of user signs in and finds a page that is theirs, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE

ACCOUNTS = [
    "practitioner", "lead", "trainer", "coordinator", "evaluator", "moderator",
    "bidder", "provider", "expert", "pdl", "executive", "admin",
]  # fmt: skip


@pytest.mark.parametrize("account", ACCOUNTS)
def test_home_of(account: str, sign_in: Callable[..., Page], assert_accessible: Callable[[Page], None]) -> None:
    page = sign_in(account)
    page.goto("/")
    assert_accessible(page)

    page.set_viewport_size(PHONE)
    assert_accessible(page)

    for address in page.eval_on_selector_all("header a, nav a", "links => [...new Set(links.map(link => link.href))]"):
        answer = page.request.get(address)
        assert answer.status == 200, address


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_front_page(
    size: dict[str, int], open_page: Callable[..., Page], assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page(size)

    page.goto("/")

    assert_accessible(page)


def test_front_page_without_script(open_page: Callable[..., Page]) -> None:
    page = open_page(PHONE, with_script=False)

    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()

    assert page.locator("[name=login]").first.is_visible()
