"""A date again: copied, repeated by a rule that is looked at first, and pulled when too few come."""

import datetime
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.steps import Check, heading, press
from tests.journeys.test_coordinator import tuesday

COURSE = "BSP004"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_date_is_copied_repeated_and_pulled(
    size: dict[str, int], sign_in: Callable[..., Page], assert_accessible: Check
) -> None:
    weeks = 30 if size is WIDE else 34
    page = sign_in("coordinator", size)

    # given a copy of a date in a room, open for booking
    page.goto(f"/courses/{COURSE}/")
    shown = page.locator(".finding-card").filter(has_text="Face to face").first.get_by_role("link")
    reference = str(shown.get_attribute("href")).rstrip("/").rpartition("/")[2]
    page.goto(f"/desk/dates/{reference}/")
    press(page, "Copy")
    assert_accessible(page)
    _fill(page, "First day of the copy", tuesday(weeks))
    press(page, "Make the copy")
    copy = heading(page)
    address = page.url
    press(page, "Open for booking")

    # when it is repeated on the same weekday of each month, and one of the days is left out
    press(page, "Repeat")
    _fill(page, "First copy on", tuesday(weeks + 5))
    page.get_by_label("The same weekday of the month").check()
    page.get_by_label("How many dates").fill("3")
    press(page, "See the dates")
    assert_accessible(page)
    page.locator("#proposals [type=checkbox]").nth(1).uncheck()
    press(page, "Make the ticked drafts")

    # then there are two drafts more
    assert re.search("(Two|2) drafts made", page.locator("body").inner_text())
    assert_accessible(page)

    # and the copy is pulled: its page says so to everybody
    page.goto(address)
    press(page, "Run or pull")
    assert_accessible(page)
    press(page, "Pull it")
    assert page.locator(".govuk-error-summary").is_visible()  # not without a reason
    page.locator("#pull").get_by_label(re.compile("Why")).fill("Too few can be released that week.")
    page.locator("#pull").get_by_label(re.compile("I have seen who is told")).check()
    press(page, "Pull it")
    assert "is pulled" in page.locator("body").inner_text()
    page.goto(f"/events/{address.rstrip('/').rpartition('/')[2]}/")
    assert "cancelled" in page.get_by_role("main").inner_text().lower(), copy


def _fill(page: Page, label: str, day: datetime.date) -> None:
    row = page.get_by_role("group", name=re.compile(label))
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        row.get_by_label(part, exact=True).fill(str(value))
