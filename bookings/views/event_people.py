"""The coordinator's page of one date: who has a place, who waits and why, and booking somebody in."""

import datetime

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.booking import book_place
from bookings.errors import BookingsError
from bookings.forms.desk import BookSomebodyForm
from bookings.models import HOLDING_A_PLACE, Booking, CalendarEntry, Status
from bookings.places.mix import mix_of
from bookings.places.reading import room_of
from bookings.places.waiting_list import busy_then, waiting_rows
from bookings.rules.closed import fitting_first
from bookings.rules.eligibility import reasons_not_bookable
from bookings.rules.elsewhere import elsewhere_in_words
from bookings.rules.first import MUST
from bookings.tables import people_table, waiting_table
from bookings.views.rows import event_or_404
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.finding import find_persons, tidy_search
from training.people.models import Person
from training.people.permissions import Permission
from training.people.views.rows import person_or_404
from training.web.reasons import blocking
from training.web.when import london_day

PERSONS_SHOWN = 15


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def event_people(request: HttpRequest, reference: str) -> HttpResponse:
    event, now = event_or_404(user_of(request), reference), timezone.now()
    room = room_of(event, london_day(now))
    holding = list(_holding(event))
    waiting = waiting_rows(event)
    if waiting:
        waiting = waiting_rows(event, busy_then(event, [row.booking.person_id for row in waiting]))
    context = {
        "event": event,
        "now": now,
        "room": room,
        "kept": sum(number for _, number in room.unused()),
        "people": people_table(holding),
        "holding": holding,
        "elsewhere": [] if _is_over(event, now) else elsewhere_in_words(event, list(event.sessions.all())),
        "to_arrange": [row for row in holding if _is_open(row)],
        "waiting": waiting,
        "waiting_table": waiting_table(waiting, room),
        "seat_mails": event.seat_mails.select_related("by").prefetch_related("readers__person", "readers__agency"),
        "mix": mix_of(event, now) if holding else None,
        "has_history": event.waiting_decisions.exists() or event.places_steps.exists(),
        "sittings_today": [one for one in event.sessions.all() if london_day(one.starts_at) == london_day(now)],
        "is_over": _is_over(event, now),
    }
    return render(request, "bookings/event_people.html", context)


def _is_over(event: Event, now: datetime.datetime) -> bool:
    """Nobody can be booked any more."""
    return event.starts_at is not None and event.starts_at <= now


def _holding(event: Event) -> "list[Booking]":
    """Each with `said_no`: whether their calendar did, and they have not said since what they meant."""
    said_no = CalendarEntry.objects.filter(booking=OuterRef("pk"), answer=CalendarEntry.Answer.DECLINED)
    rows = Booking.objects.filter(event=event, status__in=HOLDING_A_PLACE)
    rows = rows.select_related("person", "employment__agency", "access_need").annotate(said_no=Exists(said_no))
    return list(rows.order_by("person__name", "pk"))


def _is_open(row: Booking) -> bool:
    need = getattr(row, "access_need", None)
    return need is not None and need.confirmed_at is None


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def event_book(request: HttpRequest, reference: str) -> HttpResponse:
    """Whom to book in: found by name, address or reference."""
    user, text = user_of(request), tidy_search(request.GET.get("q", ""))
    event = event_or_404(user, reference)
    people = find_persons(Person.objects.visible_to(user).present(), text)[:PERSONS_SHOWN] if text else []
    return render(request, "bookings/event_book.html", {"event": event, "people": people, "q": text})


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def event_book_person(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    event, somebody = event_or_404(user, reference), person_or_404(user, person)
    works = somebody.employments.not_refused().not_over(london_day(now)).select_related("agency")
    employments = fitting_first(event, list(works.order_by("-period", "pk")))
    work = employments[0] if employments else None
    reasons = reasons_not_bookable(event, somebody, work, now, is_override=True, is_self=False)
    lacking = [reason for reason in reasons if reason.code == MUST]
    form = BookSomebodyForm(request.POST or None, employments=employments, lacks_first=bool(lacking))
    if request.method == "POST" and form.is_valid():
        try:
            booking = book_place(event=event, person=somebody, by=user, now=now, **form.details)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            where = "is on the waiting list" if booking.status == Status.WAITLISTED else "has a place"
            messages.success(request, f"{somebody} {where}. We have written to them.")
            return redirect("bookings:event-people", event.reference)
    context = {
        "event": event,
        "somebody": somebody,
        "form": form,
        "stops": [reason for reason in blocking(reasons) if reason not in lacking],
        "warnings": [reason for reason in reasons if not reason.blocking or reason in lacking],
        "has_work": work is not None,
    }
    return render(request, "bookings/event_book_person.html", context)
