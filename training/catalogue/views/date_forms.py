"""Adding, changing and copying a date. The buttons that add or remove a day save nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.events import add_event, change_event, copy_event
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.copying import CopyForm
from training.catalogue.forms.days import with_another_day, without_day
from training.catalogue.forms.events import EventAddForm, EventChangeForm, EventForm, initial_of
from training.catalogue.models import Event
from training.catalogue.views.rows import event_or_404
from training.catalogue.words import event_words
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.forms import MusterForm


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_add(request: HttpRequest) -> HttpResponse:
    form: EventForm | None = _redrawn(request, EventAddForm)
    if form is None:
        initial = {"course": request.GET.get("course", ""), "days": 1}
        form = EventAddForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and (event := _add(request, form)):
            messages.success(request, f"{event}: added as a draft. Nobody sees it until you open it for booking.")
            return redirect("desk:date", event.reference)
    return render(request, "catalogue/desk/date_add.html", {"form": form})


def _redrawn(request: HttpRequest, form_class: type[EventForm], **kwargs: Any) -> EventForm | None:
    """The form with a day more or less, when one of those buttons was pressed."""
    pressed = request.POST.get("do", "")
    if pressed == "add-day":
        return form_class(with_another_day(request.POST), **kwargs).show_without_errors()
    number = pressed.removeprefix("remove-day-")
    if pressed.startswith("remove-day-") and number in {"1", "2", "3", "4", "5", "6"}:
        return form_class(without_day(request.POST, int(number)), **kwargs).show_without_errors()
    return None


def _add(request: HttpRequest, form: EventForm) -> Event | None:
    data = form.cleaned_data
    try:
        return add_event(
            version=data["course"],
            plan=form.plan(),
            reference=data["reference"],
            submission=data["submission"],
            by=user_of(request),
        )
    except CatalogueError as error:
        show_refusal(form, error, {})
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_change(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_or_404(request, reference)
    form = _redrawn(request, EventChangeForm, event=event)
    if form is None:
        initial = {**initial_of(event), "seen": as_seen(event_words(event))}
        form = EventChangeForm(request.POST or None, event=event, initial=initial)
        if request.method == "POST" and form.is_valid() and _change(request, form, event):
            messages.success(request, f"{event}: saved.")
            return redirect("desk:date", event.reference)
    return render(request, "catalogue/desk/date_change.html", {"form": form, "event": event})


def _change(request: HttpRequest, form: EventForm, event: Event) -> bool:
    revision = form.cleaned_data["revision"]
    try:
        change_event(event=event, plan=form.plan(), revision=revision, by=user_of(request), now=timezone.now())
    except CatalogueError as error:
        show_refusal(form, error, event_words(event_or_404(request, event.reference)))
        return False
    return True


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_copy(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_or_404(request, reference)
    has_days = bool(event.sessions.all())
    form = CopyForm(request.POST or None, has_days=has_days)
    if request.method == "POST" and form.is_valid() and (copy := _copy(request, form, event)):
        messages.success(
            request, f"{copy}: a draft, copied from {event}. Its trainers and joining link are not copied."
        )
        return redirect("desk:date", copy.reference)
    return render(request, "catalogue/desk/date_copy.html", {"form": form, "event": event})


def _copy(request: HttpRequest, form: MusterForm, event: Event) -> Event | None:
    data = form.cleaned_data
    try:
        return copy_event(
            event=event, first_day=data.get("first_day"), submission=data["submission"], by=user_of(request)
        )
    except CatalogueError as error:
        show_refusal(form, error, {}, "first_day" if "first_day" in form.fields else None)
        return None
