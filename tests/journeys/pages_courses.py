"""The pages about courses and what people are written to about: see `pages.py`, which takes them in."""

from tests.journeys.page import Page

COURSES = [
    Page("bookings:mail-choice", "visitor", "mail_token"),
    Page("bookings:my-mails", "practitioner"),
    Page("bookings:course-withdraw", "coordinator", "course"),
    Page("bookings:bulletins", "coordinator"),
    Page("bookings:bulletin", "coordinator", "bulletin"),
]
COURSE_ACTIONS = {"bookings:bulletin-release", "desk:course-material-audience"}
