"""Adding a date. Changing one concerns whoever is booked: that page is in `bookings`."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.events import add_event
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.events import EventAddForm, EventForm, redrawn
from training.catalogue.forms.prefilled import initial_asked
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.permissions import Permission


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
