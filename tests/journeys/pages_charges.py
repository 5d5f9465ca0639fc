"""The booking rules and what not coming costs: their part of the table of pages."""

from tests.journeys.page import Page

CHARGES = [
    Page("bookings:policies", "coordinator"),
    Page("bookings:policy-add", "coordinator"),
    Page("bookings:policy", "coordinator", "policy"),
    Page("bookings:policy-version", "coordinator", "policy policy_number"),
    Page("bookings:policy-version-add", "coordinator", "policy"),
    Page("bookings:policy-compare", "coordinator", "policy policy_number policy_number"),
    Page("bookings:date-rules", "coordinator", "event"),
    Page("bookings:charges", "coordinator", query="?show=all"),
    Page("bookings:charge-batches", "coordinator"),
    Page("bookings:absence", "coordinator"),
    Page("bookings:fees", "coordinator"),
    Page("bookings:fee", "coordinator", "own_booking"),
    Page("bookings:agency-account", "coordinator", "agency"),
]
CHARGE_FILES = {"bookings:charge-batch-file", "bookings:statement-file"}
CHARGE_ACTIONS = {
    "bookings:policy-end", "bookings:policy-version-take-back", "bookings:charge-answer", "bookings:charge-order",
    "bookings:agency-charge-dispute",
}  # fmt: skip
_PAGES_TEST = "without a browser so far: tests/bookings/test_charge_pages.py"
CHARGE_ON_THE_WAY = dict.fromkeys(
    ("bookings:charge", "bookings:charge-batch", "bookings:statement", "bookings:missed", "bookings:agency-charge"),
    _PAGES_TEST,
)
