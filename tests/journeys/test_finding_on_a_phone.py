"""A course found three ways on a phone: by a word that is misspelt, by filters, by the month."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.steps import Check, heading, press


def test_course_is_found_three_ways_on_a_phone(open_page: Callable[..., Page], assert_accessible: Check) -> None:
    # given somebody without an account, on a phone
    page = open_page(PHONE)
    page.goto("/courses/")

    # when they search with a slip of the thumb
    page.get_by_label("What do you want to learn about?").fill("neglct")
    press(page, "Search")

    # then the page says what it took it for, and the course is there
    page.get_by_text("Showing results for neglect").wait_for()
    assert_accessible(page)
    course = page.get_by_role("link", name="Neglect: recognition and the graded care profile", exact=True)
    course.click()
    assert heading(page) == "Neglect: recognition and the graded care profile"

    # and with filters alone, the same course
    page.goto("/courses/")
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Face to face").check()
    page.wait_for_url("**mode=face_to_face**")
    page.get_by_role("group", name="Priorities").get_by_role("checkbox", name="Neglect").check()
    page.wait_for_url("**priority=neglect**")
    course.wait_for()
    assert_accessible(page)

    # and in the month, where days with dates are headings one after the other
    page.get_by_role("link", name="Month", exact=True).click()
    page.wait_for_url("**view=month**")
    page.get_by_role("heading", level=3).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert_accessible(page)
    page.locator(".finding-day").get_by_role(
        "link", name="Neglect: recognition and the graded care profile"
    ).first.click()
    assert heading(page) == "Neglect: recognition and the graded care profile"
