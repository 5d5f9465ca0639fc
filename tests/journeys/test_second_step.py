"""Signing in with a second step: an app set up, its code, a recovery code, and away with it again."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, press, type_code

# A coordinator whom no other journey signs in as.
ADDRESS = "gary.hassan@bankside.gov.example"
STEP_SECONDS = 30


def test_coordinator_signs_in_with_an_app_and_without_their_phone(
    open_page: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    # given a coordinator who sets up an app, with the key that the page shows
    page = open_page(WIDE)
    _sign_in(page, site)
    page.goto("/accounts/2fa/")
    assert_accessible(page)
    press(page, "Set it up")
    assert_accessible(page)
    page.get_by_text("I cannot scan it").click()
    key = page.get_by_role("group").get_by_role("strong").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_of(key, -1))
    press(page, "Set it up")
    assert heading(page) == "Your recovery codes"
    recovery = page.get_by_role("main").get_by_role("listitem").first.inner_text().strip()
    assert_accessible(page)
    _sign_out(page)

    # when they sign in again, they are asked for its code, and a wrong one does not do
    _sign_in(page, site)
    assert heading(page) == "Second step"
    assert_accessible(page)
    page.get_by_label("Code").fill("000000")
    press(page, "Sign in")
    assert "That code is not right." in page.get_by_role("alert").inner_text()
    assert_accessible(page)
    page.get_by_label("Code").fill(code_of(key))
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert page.goto("/desk/").status == 200  # type: ignore[union-attr]

    # and on another phone, without the app, a recovery code lets them in, once
    other = open_page(PHONE)
    _sign_in(other, site)
    assert_accessible(other)
    other.get_by_label("Code").fill(recovery)
    press(other, "Sign in")
    other.wait_for_url(lambda url: "/accounts/" not in url)
    other.goto("/accounts/2fa/")
    assert "9 recovery codes left" in other.get_by_role("main").inner_text()
    assert_accessible(other)


def _sign_in(page: Page, site: Site) -> None:
    """The first step, by a code that comes by e-mail."""
    began = time.time()
    page.goto("/accounts/login/")
    page.fill("[name=login]", ADDRESS)
    press(page, "E-mail me a code instead")
    type_code(page, site, ADDRESS, after=began)
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/login/code" not in url)


def _sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/logout" not in url)


def code_of(key: str, steps: int = 0) -> str:
    """What an app shows (RFC 6238: SHA-1, 6 digits), so many half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // STEP_SECONDS + steps)
    digest = hmac.new(base64.b32decode(key + "=" * (-len(key) % 8)), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
