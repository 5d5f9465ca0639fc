"""From what somebody wrote two months on to evidence that counts: screened, written up, graded by a second person."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.steps import Check, heading, press

CLAIM = "Asks the school for its view before each visit; the course contributed to it."
# Among those that wait to be read, every third is of this kind.
MOST_READ = 25


def test_answer_is_screened_and_becomes_evidence(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given an answer of two months on, which the coordinator reads first and clears
    page = sign_in("coordinator", WIDE)
    page.goto("/evaluation/screening/")
    assert_accessible(page)
    press(page, "Read the next one")
    address = _read_until_two_months_on(page)
    assert_accessible(page)
    _clear(page)
    page.goto(address)
    assert_accessible(page)

    # when they write it up
    page.get_by_role("link", name="Make this evidence").click()
    assert_accessible(page)
    page.get_by_label("What people do now that they did not do before").fill(CLAIM)
    page.get_by_label("Priority").select_option(label="Neglect")
    page.get_by_label("After: what was found, or what happened").fill("Two visits changed because of what it said.")
    page.get_by_label("What else changed in that time").fill("Nothing known")
    page.get_by_label("What contradicts it").fill("None found")
    press(page, "Keep as a draft")
    assert heading(page) == CLAIM
    assert_accessible(page)

    # and a second person grades it
    grader = sign_in("pdl", PHONE)
    grader.goto("/evaluation/evidence/?state=draft")
    assert_accessible(grader)
    grader.get_by_role("link", name=CLAIM).click()
    assert_accessible(grader)
    press(grader, "Approve as grade C")
    words = grader.get_by_role("main").inner_text()
    assert "Julie Fenwick" in words
    assert_accessible(grader)

    # then it stands among what counts
    grader.goto("/evaluation/evidence/?state=in-date")
    assert grader.get_by_role("link", name=CLAIM).is_visible()
    page.goto("/evaluation/")
    assert_accessible(page)


def _read_until_two_months_on(page: Page) -> str:
    """Clear what is of another kind on the way, as a screener does."""
    for _ in range(MOST_READ):
        if page.locator(".govuk-caption-l").inner_text().startswith("Two months on"):
            return page.url
        _clear(page)
    raise AssertionError(f"none of {MOST_READ} answers was of two months on")


def _clear(page: Page) -> None:
    page.get_by_label("Read in reports", exact=True).check()
    page.get_by_role("region", name="Clear it").get_by_role("button").click()
