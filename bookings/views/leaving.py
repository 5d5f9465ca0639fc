"""I can't come: a colleague, another date, or cancel."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.leaving import leave, status_after_leaving
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.errors import BookingsError
from bookings.forms.booking import AnotherDateForm, CancelForm, ColleagueForm
from bookings.models import Booking, Status
from bookings.other_dates import dates_with_a_place
from bookings.page_words import free_in_words
from bookings.rules.changed import FREE_WORDS, leaves_free
from bookings.views.rows import booking_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.OWN_RECORD)
@require_safe
def cant_come(request: HttpRequest, reference: str) -> HttpResponse:
    booking, now = booking_or_404(user_of(request), reference), timezone.now()
    if not _may_change(booking, now):
        return redirect("bookings:booking", booking.reference)
    context = _context(request, booking, now) | {"dates": dates_with_a_place(booking, now)}
    return render(request, "bookings/cant_come.html", context)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def booking_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    booking, now = booking_or_404(user_of(request), reference), timezone.now()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            left = leave(booking=booking, by=user_of(request), now=now, reason=form.cleaned_data["reason"])
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _told(left))
            return redirect("bookings:booking", booking.reference)
    elif request.method == "GET" and not _may_change(booking, now):
        return redirect("bookings:booking", booking.reference)
    context = _context(request, booking, now) | {"form": form}
    return render(request, "bookings/booking_cancel.html", context)


def _told(left: Booking) -> str:
    if left.status == Status.WITHDRAWN:
        return "Left the waiting list."
    return "Cancelled. The place goes to whoever is waiting."


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def booking_colleague(request: HttpRequest, reference: str) -> HttpResponse:
    booking, now = booking_or_404(user_of(request), reference), timezone.now()
    form = ColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = send_colleague(booking=booking, by=user_of(request), now=now, **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{new.person} has the place. We have written to you both.")
            return redirect("bookings:booking", booking.reference)
    elif request.method == "GET" and not _may_change(booking, now):
        return redirect("bookings:booking", booking.reference)
    return render(request, "bookings/booking_colleague.html", _context(request, booking, now) | {"form": form})


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def booking_move(request: HttpRequest, reference: str) -> HttpResponse:
    booking, now = booking_or_404(user_of(request), reference), timezone.now()
    form = AnotherDateForm(request.POST or None, dates=dates_with_a_place(booking, now))
    if request.method == "POST" and form.is_valid():
        try:
            new = move_to_date(booking=booking, event=form.event, by=user_of(request), now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Moved. We have written with an entry for the calendar.")
            return redirect("bookings:booking", new.reference)
    elif not _may_change(booking, now):
        return redirect("bookings:booking", booking.reference)
    return render(request, "bookings/booking_move.html", _context(request, booking, now) | {"form": form})


def _may_change(booking: Booking, now: datetime.datetime) -> bool:
    starts = booking.event.starts_at
    return booking.is_live and (starts is None or starts > now)


def _context(request: HttpRequest, booking: Booking, now: datetime.datetime) -> dict[str, object]:
    becomes = status_after_leaving(booking, now)
    return {
        "booking": booking,
        "event": booking.event,
        "is_own": booking.person_id == user_of(request).person_id,
        "free": FREE_WORDS if leaves_free(booking) else free_in_words(booking, now),
        "is_waiting": booking.status != Status.BOOKED,
        "is_late": becomes == Status.CANCELLED_LATE and not booking.is_late_promotion,
    }
