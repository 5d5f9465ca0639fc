"""Somebody new, on a phone: from a date that they like to a place on it, with a code instead of a password."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, message_to, press, type_code


def test_newcomer_signs_up_says_where_they_work_and_books(
    open_page: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    began = time.time()
    address = f"odette.brightwater.{int(began)}@bankside.gov.example"
    page = open_page(PHONE)

    # given a date that they want to sign up for
    page.goto("/courses/?places=1&sort=title")
    page.locator(".finding-result .finding-dates li:last-child").first.get_by_role("link").click()
    if "#dates" in page.url:
        page.locator(".finding-card").last.get_by_role("link").click()
    title = heading(page)
    press(page, "Sign up")

    # when they sign up with a name, an address and the code that comes to it
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    assert_accessible(page)
    page.get_by_label("Full name").fill("Odette Brightwater")
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send me a code")
    assert_accessible(page)
    type_code(page, site, address, after=began)
    press(page, "Go on")

    # then they are asked where they work, the organisations of their address first
    page.wait_for_url(lambda url: "/my/where-i-work/" in url)
    assert_accessible(page)
    family = page.get_by_role("group", name="Your e-mail address fits these").get_by_role("radio")
    assert family.first.get_attribute("value") != "unlisted"
    page.get_by_label("Bankside Council Public Health").check()
    press(page, "Go on")
    page.get_by_label("Your job or role there").fill("Health improvement officer")
    page.get_by_label("I have no manager").check()
    assert_accessible(page)
    press(page, "Save")

    # and they are back at the booking, which takes one tick and one button
    assert heading(page) == title
    assert_accessible(page)
    page.get_by_label("I have no manager").check()
    press(page, "Book my place")
    page.wait_for_url(lambda url: "/book/" not in url)
    assert_accessible(page)
    assert address in str(message_to(site, address, f"Booked: {title[:20]}", after=began)["To"])
    page.goto("/my/")
    assert_accessible(page)
    assert title in page.get_by_role("region", name="Your next course").inner_text()
