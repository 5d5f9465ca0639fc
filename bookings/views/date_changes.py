"""The coordinator changes a date, its link or a venue. Before anything is saved the page says how many are told."""

import datetime
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bookings.changing import Telling, change_date, change_venue, telling_of_date, telling_of_venue
from bookings.rules.elsewhere import elsewhere_in_words
from training.catalogue.actions.events import plan_of
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.events import EventChangeForm, redrawn
from training.catalogue.forms.events import initial_of as initial_of_date
from training.catalogue.forms.links import LinkForm
from training.catalogue.forms.venues import VenueForm
from training.catalogue.forms.venues import initial_of as initial_of_venue
from training.catalogue.models import Event, Venue
from training.catalogue.views.rows import event_or_404, try_action, venue_or_404
from training.catalogue.words import event_words, venue_words
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.words import count


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_change(request: HttpRequest, reference: str) -> HttpResponse:
    event, now, telling = event_or_404(request, reference), timezone.now(), Telling()
    form = redrawn(request.POST, EventChangeForm, event=event)
    if form is None:
        initial = {**initial_of_date(event), "seen": as_seen(event_words(event))}
        form = EventChangeForm(request.POST or None, event=event, initial=initial)
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["revision"] == event.revision:
                telling = telling_of_date(event, form.plan(), now)
            if _is_agreed(request, telling) and (done := _change_date(request, form, event, now)):
                messages.success(request, done)
                return redirect("desk:date", event.reference)
    clashes = elsewhere_in_words(event, form.plan().sessions) if telling.people else []
    context = {"form": form, "event": event, "telling": telling, "clashes": clashes}
    return render(request, "bookings/date_change.html", context)


def _is_agreed(request: HttpRequest, telling: Telling) -> bool:
    """Nobody is to be told, or the page has said how many and that is still right."""
    return not telling.people or request.POST.get("told") == str(telling.people)


def _change_date(request: HttpRequest, form: EventChangeForm, event: Event, now: datetime.datetime) -> str:
    """What to say of it; empty when it was refused, with the sentence on the form."""
    revision = form.cleaned_data["revision"]
    try:
        _, told = change_date(event=event, plan=form.plan(), revision=revision, by=user_of(request), now=now)
    except CatalogueError as error:
        show_refusal(form, error, event_words(event_or_404(request, event.reference)))
        return ""
    return f"{event}: saved.{_written_to(told)}"


def _written_to(told: int) -> str:
    return f" We have written to {count(told, 'person', 'people')} about it." if told else ""


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def date_link(request: HttpRequest, reference: str) -> HttpResponse:
    """The joining link, typed into a row of the desk; a wrong one is put right on the date's own page."""
    event, user, now = event_or_404(request, reference), user_of(request), timezone.now()
    form = LinkForm(request.POST)
    if not form.is_valid():
        return redirect("bookings:date-change", event.reference)
    plan = replace(plan_of(event), joining_link=form.cleaned_data["joining_link"])
    try_action(
        request,
        lambda: change_date(event=event, plan=plan, revision=event.revision, by=user, now=now),
        f"{event}: the joining link is kept.",
    )
    return redirect("desk:desk")


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def venue_change(request: HttpRequest, reference: str) -> HttpResponse:
    venue, telling = venue_or_404(reference), Telling()
    form = VenueForm(request.POST or None, initial={**initial_of_venue(venue), "seen": as_seen(venue_words(venue))})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["revision"] == venue.revision:
            telling = telling_of_venue(form.apply_to(venue), timezone.now())
        if _is_agreed(request, telling) and (done := _change_venue(request, form, venue)):
            messages.success(request, done)
            return redirect("desk:venues")
    context = {"form": form, "venue": venue_or_404(reference), "telling": telling}
    return render(request, "bookings/venue_change.html", context)


def _change_venue(request: HttpRequest, form: VenueForm, venue: Venue) -> str:
    """What to say of it; empty when it was refused, with the sentence on the form."""
    wanted, revision = form.apply_to(venue), form.cleaned_data["revision"]
    try:
        saved, told = change_venue(venue=wanted, revision=revision, by=user_of(request), now=timezone.now())
    except CatalogueError as error:
        show_refusal(form, error, venue_words(venue_or_404(venue.reference)), "name")
        return ""
    return f"{saved}: saved.{_written_to(told)}"
