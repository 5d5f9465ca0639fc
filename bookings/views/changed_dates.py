"""We changed a date: its people keep their place, move or leave, by a personal link. Opening it changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.leaving import leave
from bookings.actions.replacing import move_to_date
from bookings.disruption.answering import has_kept, keep_place
from bookings.errors import BookingsError
from bookings.forms.booking import AnotherDateForm
from bookings.links import find_link
from bookings.models import Booking, PersonalLink, Status
from bookings.other_dates import dates_with_a_place
from training.web.access import public


@public
@require_http_methods(["GET", "HEAD", "POST"])
def date_changed(request: HttpRequest, token: str) -> HttpResponse:
    """A wrong, used or old token gets one plain page, the same for all: it says nothing about anybody."""
    booking = _find(token)
    if booking is None:
        return _over(request)
    if request.method == "POST" and request.POST.get("answer") == "keep":
        keep_place(booking=booking, by=booking.person, now=timezone.now())
        return _private(redirect("bookings:date-changed", token))
    context = {"has_kept": has_kept(booking), "has_dates": bool(dates_with_a_place(booking, timezone.now()))}
    return _page(request, "date_changed", booking, token, **context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def date_changed_move(request: HttpRequest, token: str) -> HttpResponse:
    booking, now = _find(token), timezone.now()
    if booking is None:
        return _over(request)
    form = AnotherDateForm(request.POST if request.method == "POST" else None, dates=dates_with_a_place(booking, now))
    if request.method == "POST" and form.is_valid():
        try:
            new = move_to_date(booking=booking, event=form.event, by=booking.person, now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            return _page(request, "date_changed_answered", booking, token, new=new)
    return _page(request, "date_changed_move", booking, token, form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def date_changed_leave(request: HttpRequest, token: str) -> HttpResponse:
    booking, error = _find(token), ""
    if booking is None:
        return _over(request)
    if request.method == "POST":
        try:
            left = leave(booking=booking, by=booking.person, now=timezone.now())
        except BookingsError as refusal:
            error = str(refusal)
        else:
            return _page(request, "date_changed_answered", left, token)
    return _page(request, "date_changed_leave", booking, token, error=error)


def _find(token: str) -> Booking | None:
    link = find_link(token, PersonalLink.Purpose.CHANGED)
    if link is None or link.expires_at <= timezone.now():
        return None
    return link.booking if link.booking.status in (Status.BOOKED, Status.WAITLISTED) else None


def _page(request: HttpRequest, name: str, booking: Booking, token: str, **context: object) -> HttpResponse:
    sessions = booking.event.sessions.select_related("venue")
    latest = booking.event.disruptions.order_by("-at", "-pk").first()
    shown = {
        "booking": booking, "event": booking.event, "token": token, "sessions": sessions, "change": latest,
        "is_waiting": booking.status == Status.WAITLISTED, **context,
    }  # fmt: skip
    return _private(render(request, f"bookings/{name}.html", shown))


def _over(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "bookings/offer_over.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing on the way keeps the page; see `links.py` for why its referrer policy is the site's own."""
    response["Cache-Control"] = "private, no-store"
    return response
