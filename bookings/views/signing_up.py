"""Signing up for a date: the page of the date knows who looks, and the form is one screen."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.booking import book_place
from bookings.errors import BookingsError
from bookings.forms.booking import BookingForm
from bookings.models import HOLDING_A_PLACE, Booking, Status
from bookings.page_words import free_in_words
from bookings.places.choosing import place_words
from bookings.places.reading import belongs, room_of
from bookings.places.waiting_list import waiting_sentence
from bookings.rules.closed import fitting_first
from bookings.rules.eligibility import reasons_closed, reasons_not_bookable
from bookings.rules.policy import policy_for
from bookings.views.rows import public_event_or_404
from training.catalogue.finding import event_page
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.models import Employment, Person, User
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.access import public
from training.web.reasons import blocking
from training.web.when import london_day


@public
@require_safe
def event(request: HttpRequest, reference: str) -> HttpResponse:
    """The catalogue's page of a date, with the reader's own state in its block for booking."""
    user = user_of(request) if request.user.is_authenticated else None
    found, now = event_page.find_event(reference, user), timezone.now()
    if found is None:
        raise Http404
    context = event_page.event_context(found, user, now=now) | _own_state(found, user, now)
    return render(request, "bookings/event.html", context)


def _own_state(found: Event, user: User | None, now: datetime.datetime) -> dict[str, Any]:
    person = user.person if user else None
    own = _live(found, person) if person else None
    return {
        "own": own,
        "free": free_in_words(own, now) if own else "",
        "waiting": waiting_sentence(own, now) if own and own.status == Status.WAITLISTED else "",
        "offer": own.offers.open().first() if own and own.status == Status.OFFERED else None,
        "holds_a_place": own is not None and own.status in HOLDING_A_PLACE,
        "stops": [] if own or found.standing != Event.Standing.PUBLISHED else blocking(reasons_closed(found, now)),
        "may_book_people": user is not None and user.may(Permission.BOOK_FOR_AGENCY) and bool(user.led_agency_ids),
        "may_manage": user is not None and user.may(Permission.MANAGE_BOOKINGS),
    }


def _live(found: Event, person: Person) -> Booking | None:
    rows = Booking.objects.live().filter(person=person, event=found)
    own = rows.select_related("policy_version", "employment__agency").first()
    if own:
        own.event = found
    return own


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def booking_new(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = own_person(request), timezone.now()
    found = public_event_or_404(reference, user_of(request), person, london_day(now))
    works = fitting_first(found, _workplaces(person, london_day(now)))
    form = BookingForm(request.POST or None, employments=works)
    if request.method == "POST" and form.is_valid():
        try:
            booking = book_place(event=found, person=person, by=user_of(request), now=now, **form.details)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _told(booking))
            return redirect("bookings:booking", booking.reference)
    return render(request, "bookings/booking_new.html", {"form": form, **_context(found, person, works, now)})


def _workplaces(person: Person, day: datetime.date) -> list[Employment]:
    return list(person.employments.not_refused().not_over(day).select_related("agency").order_by("-period", "pk"))


def _context(found: Event, person: Person, works: list[Employment], now: datetime.datetime) -> dict[str, Any]:
    """What stands in the way is told before anything is typed; the organisation's own reasons come with the form."""
    work = works[0] if works else None
    rules = policy_for(found, london_day(now))
    reasons = [
        one for one in reasons_not_bookable(found, person, work, now, version=rules) if one.code != "no_employment"
    ]
    room = room_of(found, london_day(now))
    one = belongs(work)
    draft = Booking(event=found, person=person, policy_version=rules, status=Status.BOOKED)
    here = reverse("bookings:booking-new", args=[found.reference])
    return {
        "event": found,
        "works": works,
        "work_url": reverse("people:where-i-work", query={"next": here}),
        "stops": blocking(reasons),
        "own": next((reason.data["booking"] for reason in reasons if reason.code == "already"), ""),
        "warnings": [reason for reason in reasons if not reason.blocking],
        "is_full": not room.has_place_for(one),
        "place_words": [] if room.offered is None else place_words(room, one),
        "free": room.free_for(one),
        "free_words": free_in_words(draft, now),
    }


def _told(booking: Booking) -> str:
    if booking.status == Status.BOOKED:
        return "You have a place. We have written to you, with an entry for your calendar."
    if booking.status == Status.WAITLISTED:
        return "You are on the waiting list. We write to you when a place comes free."
    return "You have a booking on this date already."
