"""Are you still coming? Opened by a personal link, without signing in. Opening changes nothing; buttons act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.coming import confirm_coming
from bookings.actions.leaving import leave, status_after_leaving
from bookings.actions.replacing import send_colleague
from bookings.errors import BookingsError
from bookings.forms.booking import CancelForm, ColleagueForm
from bookings.links import find_link
from bookings.lists import nos_in_calendar
from bookings.models import Booking, PersonalLink, Status
from bookings.page_words import free_in_words
from training.web.access import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def still_coming(request: HttpRequest, token: str) -> HttpResponse:
    """A wrong, used or old token gets one plain page, the same for all: it says nothing about anybody."""
    booking = _find(token)
    if booking is None:
        return _over(request)
    if request.method == "POST" and request.POST.get("answer") == "yes":
        confirm_coming(booking=booking, by=booking.person, now=timezone.now())
        return _private(redirect("bookings:still-coming", token))
    has_said_yes = booking.steps.filter(code="still_coming").exists() and not nos_in_calendar(booking)
    sessions = booking.event.sessions.select_related("venue")
    return _page(request, "still_coming", booking, token, has_said_yes=has_said_yes, sessions=sessions)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def still_coming_cancel(request: HttpRequest, token: str) -> HttpResponse:
    booking = _find(token)
    if booking is None:
        return _over(request)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            left = leave(
                booking=booking, by=booking.person, now=timezone.now(), reason=form.cleaned_data["reason"]
            )  # fmt: skip
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            return _page(request, "still_coming_answered", left, token)
    is_late = status_after_leaving(booking, timezone.now()) == Status.CANCELLED_LATE and not booking.is_late_promotion
    return _page(request, "still_coming_cancel", booking, token, form=form, is_late=is_late)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def still_coming_colleague(request: HttpRequest, token: str) -> HttpResponse:
    booking = _find(token)
    if booking is None:
        return _over(request)
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new = send_colleague(booking=booking, by=booking.person, now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            return _page(request, "still_coming_answered", booking, token, new=new)
    return _page(request, "still_coming_colleague", booking, token, form=form)


def _find(token: str) -> Booking | None:
    link = find_link(token, PersonalLink.Purpose.STILL_COMING)
    if link is None or link.expires_at <= timezone.now() or link.booking.status != Status.BOOKED:
        return None
    return link.booking


def _page(request: HttpRequest, name: str, booking: Booking, token: str, **context: object) -> HttpResponse:
    shown = {"booking": booking, "event": booking.event, "is_own": True, "token": token, **context}
    shown["free"] = free_in_words(booking, timezone.now())
    return _private(render(request, f"bookings/{name}.html", shown))


def _over(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "bookings/offer_over.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing on the way keeps the page. Its address goes nowhere else by the site's own referrer policy; with
    `no-referrer` browsers would send "Origin: null" with the form, which is refused as forged."""
    response["Cache-Control"] = "private, no-store"
    return response
