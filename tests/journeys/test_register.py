"""A trainer at the door, on a phone."""

import datetime
import json
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import PHONE
from tests.journeys.steps import Check, heading, press, undo_all
from training.web.when import LONDON

STARTS = datetime.time(9, 30)


def test_trainer_takes_the_register_without_a_signal(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given a register opened with a signal, which the phone then keeps
    page = sign_in("trainer", PHONE)
    page.goto("/register/")
    page.locator("h2:text-is('Today') + ul").get_by_role("link").last.click()
    page.get_by_text("Kept on this phone: it opens").wait_for()
    address, phone = page.url, page.context
    rows = page.locator(".register-row")
    names = [rows.nth(number).locator(".register-row__name").inner_text() for number in range(rows.count())]

    # when there is none, it opens all the same and takes marks
    phone.set_offline(True)
    page.reload()
    _tap(page, names[0], "Undo" if _is_marked(page, names[0]) else "Here")
    page.get_by_text("1 not sent", exact=False).first.wait_for()
    page.get_by_role("link", name="Add someone").click()
    page.get_by_label("Their full name").fill("Olive Offline")
    press(page, "Add and mark as here")
    _row(page, "Olive Offline").get_by_text("not sent yet").wait_for()
    _check_at_the_end(page, assert_accessible)
    page.get_by_role("link", name="Roll call").click()
    page.locator("li", has_text="Olive Offline").wait_for()
    assert_accessible(page)

    # and shows the feedback code, whose page the phone has kept
    page.goto(address)
    page.get_by_role("link", name="Show the feedback code").click()
    page.get_by_role("img", name="QR code").wait_for()

    # and loses nothing when the browser was closed
    page.close()
    page = phone.new_page()
    page.goto(address)
    page.get_by_text("· 2 not sent").wait_for()

    # then all of it arrives once
    phone.set_offline(False)
    page.get_by_text("· 0 not sent").wait_for()
    page.reload()
    _row(page, "Olive Offline").wait_for()
    assert page.locator(".register-row").count() == len(names) + 1

    # and is taken back, for whoever comes next
    undo_all(page)

    # and nothing is left on the phone after signing out
    press(page, "Sign out")
    page.get_by_role("link", name="Sign in").first.wait_for()
    assert page.evaluate("caches.keys()") == []


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
    press(page, "Show feedback code and send the register")
    page.wait_for_url("**/send/")
    assert heading(page) == "Send the register"
    assert_accessible(page)
    press(page, "Show feedback code and send the register")
    page.get_by_role("img", name="QR code").wait_for()
    press(page, "Back to the register")
    assert page.get_by_text("Sent ").first.is_visible()
    _check_at_the_end(page, assert_accessible)


def _row(page: Page, name: str) -> Locator:
    return page.locator(".register-row", has=page.locator(f".register-row__name:text-is({json.dumps(name)})"))


def _is_marked(page: Page, name: str) -> bool:
    return _row(page, name).get_by_role("button", name="Undo").count() > 0


def _tap(page: Page, name: str, button: str) -> None:
    _row(page, name).get_by_role("button", name=button).click()


def _check_at_the_end(page: Page, assert_accessible: Check) -> None:
    """Scrolled down, where the bar at the foot covers no row: axe takes a row half behind it for a small target."""
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    assert_accessible(page)
