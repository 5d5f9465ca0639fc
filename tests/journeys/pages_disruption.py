"""Dates that cannot run as planned, suspensions and what follows from them: pages as `pages.py` lists them."""

from tests.journeys.page import Page

DISRUPTION = (
    Page("bookings:date-changed", "visitor", "changed"),
    Page("bookings:date-changed-move", "visitor", "changed"),
    Page("bookings:date-changed-leave", "visitor", "changed"),
    Page("bookings:teaching-cant-come", "trainer", "taught"),
    Page("bookings:suspension-new", "coordinator"),
    Page("bookings:suspension", "coordinator", "suspension"),
    Page("bookings:suspension-convert", "coordinator", "suspension"),
    Page("bookings:suspension-lift", "coordinator", "suspension"),
    Page("bookings:date-rescue", "coordinator", "event"),
    Page("bookings:date-decide", "coordinator", "event"),
    Page("bookings:event-cancel", "coordinator", "event"),
    Page("bookings:event-cut", "coordinator", "event", "?room_limit=24&places_offered=1"),
    Page("providers:contract-rates", "coordinator", "contract"),
    Page("bookings:disruption", "pdl"),
)
DISRUPTION_FILES = {"bookings:disruption-file", "bookings:concerned-file"}
