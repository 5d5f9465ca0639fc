"""A real browser on the real product: signing in, looking, and never a console message or an axe violation."""

import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.journeys.chromium import ROOT, find_chromium
from tests.journeys.site import Site, running

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is well is not asked for: on a long report it is most of the answer.
RUN_AXE = """
    async tags => (await axe.run(document, {runOnly: tags, resultTypes: ["violations"]})).violations
"""
DOUBLED_IDS = """
    () => [...document.querySelectorAll("[id]")].map(one => one.id).filter((id, at, ids) => ids.indexOf(id) !== at)
"""
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
STEP_MILLISECONDS = 10_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        message = "NO JOURNEYS WERE RUN: there is no Chromium here; set CHROMIUM to one"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        warnings.warn(message, stacklevel=1)
        pytest.skip(message)
    # Its loop runs on in this worker's thread for as long as the browser does, and Django would refuse the database to
    # every other test that comes after the journeys.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(found.path), args=list(found.args), env={**os.environ, **found.env}
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Browser) -> Iterator[Site]:
    """One for the whole run: a second worker that starts it too finds the folder there, and fails."""
    folder = ROOT / "var" / "journeys" / f"site-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    folder.mkdir(parents=True)
    with running(folder) as started:
        yield started
    shutil.rmtree(folder)


Noises = list[str]


def open_quietly(
    browser: Browser, site: Site, size: dict[str, int], *, with_script: bool = True
) -> tuple[Page, Noises]:
    """A browser of somebody's own, and whatever it says that it should not: it must stay silent to the end."""
    noises: Noises = []
    context = browser.new_context(viewport=size, base_url=site.address, java_script_enabled=with_script, locale="en-GB")
    context.set_default_timeout(STEP_MILLISECONDS)
    page = context.new_page()
    page.on("console", lambda message: noises.extend(_noise(page, message)))
    page.on("request", lambda request: noises.extend(_foreign(site, request)))
    page.on("pageerror", lambda error: noises.append(f"{page.url}: {error}"))
    return page, noises


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """`open_page(size)`: a page that is closed after the test, and has kept silent."""
    opened: list[tuple[Page, Noises]] = []

    def open_one(size: dict[str, int] = WIDE, *, with_script: bool = True) -> Page:
        opened.append(open_quietly(browser, site, size, with_script=with_script))
        return opened[-1][0]

    yield open_one
    for page, _ in opened:
        page.context.close()
    assert [noise for _, noises in opened for noise in noises] == []


def _noise(page: Page, message: ConsoleMessage) -> list[str]:
    """What a page must not say; that it is itself a refusal (403, 404), which the browser remarks on, is no noise."""
    is_refusal = message.location["url"] == page.url and re.search(r"status of 40[34] ", message.text)
    return [] if is_refusal else [f"{page.url}: {message.text}"]


def _foreign(site: Site, request: Request) -> list[str]:
    """A page asks nobody but the site."""
    is_own = request.url.startswith((f"{site.address}/", "data:", "blob:"))
    return [] if is_own else [f"{request.frame.url} asks {request.url}"]


@pytest.fixture
def sign_in(open_page: Callable[..., Page], site: Site) -> Callable[..., Page]:
    """`sign_in("coordinator", PHONE)`: one of the demonstration's accounts, by password, on a page of its own."""

    def signed_in(account: str, size: dict[str, int] = WIDE) -> Page:
        page = open_page(size)
        page.goto("/accounts/login/")
        page.fill("[name=login]", f"{account}@muster.example")
        page.fill("[name=password]", site.password)
        page.locator("main form").filter(has=page.locator("[name=password]")).locator("[type=submit]").first.click()
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        return page

    return signed_in


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """No axe violation on this page as it stands, and nothing that has to be scrolled sideways."""

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        violations = [
            f"{page.url} {rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']][:3]}"
            for rule in page.evaluate(RUN_AXE, AXE_TAGS)
        ]
        if doubled := page.evaluate(DOUBLED_IDS):
            violations.append(f"{page.url}: two of one id, so a label may lead to another field: {doubled}")
        assert violations == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{page.url} scrolls sideways"
        )

    return check
