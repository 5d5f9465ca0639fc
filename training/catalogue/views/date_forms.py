"""Adding and copying a date. Changing one concerns whoever is booked: that page is in `bookings`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.events import add_event, copy_event
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.copying import CopyForm
from training.catalogue.forms.events import EventAddForm, EventForm, redrawn
from training.catalogue.forms.prefilled import initial_asked
from training.catalogue.models import Event
from training.catalogue.views.rows import event_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.forms import MusterForm


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_add(request: HttpRequest) -> HttpResponse:
    form = redrawn(request.POST, EventAddForm)
    if form is None:
        initial = initial_asked(request.GET, timezone.localdate()) if request.method == "GET" else {}
        form = EventAddForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid() and (event := _add(request, form)):
            messages.success(request, f"{event}: added as a draft. Nobody sees it until you open it for booking.")
            return redirect("desk:date", event.reference)
    return render(request, "catalogue/desk/date_add.html", {"form": form})


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
