"""From the register to the answers: the form by personal link on a phone, and a concern that does not wait."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.site import Site
from tests.journeys.steps import (
    MAIL_SECONDS,
    Check,
    heading,
    link_in,
    message_to,
    messages,
    press,
    run_tasks,
    sign_in_by_code,
    text_of,
)

END_FORM = "Two minutes: how was"
WORRY = "A colleague told me that she is afraid to go home."


def test_end_form_is_answered_once_and_a_concern_reaches_the_duty_people(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    began = time.time()

    # given last week's register, sent late; the clock then asks those who were there
    trainer = sign_in("trainer", PHONE)
    trainer.goto("/register/")
    trainer.locator("h2:text-is('Not sent yet') + ul").get_by_role("link").first.click()
    press(trainer, "Everyone is here")
    press(trainer, "Show feedback code and send the register")
    trainer.wait_for_url("**/send/")
    press(trainer, "Show feedback code and send the register")
    trainer.wait_for_url(lambda url: "/send" not in url)
    run_tasks(site, "evaluation.tasks.plan_asking", "evaluation.tasks.post_invitations")
    first, second = _two_links(site, began)

    # when somebody answers on a phone, without signing in
    page = open_page(PHONE)
    page.goto(first)
    assert_accessible(page)
    _agree_with_everything(page)
    press(page, "Send my answers")
    assert heading(page) == "Thank you, we have your answers"
    assert_accessible(page)

    # then the link has done its work
    page.goto(first)
    assert heading(page).startswith("This link does not open anything")
    assert_accessible(page)

    # and when another ticks that it is about somebody's safety
    page.goto(second)
    _agree_with_everything(page)
    page.locator("textarea").last.fill(WORRY)
    page.get_by_label("This is about someone’s safety").check()
    press(page, "Send my answers")
    assert heading(page) == "Thank you. Your words have gone to the duty people"
    assert_accessible(page)

    # then a duty person has a message at once, reads it, and takes it
    alarm = message_to(site, "yetunde.agbaje@police.example", "Concern", after=began)
    assert WORRY not in text_of(alarm)
    duty = open_page(WIDE)
    duty.goto(link_in(text_of(alarm), "/evaluation/concerns/"))
    sign_in_by_code(duty, site, "yetunde.agbaje@police.example")
    assert WORRY in duty.get_by_role("region", name="What was written").inner_text()
    assert "Sealed." in duty.get_by_role("region", name="Who wrote it").inner_text()
    assert_accessible(duty)
    press(duty, "Take this concern")
    assert "by Yetunde Agbaje" in duty.get_by_role("main").inner_text()
    assert_accessible(duty)
    duty.set_viewport_size(PHONE)
    assert_accessible(duty)
    duty.goto("/evaluation/concerns/")
    assert_accessible(duty)


def _two_links(site: Site, after: float) -> tuple[str, str]:
    """Of two of those who were asked."""
    stop_at = time.monotonic() + MAIL_SECONDS
    while len(asked := messages(site, END_FORM, after=after)) < 2:
        assert time.monotonic() < stop_at, "not two people were asked how it was"
        time.sleep(0.2)
    return link_in(text_of(asked[0]), "/evaluate/"), link_in(text_of(asked[1]), "/evaluate/")


def _agree_with_everything(page: Page) -> None:
    for choice in page.locator("input[type=radio][value='4']").all():
        choice.check()
