"""A full date, somebody who waits, and the place that comes free shortly before."""

import datetime
import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, link_in, message_to, press, text_of
from training.web.when import LONDON


def test_first_waiting_takes_the_offered_place(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    began = time.time()

    # given a date of this week with one place left, which somebody books
    booker = sign_in("lead", PHONE)
    address = _date_of_this_week(booker)
    coordinator = sign_in("coordinator")
    _leave_one_place(coordinator, address, assert_accessible)
    _sign_up(booker, address, "Sign up", "Book my place")

    # and somebody else, who joins its waiting list
    waiter = sign_in("moderator", PHONE)
    waiter.goto(address)
    assert_accessible(waiter)
    _sign_up(waiter, address, "Join the waiting list", "Join the waiting list")
    assert_accessible(waiter)
    waiter.goto("/my/")
    assert "1st on the list" in waiter.get_by_role("region", name="Waiting for").inner_text()
    assert_accessible(waiter)

    # when the one who booked can't come
    booker.goto(address)
    booker.get_by_role("link", name="I can’t come").click()
    press(booker, "Cancel the place")
    assert_accessible(booker)
    press(booker, "Cancel the place")

    # then the one who waits is offered the place, and takes it without signing in: opening the link takes nothing
    message = message_to(site, "moderator@muster.example", "A place is yours until", after=began)
    link = link_in(text_of(message), "/offer/")
    assert waiter.request.get(link).ok
    reader = open_page(PHONE)
    reader.goto(link)
    assert heading(reader).startswith("A place is yours until")
    assert_accessible(reader)
    press(reader, "Take the place")
    assert heading(reader) == "You have a place"
    assert_accessible(reader)
    message_to(site, "moderator@muster.example", "Booked: ", after=began)

    # and the link has done its work
    reader.goto(link)
    assert reader.get_by_role("button", name="Take the place").count() == 0
    assert_accessible(reader)
    waiter.goto(address)
    assert waiter.get_by_role("heading", name="You have a place").is_visible()


def _date_of_this_week(page: Page) -> str:
    """The next date with places, so near that a free place is offered, not booked."""
    first, last = (datetime.datetime.now(LONDON).date() + datetime.timedelta(days=days) for days in (1, 6))
    page.goto(f"/courses/?places=1&sort=date&from={first}&to={last}")
    page.locator(".finding-result .finding-dates").first.get_by_role("link").first.click()
    return page.url


def _leave_one_place(page: Page, address: str, assert_accessible: Check) -> None:
    page.goto(address)
    left = int(page.get_by_role("heading", name="left").inner_text().split()[0])
    reference = address.rstrip("/").rpartition("/")[2]
    page.goto(f"/desk/dates/{reference}/places/")
    assert_accessible(page)
    offered = page.get_by_label("How many places are offered")
    offered.fill(str(int(offered.input_value()) - left + 1))
    page.locator("form").filter(has=offered).get_by_role("button").click()
    page.wait_for_load_state()
    page.goto(address)
    assert page.get_by_role("heading", name="1 place left").is_visible()


def _sign_up(page: Page, address: str, button: str, confirm: str) -> None:
    page.goto(address)
    press(page, button)
    page.get_by_label("I have no manager").check()
    press(page, confirm)
    page.wait_for_url(lambda url: "/book/" not in url)
