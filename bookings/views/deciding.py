"""Run or pull: what pulling costs from which day, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.errors import BookingsError
from bookings.forms.deciding import PullForm, RunForm
from bookings.models import Booking
from bookings.pulling import pull_date, who_is_told
from bookings.views.rows import event_or_404
from providers.pulling import price_steps, pulling_costs
from training.catalogue.actions.running import decide_to_run
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, RunDecision
from training.catalogue.waiting import RUN_OR_PULL_DAYS
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.forms import MusterForm
from training.web.when import london_day
from training.web.working_days import add_working_days


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def date_decide(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_or_404(user_of(request), reference)
    does = request.POST.get("do", "")
    forms = _forms(event, does, request.POST)
    if does in forms and forms[does].is_valid() and (done := _decide(request, event, does, forms[does])):
        messages.success(request, done)
        return redirect("desk:date", event.reference)
    return render(request, "bookings/date_decide.html", {**_context(event), **forms, "wrong": forms.get(does)})


def _forms(event: Event, does: str, data: QueryDict) -> dict[str, MusterForm]:
    """Both, what was sent in the one that is meant."""
    run = RunForm(data if does == "run" else None, auto_id="id_run_%s")
    pull = PullForm(data if does == "pull" else None, auto_id="id_pull_%s", told=who_is_told(event))
    return {"run": run, "pull": pull}


def _decide(request: HttpRequest, event: Event, does: str, form: MusterForm) -> str:
    """What to say of it; empty when it was refused, with the sentence on the form."""
    given: dict[str, Any] = {"event": event, "by": user_of(request), "now": timezone.now()}
    given["reason"] = form.cleaned_data["reason"]
    try:
        if does == "run":
            decide_to_run(**given)
            return f"{event} runs. Its trainers are told."
        pull_date(**given)
    except (BookingsError, CatalogueError) as error:
        form.add_error("reason", str(error))
        return ""
    return f"{event} is pulled. Everybody has been written to."


def _context(event: Event) -> dict[str, Any]:
    today, costs = london_day(timezone.now()), pulling_costs(event)
    starts_on = london_day(event.starts_at) if event.starts_at else None
    return {
        "event": event,
        "is_open": event.standing == Event.Standing.PUBLISHED and (starts_on is None or starts_on >= today),
        "decide_by": add_working_days(starts_on, -RUN_OR_PULL_DAYS) if starts_on else None,
        "costs": costs,
        "price_steps": price_steps(costs, today),
        "waiting": Booking.objects.filter(event=event).waiting().count(),
        "decisions": RunDecision.objects.of(event).select_related("by"),
    }
