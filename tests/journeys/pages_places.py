"""How places are given: its part of the table of pages."""

from tests.journeys.page import Page

PLACES = [
    Page("bookings:event-history", "coordinator", "event"),
    Page("bookings:course-rules", "coordinator", "course"),
]
PLACE_ACTIONS = {"bookings:event-cap"}
