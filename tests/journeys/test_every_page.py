"""Every page of the site, opened by whom it is for, on a desk and on a phone: see `pages.py` for the table."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.journeys.chromium import ROOT
from tests.journeys.conftest import PHONE, WIDE, Noises, open_quietly
from tests.journeys.page import Page as Row
from tests.journeys.pages import PAGES
from tests.journeys.site import Site
from tests.journeys.steps import Check

# So many that a test lasts less than ten seconds.
TOGETHER = 6
FIND = "from tests.journeys.arguments import print_arguments; print_arguments()"


def chunks() -> Iterator[Any]:
    for account in dict.fromkeys(row.account for row in PAGES):
        rows = [row for row in PAGES if row.account == account]
        for start in range(0, len(rows), TOGETHER):
            yield pytest.param(account, rows[start : start + TOGETHER], id=f"{account}-{start // TOGETHER + 1}")


@pytest.fixture(scope="session")
def found(site: Site) -> dict[str, Any]:
    """Sessions and arguments, asked for once, of the site's own database."""
    inside = [sys.executable, "manage.py", "shell", "--no-imports", "-c", FIND]
    command = [sys.executable, "-m", "training.demo", "run", "--dir", str(site.folder), "--", *inside]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@pytest.fixture(scope="session")
def page_of(browser: Browser, site: Site, found: dict[str, Any]) -> Iterator[Callable[[str], tuple[Page, Noises]]]:
    """One page for each account, used for all its addresses."""
    opened: dict[str, tuple[Page, Noises]] = {}

    def of(account: str) -> tuple[Page, Noises]:
        if account not in opened:
            opened[account] = open_quietly(browser, site, WIDE)
            page, _ = opened[account]
            if session := found["sessions"].get(account):
                page.context.add_cookies([{"name": found["cookie"], "value": session, "url": site.address}])
        return opened[account]

    yield of
    for page, _ in opened.values():
        page.context.close()


@pytest.mark.parametrize(("account", "rows"), list(chunks()))
def test_pages_of(
    account: str,
    rows: list[Row],
    found: dict[str, Any],
    page_of: Callable[[str], tuple[Page, Noises]],
    assert_accessible: Check,
) -> None:
    page, noises = page_of(account)
    wrong = []

    for row in rows:
        try:
            open_row(page, row, found["arguments"], assert_accessible)
        except AssertionError as error:
            wrong.append(str(error))

    assert wrong + noises == []


def open_row(page: Page, row: Row, arguments: dict[str, str], assert_accessible: Check) -> None:
    address = reverse(row.name, args=[arguments[name] for name in row.arguments.split()])
    address += row.query.format(**arguments)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, page.url.partition("?")[0].endswith(address.partition("?")[0])) == (200, True), page.url
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert_accessible(page)
