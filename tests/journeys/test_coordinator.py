"""A coordinator's desk: a date from nothing to open for booking, an order for its trainer, and files read in."""

import datetime
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.site import Site
from tests.journeys.steps import Check, heading, press
from training.web.when import LONDON

FAULTY = Path(__file__).parent / "data" / "events-with-faults.csv"
HEADINGS = "reference,course_code,mode,sessions,venue,capacity,minimum,provider,trainer"


def tuesday(weeks: int) -> datetime.date:
    """One so many weeks ahead: no bank holiday but Christmas and New Year falls on a Tuesday."""
    today = datetime.datetime.now(LONDON).date()
    day = today + datetime.timedelta(days=(1 - today.weekday()) % 7, weeks=weeks)
    return day if (day.month, day.day) not in {(12, 25), (12, 26), (1, 1)} else tuesday(weeks + 1)


def test_coordinator_adds_a_date_orders_a_trainer_and_opens_it(
    sign_in: Callable[..., Page], site: Site, assert_accessible: Check
) -> None:
    # given a date that is only a course
    page = sign_in("coordinator")
    page.goto("/desk/")
    assert_accessible(page)
    page.goto("/desk/dates/")
    assert_accessible(page)
    page.get_by_role("link", name="Add a date").click()
    page.get_by_label("Course").select_option(label="Working together to safeguard children (BSP004)")
    page.get_by_label("How it is taught").select_option(label="Face to face")
    page.get_by_label("How many the room holds").fill("18")
    page.get_by_label("Places offered").fill("16")
    assert_accessible(page)
    press(page, "Add the date")
    address = page.url
    assert "No day and time is set." in page.locator(".govuk-inset-text").inner_text()
    assert page.get_by_role("button", name="Open for booking").count() == 0
    assert_accessible(page)

    # when it gets two days and a room
    press(page, "Change")
    _fill_day(page, 1, tuesday(13))
    press(page, "Add another day")
    _fill_day(page, 2, tuesday(14))
    assert_accessible(page)
    press(page, "Save")
    assert "0 of 16 places taken" in page.get_by_role("main").inner_text()

    # and a trainer is asked, and ordered for a fee
    person = page.get_by_label("Ask a trainer").locator("option:not([value=''])").filter(has_not_text="elsewhere").first
    name = person.inner_text()
    page.get_by_label("Ask a trainer").select_option(label=name)
    press(page, "Ask")
    assert name in page.get_by_role("table", name="Trainers of").inner_text()
    assert_accessible(page)
    press(page, "Trainer order")
    assert_accessible(page)
    page.get_by_label("Contract").select_option(index=1)
    page.get_by_label("Fee in pounds").fill("640.50")
    press(page, "Order the trainer")
    assert "for £640.50" in page.get_by_role("main").inner_text()
    assert_accessible(page)

    # then it opens for booking and stands in the catalogue
    page.goto(address)
    press(page, "Open for booking")
    assert_accessible(page)
    reference = address.rstrip("/").rpartition("/")[2]
    page.goto(f"/events/{reference}/")
    assert page.get_by_role("heading", name="16 places left").is_visible()


def _fill_day(page: Page, number: int, day: datetime.date) -> None:
    row = page.get_by_role("group", name=f"Day {number}", exact=True)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        row.get_by_label(part, exact=True).fill(str(value))
    row.get_by_label("Start").fill("9:30")
    row.get_by_label("End").fill("16:30")
    row.get_by_label("Venue").select_option(label="Tooley Rooms 2")


def test_coordinator_reads_in_files(sign_in: Callable[..., Page], assert_accessible: Check) -> None:
    page = sign_in("coordinator")

    # given a file with ten wrong rows: each is named, and nothing can be confirmed
    page.goto("/desk/import/")
    assert_accessible(page)
    page.locator("[type=file]").set_input_files(FAULTY)
    press(page, "Show what it would do")
    assert_accessible(page)
    assert page.get_by_role("button", name="Read it in").count() == 0
    rows = page.get_by_role("table", name="Rows of the file").get_by_role("row").filter(has_text="Row ")
    wrong = [row for row in rows.all_inner_texts() if "expected" in row]
    assert len(wrong) == 10
    assert any("“31/02/2020”, expected a real date" in row for row in wrong)

    # when a good one is read, then the page says what it would do, and does it once it is confirmed
    row = f"J0001,BSP016,virtual,{tuesday(20):%d/%m/%Y} 09:30-12:30,,20,8,,"
    _upload(page, row)
    assert "J0001" in page.get_by_role("table", name="Rows of the file").inner_text()
    assert_accessible(page)
    press(page, "Read it in")
    assert heading(page) == "dates.csv is read in"
    assert "Dates: 1 new, 0 changed, 0 as before" in page.get_by_role("main").inner_text()
    assert_accessible(page)

    # and the same file a second time changes nothing
    _upload(page, row)
    assert "Muster holds all of this already" in page.get_by_role("main").inner_text()
    assert_accessible(page)


def _upload(page: Page, row: str) -> None:
    page.goto("/desk/import/")
    file = {"name": "dates.csv", "mimeType": "text/csv", "buffer": f"{HEADINGS}\n{row}\n".encode()}
    page.locator("[type=file]").set_input_files(file)
    press(page, "Show what it would do")
    page.wait_for_url(lambda url: not url.endswith("/import/"))
