"""A coordinator's verbs on one date: places, places kept, adjustments, cancelling the whole of it."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bookings.actions.adjustments import confirm_adjustment
from bookings.actions.cutting import cut_places, last_booked_first
from bookings.actions.places import change_places, keep_places, release_places
from bookings.disruption import cancel_event_with_bookings
from bookings.errors import BookingsError
from bookings.forms.desk import CancelDateForm, CutForm, KeepForm, PlacesForm
from bookings.forms.rules import DateCapForm
from bookings.models import AgencyAllocation, Booking, DateCap
from bookings.places.choosing import cap_in_words
from bookings.places.reading import room_of
from bookings.rules.policy import policy_for, released_on
from bookings.tables import kept_table
from bookings.views.rows import booking_or_404, event_or_404
from providers.models import Commission
from training.catalogue.models import Event, Order, Teaching
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import count


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def event_places(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    event = event_or_404(user, reference)
    initial = {"room_limit": event.room_limit, "places_offered": event.places_offered, "revision": event.revision}
    form = PlacesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["places_offered"] < event.places_held:
            return redirect(f"{reverse('bookings:event-cut', args=[event.reference])}?{_numbers(form)}")
        try:
            given = change_places(event=event, by=user, now=now, **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Saved. {moved_up(given)}")
            return redirect("bookings:event-places", event.reference)
    return places_page(request, event, form=form)


def _numbers(form: PlacesForm) -> str:
    return urlencode({name: form.cleaned_data[name] for name in ("room_limit", "places_offered")})


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def event_cut(request: HttpRequest, reference: str) -> HttpResponse:
    """Fewer places than are taken: nothing happens before the coordinator has said who loses theirs."""
    user, now = user_of(request), timezone.now()
    event = event_or_404(user, reference)
    taken = last_booked_first(event)
    if not taken:
        messages.info(request, "Nobody has a place on this date. Enter its numbers here.")
        return redirect("bookings:event-places", event.reference)
    form = CutForm(request.POST or None, taken=taken, initial=_cut_from(request, event, taken))
    if request.method == "POST" and form.is_valid():
        try:
            lost = cut_places(event=event, by=user, now=now, **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Saved. {_lost(lost)}")
            return redirect("bookings:event-people", event.reference)
    return render(request, "bookings/event_cut.html", {"event": event, "form": form})


def _cut_from(request: HttpRequest, event: Event, taken: list[Booking]) -> dict[str, Any]:
    """What the page of places has sent, whatever nonsense an address holds, and who would lose a place by it."""
    asked = PlacesForm({**request.GET.dict(), "revision": str(event.revision)})
    numbers = asked.cleaned_data if asked.is_valid() else {}
    offered = numbers.get("places_offered", event.places_offered) or len(taken)
    return {
        "room_limit": numbers.get("room_limit", event.room_limit),
        "places_offered": offered,
        "losing": [one.reference for one in taken[: max(0, len(taken) - offered)]],
        "revision": event.revision,
    }


def _lost(lost: list[Booking]) -> str:
    if not lost:
        return "Nobody has lost a place."
    waits = count(len(lost), "person waits", "people wait")
    return f"{waits.capitalize()} at the head of the list. We have written to them."


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def event_keep(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    event, form = event_or_404(user, reference), KeepForm(request.POST)
    if form.is_valid():
        try:
            keep_places(event=event, by=user, now=now, **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Kept.")
            return redirect("bookings:event-places", event.reference)
    return places_page(request, event, keep_form=form)


def _release_day(event: Event, today: datetime.date) -> datetime.date | None:
    """What the rules say, while that is still to come."""
    found = released_on(policy_for(event, today), event.starts_at)
    return found if found and found > today else None


def places_page(
    request: HttpRequest,
    event: Event,
    *,
    form: PlacesForm | None = None,
    keep_form: KeepForm | None = None,
    cap_form: DateCapForm | None = None,
) -> HttpResponse:
    """The page with its three forms, of which one was sent."""
    day = london_day(timezone.now())
    room = room_of(event, day)
    rows = event.allocations.in_force(day).select_related("agency", "owner").order_by("pk")
    unused = {(kept.agency_id, kept.sector): number for kept, number in room.unused()}
    kept = [(row, unused.get((row.agency_id, row.sector), 0)) for row in rows]
    own_cap = DateCap.objects.filter(event=event).first()
    numbers = {"room_limit": event.room_limit, "places_offered": event.places_offered, "revision": event.revision}
    shown_cap = {"most": room.cap.places, "until": room.cap.until} if room.cap else {}
    context: dict[str, Any] = {
        "event": event,
        "room": room,
        "form": form or PlacesForm(initial=numbers),
        "keep_form": keep_form or KeepForm(initial={"release_on": _release_day(event, day)}),
        "cap_form": cap_form or DateCapForm(initial=shown_cap),
        "cap": cap_in_words(room),
        "has_own_cap": own_cap is not None,
        "kept": kept,
        "table": kept_table(kept),
    }
    return render(request, "bookings/event_places.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def event_release(request: HttpRequest, reference: str) -> HttpResponse:
    """Kept places are named by whom they are kept for; what is released already stays so."""
    event = event_or_404(user_of(request), reference)
    rows = AgencyAllocation.objects.filter(event=event, released_at__isnull=True)
    agency, sector = request.POST.get("agency", ""), request.POST.get("sector", "")
    found = rows.filter(agency__reference=agency.upper()) if agency else rows.filter(sector=sector).exclude(sector="")
    allocation = found.first()
    if allocation is not None:
        given = release_places(allocation=allocation, by=user_of(request), now=timezone.now())
        messages.success(request, f"Released. {moved_up(given)}")
    return redirect("bookings:event-places", event.reference)


def moved_up(given: list[Booking]) -> str:
    if not given:
        return "Nobody was waiting for a place."
    return f"{count(len(given), 'person', 'people').capitalize()} moved up from the waiting list."


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def adjustment_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    user = user_of(request)
    booking = booking_or_404(user, reference)
    confirm_adjustment(booking=booking, by=user, now=timezone.now())
    messages.success(request, f"Confirmed for {booking.person}: they and the trainer see it.")
    return redirect("bookings:event-people", booking.event.reference)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def event_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """The reason is typed, what will happen is shown, and only then a second button cancels."""
    user = user_of(request)
    event = get_object_or_404(_cancellable(user), reference=reference.upper())
    form = CancelDateForm(request.POST or None)
    is_sure = request.POST.get("sure") == "yes"
    if request.method == "POST" and form.is_valid() and is_sure:
        try:
            reason = form.cleaned_data["reason"]
            cancel_event_with_bookings(event=event, reason=reason, by=user, now=timezone.now())
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{event} is cancelled. Everybody has been written to.")
            return redirect("bookings:event-people", event.reference)
    is_preview = request.method == "POST" and form.is_valid()
    context = {"event": event, "form": form, "is_preview": is_preview, **_touched(event)}
    return render(request, "bookings/event_cancel.html", context)


def _cancellable(user: User) -> Any:
    return Event.objects.visible_to(user).select_related("version__course")


def _touched(event: Event) -> dict[str, Any]:
    """Whom a cancellation concerns."""
    live = Booking.objects.live().filter(event=event)
    trainers = Teaching.objects.live().filter(session__event=event)
    return {
        "booked": live.holding_a_place().count(),
        "waiting": live.waiting().count(),
        "without_address": live.filter(person__email="").count(),
        "trainers": trainers.values("person").distinct().count(),
        "supplied": Order.objects.at_a_supplier().filter(event=event).count(),
        "orders": Commission.objects.live().filter(event=event).select_related("contract__provider"),
    }
