"""Suspend, move online, lift: some weeks far ahead, so that no other journey's dates are stopped."""

import datetime
import time
from collections.abc import Callable
from email.message import EmailMessage

from playwright.sync_api import Page

from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, link_in, messages, press, text_of
from training.web.when import LONDON

FROM, TO = 112, 150  # days ahead: trainers of these are not ordered yet


def test_a_coordinator_suspends_moves_online_and_lifts(
    sign_in: Callable[..., Page], open_page: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    # given what happened in 2020
    page, began = sign_in("coordinator"), time.time()
    page.goto("/disruption/")
    assert "Nothing is suspended." in page.get_by_role("main").inner_text()
    assert "Face to face from 16 March 2020" in page.get_by_role("table").inner_text()

    # when the rooms of some weeks are suspended, whom it concerns is shown first
    page.get_by_role("button", name="Suspend a way of teaching").click()
    _fill_day(page, "From which day?", FROM)
    _fill_day(page, "Last day", TO)
    page.get_by_label("Why is it suspended?").fill("The town hall is flooded.")
    assert_accessible(page)
    press(page, "See whom it concerns")
    assert heading(page).startswith("Suspend ")
    assert_accessible(page)
    press(page, "Suspend them")
    suspension = page.url
    assert "In force" in page.get_by_role("main").inner_text()

    # and the first of its dates is moved online
    page.get_by_role("button", name="Move dates online").click()
    first = page.get_by_role("group", name="Which dates?").get_by_role("checkbox").first
    first.check()
    assert_accessible(page)
    press(page, "Go on")
    assert heading(page) == "Move 1 date live online?"
    assert_accessible(page)
    press(page, "Move them online")

    # then the rest is let go on
    page.get_by_role("button", name="Lift it").click()
    press(page, "See which dates come back")
    assert_accessible(page)
    press(page, "Lift it")
    assert page.url == suspension
    said = page.get_by_role("main").inner_text()
    assert ("1 moved online" in said, "let go on" in said, "still suspended" in said) == (True, True, False)

    # and somebody on the first keeps the place by a link of their own
    link = link_in(text_of(_message(site, "Now live online", began)), "/changed/")
    theirs = open_page()
    theirs.goto(link)
    assert_accessible(theirs)
    theirs.get_by_role("button", name="I ").first.click()
    assert heading(theirs) == "Thank you. Your place is kept"


def _fill_day(page: Page, label: str, days: int) -> None:
    day = datetime.datetime.now(LONDON).date() + datetime.timedelta(days=days)
    boxes = page.get_by_role("group", name=label)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name).fill(str(value))


def _message(site: Site, subject: str, after: float) -> EmailMessage:
    stop_at = time.monotonic() + 20
    while time.monotonic() < stop_at:
        if found := messages(site, subject, after=after):
            return found[0]
        time.sleep(0.2)
    raise AssertionError(f"no message “{subject}…”")
