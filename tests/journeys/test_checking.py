"""The journeys' own check can fail: a page that nobody could use is refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import Check


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("main.innerHTML = '<h1>Photo</h1><img src=\"data:,\">'", "image-alt"),
        ("main.style.width = '2000px'", "scrolls sideways"),
        ('main.innerHTML = \'<h1 id="a">Twice</h1><p id="a">Twice</p>\'', "two of one id"),
        ("main.style.color = '#eee'", "color-contrast"),
    ],
)
def test_unusable_page_is_refused(
    wrong: str, named: str, open_page: Callable[..., Page], assert_accessible: Check
) -> None:
    page = open_page()
    page.goto("/healthz")
    page.set_content("<html lang='en'><head><title>Wrong</title></head><body><main><h1>Wrong</h1></main></body></html>")
    page.evaluate(f"const main = document.querySelector('main'); {wrong}")

    with pytest.raises(AssertionError, match=named):
        assert_accessible(page)
