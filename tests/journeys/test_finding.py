"""Choosing among the filters faster than the server answers."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route

from tests.journeys.conftest import WIDE
from tests.journeys.steps import Check


def test_filters_ticked_faster_than_they_are_answered(open_page: Callable[..., Page], assert_accessible: Check) -> None:
    # given a server that has not answered the first tick yet
    page, held = open_page(WIDE), list[Route]()
    page.goto("/courses/?q=neglect")
    page.route("**/courses/?*mode=*", lambda route: held.append(route))
    with page.expect_request("**/courses/?*mode=*"):
        _box(page, "Face to face").check()

    # when somebody ticks another, the first gives way without a word (`open_page` sees to that)
    with page.expect_request("**/courses/?*mode=*mode=*"):
        _box(page, "Live online").check()
    held[-1].continue_()

    # then both are in force
    page.wait_for_url("**/courses/?*mode=*mode=*")
    assert _box(page, "Face to face").is_checked()
    assert _box(page, "Live online").is_checked()
    assert_accessible(page)

    # and whoever leaves in the middle of it leaves quietly too
    with page.expect_request("**/courses/?*mode=*"):
        _box(page, "Live online").uncheck()
    page.get_by_role("link", name="Muster").first.click()
    page.wait_for_url(lambda url: "/courses/" not in url)
    assert_accessible(page)


def _box(page: Page, name: str) -> Locator:
    """With its number behind the name, which changes."""
    return page.get_by_role("group", name="How").get_by_role("checkbox", name=name)
