"""A date again: once on another day, or many times by a rule that is looked at before anything is made."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.copying import copy_event, repeat_event
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.copying import CopyForm, RepeatForm
from training.catalogue.models import Event
from training.catalogue.proposals import proposals
from training.catalogue.views.rows import event_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import count

WEEK = datetime.timedelta(days=7)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_copy(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_or_404(request, reference)
    form = CopyForm(request.POST or None, has_days=bool(event.sessions.all()))
    if request.method == "POST" and form.is_valid() and (copy := _copy(request, form, event)):
        messages.success(request, f"{copy}: a draft, copied from {event}. Its joining link is not copied.")
        return redirect("desk:date", copy.reference)
    return render(request, "catalogue/desk/date_copy.html", {"form": form, "event": event})


def _copy(request: HttpRequest, form: CopyForm, event: Event) -> Event | None:
    data, user = form.cleaned_data, user_of(request)
    try:
        if "first_day" not in data:
            return copy_event(event=event, first_day=None, submission=data["submission"], by=user)
        return repeat_event(
            event=event,
            first_days=[data["first_day"]],
            submission=data["submission"],
            asks_trainers=data["asks_trainers"],
            by=user,
            now=timezone.now(),
        )[0]
    except CatalogueError as error:
        show_refusal(form, error, {}, "first_day" if "first_day" in form.fields else None)
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_repeat(request: HttpRequest, reference: str) -> HttpResponse:
    event, now = event_or_404(request, reference), timezone.now()
    form = RepeatForm(request.POST or None, initial={"first": _next_week(event, now), "every": "weeks"})
    shown, ticked = [], set()
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "make" and (made := _repeat(request, form, event, now)):
            messages.success(request, f"{count(len(made), 'draft').capitalize()} made: {made[0]} to {made[-1]}.")
            return redirect(f"{reverse('desk:dates')}?standing=draft&q={event.version.course.code}")
        shown = proposals(event, form.rule(), now)
        sent = set(request.POST.getlist("on"))
        ticked = sent if request.POST.get("do") == "make" else {one.value for one in shown if one.is_ticked}
    context = {"form": form, "event": event, "proposals": shown, "ticked": ticked}
    return render(request, "catalogue/desk/date_repeat.html", context)


def _next_week(event: Event, now: datetime.datetime) -> datetime.date:
    """The next of its weekdays after it that is still to come."""
    first, today = london_day(event.starts_at or now) + WEEK, london_day(now)
    return first if first > today else first + ((today - first).days // 7 + 1) * WEEK


def _repeat(request: HttpRequest, form: RepeatForm, event: Event, now: datetime.datetime) -> list[Event]:
    """The drafts; none when it was refused, with the sentence on the form."""
    data = form.cleaned_data
    try:
        return repeat_event(
            event=event,
            first_days=form.ticked(),
            submission=data["submission"],
            asks_trainers=data["asks_trainers"],
            by=user_of(request),
            now=now,
        )
    except CatalogueError as error:
        show_refusal(form, error, {})
        return []
