"""A place is yours until…: opened by a personal link, or from one's own page. Opening changes nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bookings.actions.offers import answer_offer
from bookings.errors import BookingsError
from bookings.links import find_offer
from bookings.models import Offer, Status
from bookings.views.rows import booking_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.access import public


@public
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """A wrong, used or old token gets one plain page, the same for all: it says nothing about anybody."""
    found = find_offer(token)
    if found is None:
        return _over(request)
    if request.method == "POST":
        return _answer(request, found)
    if found.ended_at is not None or found.expires_at <= timezone.now():
        return _over(request)
    sessions = found.booking.event.sessions.select_related("venue")
    return _private(
        render(request, "bookings/offer.html", {"offer": found, "booking": found.booking, "sessions": sessions})
    )


def _answer(request: HttpRequest, found: Offer) -> HttpResponse:
    booking, accept = found.booking, request.POST.get("answer") == "take"
    try:
        answered = answer_offer(booking=booking, accept=accept, by=booking.person, now=timezone.now())
    except BookingsError:
        return _over(request)
    context = {"booking": answered, "event": booking.event, "is_taken": answered.status == Status.BOOKED}
    return _private(render(request, "bookings/offer_answered.html", context))


def _over(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "bookings/offer_over.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing on the way keeps the page. Its address goes nowhere else by the site's own referrer policy; with
    `no-referrer` browsers would send "Origin: null" with the form, which is refused as forged."""
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.OWN_RECORD)
@require_POST
def booking_answer_offer(request: HttpRequest, reference: str) -> HttpResponse:
    """The same two buttons on one's own page, signed in."""
    booking, accept = booking_or_404(user_of(request), reference), request.POST.get("answer") == "take"
    try:
        answered = answer_offer(booking=booking, accept=accept, by=user_of(request), now=timezone.now())
    except BookingsError as error:
        messages.error(request, str(error))
    else:
        said = "You have a place." if answered.status == Status.BOOKED else "The place goes to the next person."
        messages.success(request, said)
    return redirect("bookings:booking", booking.reference)
