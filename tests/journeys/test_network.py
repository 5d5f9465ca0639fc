"""The browser of the journeys reaches nothing but the site."""

import pytest
from playwright.sync_api import Browser, Error
from playwright.sync_api import TimeoutError as TooSlowError

from tests.journeys.site import Site


@pytest.mark.parametrize("address", ["http://192.0.2.1/", "https://elsewhere.example/"])
def test_another_machine_is_out_of_reach(browser: Browser, site: Site, address: str) -> None:
    page = browser.new_page()

    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED") as caught:
        page.goto(address, timeout=5_000)

    page.close()
    assert not isinstance(caught.value, TooSlowError)
