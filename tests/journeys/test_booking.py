"""A practitioner, on a phone: finds a course, books, and gets out of it again."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, message_to, methods, press, sign_in_by_code, text_of


def test_practitioner_books_with_a_code_and_cancels(
    open_page: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    began = time.time()
    page = open_page(PHONE)

    # given a course that is found although its subject is misspelt
    page.goto("/")
    page.fill("main [type=search]", "saftey")
    press(page, "Search")
    assert "safety" in page.get_by_role("status").inner_text()
    assert_accessible(page)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("With places left").check()
    press(page, "Show these")
    page.locator(".finding-result").first.get_by_role("heading").get_by_role("link").click()
    assert_accessible(page)
    page.locator(".finding-card").last.get_by_role("link").click()
    title, address = heading(page), page.url
    assert_accessible(page)

    # when they sign up for its last date, sign in with a code from the mail, and book
    press(page, "Sign up")
    assert_accessible(page)
    sign_in_by_code(page, site, "expert@muster.example")
    assert heading(page) == title
    assert_accessible(page)
    press(page, "Book my place")
    assert_accessible(page)
    page.get_by_label("I have no manager").check()
    press(page, "Book my place")

    # then the booking stands under their own page, and a confirmation with a calendar entry comes
    page.goto("/my/")
    assert title in page.get_by_role("region", name="Your next course").inner_text()
    assert_accessible(page)
    message = message_to(site, "expert@muster.example", f"Booked: {title[:20]}", after=began)
    assert "/my/bookings/" in text_of(message)
    assert methods(message) == ["REQUEST"]

    # and when they can't come, it is cancelled with a word, and the date has a place again
    page.goto(address)
    page.get_by_role("link", name="I can’t come").click()
    assert_accessible(page)
    press(page, "Cancel the place")
    page.get_by_label("Why can’t you come?").fill("Court")
    assert_accessible(page)
    press(page, "Cancel the place")
    assert_accessible(page)
    assert methods(message_to(site, "expert@muster.example", "Cancelled", after=began)) == ["CANCEL"]
    page.goto(address)
    assert page.get_by_role("button", name="Sign up").is_visible()


def test_another_date_and_then_a_colleague(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    began = time.time()

    # given a place on a course that has several dates, found by what people call it
    page = sign_in("evaluator", PHONE)
    page.goto("/courses/?q=DV&places=1")
    several = page.locator(".finding-result").filter(has=page.locator(".finding-dates li:nth-child(2)"))
    several.first.get_by_role("heading").get_by_role("link").click()
    title = heading(page)
    page.locator(".finding-card").last.get_by_role("link").click()
    press(page, "Sign up")
    page.get_by_label("I have no manager").check()
    press(page, "Book my place")
    message_to(site, "evaluator@muster.example", f"Booked: {title[:20]}", after=began)

    # when they choose another date
    page.goto("/my/")
    page.get_by_role("link", name=title).or_(page.get_by_role("button", name="See your booking")).first.click()
    press(page, "I can’t come")
    press(page, "Choose another date")
    assert_accessible(page)
    page.get_by_role("radio").last.check()
    press(page, "Move to this date")

    # then they hold that one, and are told with a new calendar entry
    assert_accessible(page)
    assert methods(message_to(site, "evaluator@muster.example", "Moved to: ", after=began)) == ["REQUEST"]

    # and when a colleague goes instead, it is the colleague who is told to come
    press(page, "I can’t come")
    press(page, "Send a colleague")
    page.get_by_label("Your colleague’s full name").fill("Wilhelmina Tran")
    page.get_by_label("Their e-mail address").fill("wilhelmina.tran@bankside.gov.example")
    assert_accessible(page)
    press(page, "Give them the place")
    assert_accessible(page)
    message = message_to(site, "wilhelmina.tran@bankside.gov.example", "", after=began)
    assert title[:20] in str(message["Subject"])
