"""Before training is bought: a programme is planned, recommended, agreed with its minutes, and then amended."""

import datetime
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.steps import Check, heading, press
from training.web.when import LONDON

TITLE = "Training programme of one year"
NEGLECT = "Neglect"
REASON = "Schools ask for one more date before the summer."


def test_programme_is_planned_recommended_and_agreed(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given a draft with a course, a priority and a budget
    page = sign_in("coordinator")
    address = _draft(page, assert_accessible)
    _plan_a_course(page, assert_accessible)
    press(page, "Choose priorities")
    page.get_by_label(NEGLECT).check()
    assert_accessible(page)
    press(page, "Save")
    assert f"Priorities: {NEGLECT}" in page.get_by_role("main").inner_text()
    assert_accessible(page)

    # when the coordinator puts it to the subgroup, a member finds it on the agenda and writes down what was decided
    press(page, "Put to the PDL subgroup")
    member = sign_in("pdl", PHONE)
    agenda = _next_meeting(member, "Practice Development and Learning")
    assert_accessible(member)
    member.get_by_role("link", name=TITLE).click()
    press(member, "Recommend and minute")
    member.get_by_label("Number in the minutes").fill("item 6")
    assert_accessible(member)
    press(member, "Accept and minute")
    assert "item 6" in member.get_by_role("main").inner_text()
    assert_accessible(member)
    _is_off(member, agenda, TITLE)

    # and the Executive agrees it, likewise
    executive = sign_in("executive", WIDE)
    agenda = _next_meeting(executive, "Safeguarding Executive")
    executive.get_by_role("link", name=TITLE).click()
    press(executive, "Decide and minute")
    executive.get_by_label("Agreed", exact=True).check()
    executive.get_by_label("In the words of the minutes").fill("Agreed for one year.")
    executive.get_by_label("Number in the minutes").fill("item 2")
    assert_accessible(executive)
    press(executive, "Accept and minute")
    _is_off(executive, agenda, TITLE)

    # then the plan stands, with both minutes, and changes by amendment alone
    page.goto(address)
    words = page.get_by_role("main").inner_text()
    assert "Agreed by the Executive" in words
    assert "Agreed for one year. (item 2)" in words
    assert page.get_by_role("button", name="Plan a course").count() == 0
    assert page.get_by_role("button", name="Propose an amendment").is_visible()
    assert_accessible(page)


def test_amendment_is_proposed_and_agreed(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    # given a change of the programme that runs
    page = sign_in("coordinator", WIDE)
    page.goto("/programme/")
    assert_accessible(page)
    page.get_by_role("link", name="See the plan").click()
    press(page, "Propose an amendment")
    assert_accessible(page)
    page.get_by_label("Course").select_option(index=1)
    press(page, "Continue")
    number = page.locator("input.govuk-input--width-3").first
    number.fill(str(int(number.input_value() or "0") + 1))
    page.get_by_label("Why the programme is to change").fill(REASON)
    assert_accessible(page)
    press(page, "Propose it")
    name, address = heading(page), page.url
    assert "Waits for a decision" in page.get_by_role("main").inner_text()

    # when the subgroup agrees it, from its agenda
    member = sign_in("pdl", PHONE)
    agenda = _next_meeting(member, "Practice Development and Learning")
    point = member.get_by_role("listitem").filter(has_text=REASON)
    point.get_by_role("link").click()
    assert heading(member) == name
    member.get_by_label("Agreed", exact=True).check()
    member.get_by_label("In the words of the minutes").fill("One date more, from the reserve.")
    member.get_by_label("Number in the minutes").fill("item 8")
    assert_accessible(member)
    press(member, "Accept and minute")
    _is_off(member, agenda, REASON)

    # then the page of the amendment says so, with the minute
    page.goto(address)
    assert "One date more, from the reserve. (item 8)" in page.get_by_role("main").inner_text()
    assert page.get_by_role("button", name="Take it back").count() == 0
    assert_accessible(page)


def _draft(page: Page, assert_accessible: Check) -> str:
    """Of a year so far ahead that no other programme is in the way."""
    page.goto("/programme/")
    press(page, "Plan a programme")
    assert_accessible(page)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Year in which it begins").fill(str(datetime.datetime.now(LONDON).year + 8))
    page.get_by_label("For how many years").fill("1")
    page.get_by_label("Budget in pounds").fill("20000")
    press(page, "Make the draft")
    assert heading(page) == TITLE
    assert "No date is planned." in page.locator(".govuk-inset-text").inner_text()
    assert_accessible(page)
    return page.url


def _plan_a_course(page: Page, assert_accessible: Check) -> None:
    press(page, "Plan a course")
    page.get_by_label("Course").select_option(index=2)
    press(page, "Continue")
    page.locator("input.govuk-input--width-3").first.fill("2")
    page.get_by_label("What one date costs in pounds").fill("480")
    assert_accessible(page)
    press(page, "Save")
    assert "£960" in page.get_by_role("main").inner_text()


def _next_meeting(page: Page, group: str) -> str:
    """Open the page of this group's next meeting."""
    page.goto("/meetings/")
    page.locator(".muster-card").filter(has_text=group).get_by_role("link").click()
    assert "What the meeting is asked to decide" in page.get_by_role("main").inner_text()
    return page.url


def _is_off(page: Page, agenda: str, point: str) -> None:
    page.goto(agenda)
    assert page.get_by_role("main").get_by_role("listitem").filter(has_text=point).count() == 0
