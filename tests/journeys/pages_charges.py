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
]
CHARGE_FILES: set[str] = set()
CHARGE_ACTIONS = {"bookings:policy-end", "bookings:policy-version-take-back"}
