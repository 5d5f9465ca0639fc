"""The same without JavaScript, from the front page to the place and out of it."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.steps import heading, message_to, press, sign_in_by_code

ADDRESS = "executive@muster.example"


def test_booking_a_place_without_script(open_page: Callable[..., Page], site: Site) -> None:
    began = time.time()
    page = open_page(PHONE, with_script=False)

    # given a date with places, found by search and filters
    page.goto("/")
    page.fill("main [type=search]", "neglect")
    press(page, "Search")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("With places left").check()
    press(page, "Show these")
    page.locator(".finding-result").first.get_by_role("heading").get_by_role("link").click()
    page.locator(".finding-card").last.get_by_role("link").click()
    title, address = heading(page), page.url

    # when they sign in with a code and press book with something missing
    press(page, "Sign up")
    sign_in_by_code(page, site, ADDRESS)
    press(page, "Book my place")
    assert "There is a problem" in page.get_by_role("alert").inner_text()
    page.get_by_label("I have no manager").check()
    press(page, "Book my place")

    # then they have the place
    page.goto("/my/")
    assert title in page.get_by_role("region", name="Your next course").inner_text()
    message_to(site, ADDRESS, f"Booked: {title[:20]}", after=began)

    # and can give it back
    page.goto(address)
    page.get_by_role("link", name="I can’t come").click()
    press(page, "Cancel the place")
    press(page, "Cancel the place")
    message_to(site, ADDRESS, f"Cancelled: {title[:20]}", after=began)
