"""/bookings/: the coordinator's working area; a lead sees their own people's, everybody else goes to their own."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.moving_up import move_up
from bookings.agencies.month import HEADINGS, file_row
from bookings.desk_todos import to_decide
from bookings.errors import BookingsError
from bookings.filters import STATES, BookingFilter
from bookings.forms.desk import MoveUpForm
from bookings.lists import waiting_lists
from bookings.models import Booking, Status
from bookings.page_words import free_in_words, status_colour
from bookings.places.waiting_list import positions_of, waiting_sentence
from bookings.tables import waiting_lists_table
from bookings.views.rows import booking_or_404
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission
from training.web.downloads import Sheet, csv_response, xlsx_response
from training.web.pages import paginate

LISTS_SHOWN = 10


@requires(Permission.OWN_RECORD)
@require_safe
def bookings(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    if not _may_see_others(user):
        return redirect("bookings:my-bookings")
    manages = user.may(Permission.MANAGE_BOOKINGS)
    chosen = BookingFilter.read(request.GET, timezone.localdate(now))
    page = paginate(request, chosen.bookings(user))
    waiting = waiting_lists(now)[:LISTS_SHOWN] if manages else []
    context = {
        "page": page,
        "rows": [(row, status_colour(row), free_in_words(row, now), _may_change(row, now)) for row in page],
        "chosen": chosen,
        "states": [(value, words) for value, (words, _) in STATES.items()],
        "manages": manages,
        "waiting_table": waiting_lists_table(waiting) if waiting else None,
        "to_decide": list(to_decide(now)) if manages else [],
    }
    return render(request, "bookings/bookings.html", context)


def _may_see_others(user: User) -> bool:
    return user.may(Permission.MANAGE_BOOKINGS) or user.may(Permission.SEE_AGENCY_PEOPLE)


def _may_change(row: Booking, now: datetime.datetime) -> bool:
    return row.is_live and (row.event.starts_at is None or row.event.starts_at > now)


@requires(Permission.OWN_RECORD)
@require_safe
def bookings_file(request: HttpRequest, kind: str) -> HttpResponse:
    """All that the filter finds, employee number first. `kind` is csv or xlsx."""
    user, now = user_of(request), timezone.now()
    if kind not in ("csv", "xlsx") or not _may_see_others(user):
        raise Http404
    chosen = BookingFilter.read(request.GET, timezone.localdate(now))
    rows = [file_row(row, free_in_words(row, now)) for row in chosen.bookings(user)]
    sheet, name = Sheet("Bookings", HEADINGS, rows), f"Bookings {timezone.localdate(now):%Y-%m-%d}"
    return csv_response(sheet, name) if kind == "csv" else xlsx_response([sheet], name)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def booking_move_up(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    booking, form = booking_or_404(user, reference), MoveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_up(booking=booking, reason=form.cleaned_data["reason"], by=user, now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{moved.person} {_became(moved)}")
            return redirect("bookings:event-people", booking.event.reference)
    stands = waiting_sentence(booking, now) if booking.status == Status.WAITLISTED else ""
    is_first = positions_of([booking]).get(booking.pk) == 1
    context = {"form": form, "booking": booking, "event": booking.event, "stands": stands, "is_first": is_first}
    return render(request, "bookings/booking_move_up.html", context)


def _became(booking: Booking) -> str:
    if booking.status == Status.WAITLISTED:
        return "is first on the waiting list now."
    if booking.status == Status.OFFERED:
        return "is offered a place. We have written to them."
    return "has a place. We have written to them."
