"""Included at the root before the catalogue: who is booked is known here, so a date’s public page is drawn here."""

from django.urls import path

from bookings import register_urls
from bookings.views import (
    agency_month,
    book_people,
    bookings,
    calendars,
    date_changes,
    desk_bookings,
    event_actions,
    event_people,
    importing,
    leaving,
    links,
    offers,
    signing_up,
    waiting,
)

app_name = "bookings"
urlpatterns = [
    *register_urls.urlpatterns,
    path("events/<str:reference>.ics", calendars.event_calendar, name="event-calendar"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar-feed"),
    path("my/calendar/", calendars.my_calendar, name="my-calendar"),
    path("my/calendar/end/", calendars.my_calendar_end, name="my-calendar-end"),
    path("coming/<str:token>/", links.still_coming, name="still-coming"),
    path("coming/<str:token>/cancel/", links.still_coming_cancel, name="still-coming-cancel"),
    path("coming/<str:token>/colleague/", links.still_coming_colleague, name="still-coming-colleague"),
    path("events/<str:reference>/", signing_up.event, name="event"),
    path("events/<str:reference>/book/", signing_up.booking_new, name="booking-new"),
    path("my/bookings/", bookings.my_bookings, name="my-bookings"),
    path("my/bookings/<str:reference>/", bookings.booking, name="booking"),
    path("my/bookings/<str:reference>/coming/", bookings.booking_coming, name="booking-coming"),
    path("my/bookings/<str:reference>/offer/", offers.booking_answer_offer, name="booking-answer-offer"),
    path("my/bookings/<str:reference>/cant-come/", leaving.cant_come, name="cant-come"),
    path("my/bookings/<str:reference>/cancel/", leaving.booking_cancel, name="booking-cancel"),
    path("my/bookings/<str:reference>/colleague/", leaving.booking_colleague, name="booking-colleague"),
    path("my/bookings/<str:reference>/another-date/", leaving.booking_move, name="booking-move"),
    path("offer/<str:token>/", offers.offer, name="offer"),
    path("desk/venues/<str:reference>/", date_changes.venue_change, name="venue-change"),
    path("desk/dates/<str:reference>/change/", date_changes.date_change, name="date-change"),
    path("desk/dates/<str:reference>/link/", date_changes.date_link, name="date-link"),
    path("bookings/", desk_bookings.bookings, name="bookings"),
    path("bookings/list.<slug:kind>", desk_bookings.bookings_file, name="bookings-file"),
    path("desk/bookings/<str:reference>/move-up/", desk_bookings.booking_move_up, name="booking-move-up"),
    path("agency/month/", agency_month.agency_month, name="agency-month"),
    path("agency/month.<slug:kind>", agency_month.agency_month_file, name="agency-month-file"),
    path("agency/book/", book_people.book_people_dates, name="book-people-dates"),
    path("agency/book/<str:reference>/", book_people.book_people_on, name="book-people-on"),
    path("bookings/import/", importing.bookings_import, name="bookings-import"),
    path("bookings/import/<str:reference>/", importing.bookings_upload, name="bookings-upload"),
    path("desk/waiting/", waiting.waiting_lists, name="waiting-lists"),
    path("desk/dates/<str:reference>/people/", event_people.event_people, name="event-people"),
    path("desk/dates/<str:reference>/people/book/", event_people.event_book, name="event-book"),
    path(
        "desk/dates/<str:reference>/people/book/<str:person>/", event_people.event_book_person, name="event-book-person"
    ),
    path("desk/dates/<str:reference>/people/cancel-date/", event_actions.event_cancel, name="event-cancel"),
    path("desk/dates/<str:reference>/places/", event_actions.event_places, name="event-places"),
    path("desk/dates/<str:reference>/places/keep/", event_actions.event_keep, name="event-keep"),
    path("desk/dates/<str:reference>/places/release/", event_actions.event_release, name="event-release"),
    path("desk/bookings/<str:reference>/adjustment/", event_actions.adjustment_confirm, name="adjustment-confirm"),
]
