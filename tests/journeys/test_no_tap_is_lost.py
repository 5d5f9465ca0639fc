"""A trainer at the door when something goes wrong: nothing that was tapped is lost, and no row is behind a bar."""

import json
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.steps import Check, press, undo_all

BEHIND_A_BAR = """() => {
  const edge = (name, side) => document.querySelector(name).getBoundingClientRect()[side];
  const isBehind = ({ top, bottom }) =>
    top < edge(".register-head", "bottom") - 1 || bottom > edge(".register-bar", "top") + 1;
  const targets = [...document.querySelectorAll(".register-tap, .register-more > summary")];
  const found = [];
  for (const target of [...targets, ...targets.toReversed()]) {
    target.focus();
    if (isBehind(target.getBoundingClientRect())) found.push(target.textContent);
  }
  for (const row of document.querySelectorAll(".register-row")) {
    for (const block of ["start", "end", "nearest"]) {
      row.scrollIntoView({ block });
      if (isBehind(row.querySelector(".register-tap").getBoundingClientRect())) found.push(`${block} ${row.id}`);
    }
  }
  return found;
}"""


def test_nothing_tapped_is_lost(sign_in: Callable[..., Page], site: Site, assert_accessible: Check) -> None:
    # given a register on a phone, where no row that is gone to stops behind a bar
    page = sign_in("trainer", PHONE)
    page.goto("/register/")
    page.locator("h2:text-is('Today') + ul").get_by_role("link").last.click()
    page.get_by_text("Kept on this phone: it opens").wait_for()
    address, phone = page.url, page.context
    first, second = (_row(page, name) for name in _two_unmarked(page))
    assert page.evaluate(BEHIND_A_BAR) == []

    # when a time that nobody can read is tapped without a signal, it is refused in words once there is one
    phone.set_offline(True)
    _came_late(first, "about ten")
    page.get_by_text("1 not sent").first.wait_for()
    phone.set_offline(False)
    refused = page.locator("#register-refused li")
    refused.wait_for()
    assert "Came late" in refused.inner_text()
    assert_accessible(page)

    # and marking again puts it right
    _came_late(first, "9:50")
    page.get_by_text("· 0 not sent").wait_for()
    assert (refused.count(), "9:50" in first.inner_text()) == (0, True)

    # when the session has ended, the tap stays, and nobody else who signs in sends it
    phone.clear_cookies(name="sessionid")
    second.get_by_role("button", name="Here").click()
    page.get_by_text("You are signed out. What you tapped is kept on this phone").wait_for()
    assert page.evaluate(BEHIND_A_BAR) == []
    _sign_in(page, site, "coordinator", address)
    page.get_by_text("· 0 not sent").wait_for()
    assert second.get_by_role("button", name="Here").is_visible()
    press(page, "Sign out")
    page.get_by_role("link", name="Sign in").first.wait_for()

    # then it goes as the trainer's who tapped it
    _sign_in(page, site, "trainer", address)
    second.get_by_role("button", name="Undo").wait_for()
    page.get_by_text("· 0 not sent").wait_for()
    page.reload()
    second.get_by_role("button", name="Undo").wait_for()
    undo_all(page)


def _two_unmarked(page: Page) -> list[str]:
    names = page.locator("#register-missing .register-row__name")
    return [names.nth(number).inner_text() for number in range(2)]


def _row(page: Page, name: str) -> Locator:
    return page.locator(".register-row", has=page.locator(f".register-row__name:text-is({json.dumps(name)})"))


def _came_late(row: Locator, time: str) -> None:
    row.locator("summary").click()
    row.get_by_label("Time").fill(time)
    row.get_by_role("button", name="Came late").click()


def _sign_in(page: Page, site: Site, account: str, address: str) -> None:
    page.goto(f"/accounts/login/?next={address.removeprefix(site.address)}")
    page.fill("[name=login]", f"{account}@muster.example")
    page.fill("[name=password]", site.password)
    page.locator("main form").filter(has=page.locator("[name=password]")).locator("[type=submit]").first.click()
    page.wait_for_url(address)
