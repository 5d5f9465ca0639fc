"""What several journeys do in the same way."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from playwright.sync_api import Page

from tests.journeys.chromium import ROOT
from tests.journeys.site import Site

Check = Callable[[Page], None]
MAIL_SECONDS = 20


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one, by its whole name."""
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def undo_all(page: Page) -> None:
    """On a register: nobody is marked any more, and the server knows."""
    undo = page.get_by_role("button", name="Undo")
    for left in range(undo.count(), 0, -1):
        undo.first.click()
        page.wait_for_function("left => [...document.querySelectorAll('.register-tap--undo')].length < left", arg=left)
    page.get_by_text("· 0 not sent").wait_for()


def message_to(site: Site, address: str, subject: str, *, after: float) -> EmailMessage:
    """The newest message to this address whose subject begins so, waited for: all its parts."""
    stop_at = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < stop_at:
        for message in messages(site, subject, after=after):
            if address in str(message["To"]):
                return message
        time.sleep(0.2)
    raise AssertionError(f"no message “{subject}…” to {address} within {MAIL_SECONDS} seconds")


def messages(site: Site, subject: str, *, after: float) -> list[EmailMessage]:
    """Those written since whose subject begins so, the newest first."""
    paths = [path for path in (site.folder / "mail").glob("*") if path.stat().st_mtime >= after]
    paths.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    found = [
        message_from_bytes(part.lstrip(), policy=policy.default)
        for path in paths
        for part in reversed(path.read_bytes().split(b"\n" + b"-" * 79))
        if part.strip()
    ]
    return [message for message in found if str(message["Subject"]).strip().startswith(subject)]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def methods(message: EmailMessage) -> list[str]:
    """What each calendar part of the message asks a calendar to do."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [str(part.get_param("method")) for part in parts]


def link_in(text: str, path: str) -> str:
    """The first address in the text whose path begins so."""
    found = re.search(rf"https?://[^/\s]+({re.escape(path)}\S*)", text)
    assert found is not None, f"no address under {path} in:\n{text}"
    return found[1]


def type_code(page: Page, site: Site, address: str, *, after: float) -> None:
    """Fill in the code that the worker has sent to this address."""
    text = text_of(message_to(site, address, "Your code", after=after))
    found = re.search(r"^\D*(\d[\d -]{4,}\d)\s*$", text, re.MULTILINE)
    assert found is not None, f"no code in:\n{text}"
    page.fill("[name=code]", found[1])


def sign_in_by_code(page: Page, site: Site, address: str) -> None:
    """From the sign-in page, wherever it leads to afterwards."""
    began = time.time()
    page.fill("[name=login]", address)
    press(page, "E-mail me a code instead")
    type_code(page, site, address, after=began)
    press(page, "Sign in")
    page.wait_for_url(lambda url: "/accounts/" not in url)


def run_tasks(site: Site, *calls: str) -> None:
    """What the clock does every few minutes, now: dotted names of tasks, against the site's own servers."""
    code = "\n".join(f"from {name.rpartition('.')[0]} import {name.rpartition('.')[2]}" for name in calls)
    code += "".join(f"\n{name.rpartition('.')[2]}()" for name in calls)
    inside = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    command = [sys.executable, "-m", "training.demo", "run", "--dir", str(site.folder), "--", *inside]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
