"""A training lead books their own people: choose a date, paste names, see what happens to each, book them."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.booking_many import Outcome, book_people, foresee
from bookings.agencies.own_people import match_lines
from bookings.forms.own_people import NamesForm, read_choices
from bookings.lists import open_dates
from bookings.places.reading import belongs_to, room_of, rooms_of
from bookings.views.rows import event_or_404
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.finding import tidy_search
from training.people.models import Agency, User
from training.people.permissions import Permission
from training.web.pages import paginate
from training.web.when import london_day


@requires(Permission.BOOK_FOR_AGENCY)
@require_safe
def book_people_dates(request: HttpRequest) -> HttpResponse:
    """Which date? Those open for booking, each with the places that the lead's people could have."""
    user, now, text = user_of(request), timezone.now(), tidy_search(request.GET.get("q", ""))
    agency = led_agencies(user)[0]
    page = paginate(request, open_dates(user, now, text))
    rooms = rooms_of(page, london_day(now))
    rows = [(event, rooms[event.pk].free_for(belongs_to(agency))) for event in page]
    return render(request, "bookings/book_people_dates.html", {"rows": rows, "page": page, "q": text})


@requires(Permission.BOOK_FOR_AGENCY)
@require_http_methods(["GET", "POST"])
def book_people_on(request: HttpRequest, reference: str) -> HttpResponse:
    """One address, three looks: the list to paste, what would happen, what has happened. Only `do=book` books."""
    user, now = user_of(request), timezone.now()
    event, do = event_or_404(user, reference), request.POST.get("do", "")
    form = NamesForm(request.POST or None, agencies=led_agencies(user))
    look, outcomes = "paste", []
    if request.method == "POST" and form.is_valid() and do in ("check", "book"):
        look = do
        outcomes = _book(request, form, event, now) if do == "book" else _foreseen(form, event, now)
    context = {"event": event, "form": form, "outcomes": outcomes, "look": look, **_counts(outcomes)}
    room = room_of(event, london_day(now))
    return render(request, "bookings/book_people_on.html", {**context, "room": room})


def led_agencies(user: User) -> list[Agency]:
    return list(Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name"))


def _foreseen(form: NamesForm, event: Event, now: datetime.datetime) -> list[Outcome]:
    return foresee(event, match_lines(form.lines, form.agency, london_day(now)), now)


def _book(request: HttpRequest, form: NamesForm, event: Event, now: datetime.datetime) -> list[Outcome]:
    today = london_day(now)
    choices = read_choices(request.POST, match_lines(form.lines, form.agency, today), form.agency, today)
    return book_people(
        event=event,
        agency=form.agency,
        choices=choices,
        submission=form.cleaned_data["submission"],
        by=user_of(request),
        now=now,
    )


def _counts(outcomes: list[Outcome]) -> dict[str, Any]:
    kinds = [one.kind for one in outcomes]
    return {
        "to_book": sum(kinds.count(kind) for kind in ("place", "waits", "choose", "unknown", "first")),
        "places": kinds.count("place"),
        "waits": kinds.count("waits"),
        "others": [one.line.text for one in outcomes if one.kind in ("stopped", "left_out")],
    }
