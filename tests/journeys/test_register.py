"""A trainer at the door, on a phone."""

import datetime
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.steps import Check, heading, press
from training.web.when import LONDON

STARTS = datetime.time(9, 30)


def test_trainer_takes_and_sends_the_register_of_today(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given the register of today's date, which opens at midnight
    page = sign_in("trainer", PHONE)
    page.goto("/register/")
    assert_accessible(page)
    page.locator("h2:text-is('Today') + ul").get_by_role("link").first.click()
    counts, rows = page.locator("#register-counts"), page.locator(".register-row")
    booked = rows.count()
    assert counts.inner_text().startswith(f"0 of {booked} here")
    _check_at_the_end(page, assert_accessible)

    # when the first is here and the second comes late
    first, second = rows.nth(0), rows.nth(1)
    first.get_by_role("button", name="Here").click()
    first.get_by_role("button", name="Undo").wait_for()
    assert counts.inner_text().startswith(f"1 of {booked} here")
    second.locator("summary").click()
    second.get_by_label("Time").fill("9:50")
    _check_at_the_end(page, assert_accessible)
    second.get_by_role("button", name="Came late").click()
    second.get_by_role("button", name="Undo").wait_for()
    assert "9:50" in second.inner_text()
    _check_at_the_end(page, assert_accessible)

    # and everyone else is here, and somebody came who had not booked
    press(page, "Everyone else is here")
    page.get_by_text(f"{booked} of {booked} here").wait_for()
    _check_at_the_end(page, assert_accessible)
    page.get_by_role("link", name="Add someone").click()
    page.get_by_label("Their full name").fill("Ignatius Walker")
    page.get_by_label("Their e-mail address").fill("ignatius.walker@home.example")
    page.get_by_label("Where they work").fill("Walworth Youth Club")
    assert_accessible(page)
    press(page, "Add and mark as here")
    page.locator(".register-row", has_text="Ignatius Walker").wait_for()
    _check_at_the_end(page, assert_accessible)

    # then it can be sent once the day has begun
    if datetime.datetime.now(LONDON).time() < STARTS:
        assert page.get_by_text("Everybody is marked.").is_visible()
        return
    press(page, "Send the register")
    assert heading(page) == "Send the register"
    assert_accessible(page)
    press(page, "Send the register")
    assert page.get_by_text("Sent ").first.is_visible()
    _check_at_the_end(page, assert_accessible)


def _check_at_the_end(page: Page, assert_accessible: Check) -> None:
    """Scrolled down, where the bar at the foot covers no row: axe takes a row half behind it for a small target."""
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert_accessible(page)
