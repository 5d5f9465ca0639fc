"""Something happened: the trainer's page at the door, and the coordinator's list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.actions.incidents import close_incident, may_close, report_incident
from bookings.duty import duty_people
from bookings.errors import BookingsError
from bookings.forms.incidents import CloseForm, IncidentForm
from bookings.models import Incident
from bookings.models.incident import What
from bookings.registers.incident_words import advice
from bookings.views.register_rows import kept_until, lean_sitting_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.when import london_day


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_happened(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Opened, it says what to do and whom to ring; its form reports."""
    user, now = user_of(request), timezone.now()
    sitting = lean_sitting_or_404(user, reference, number)
    session = sitting.session
    form = IncidentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report_incident(
                session=session, what=What(data["what"]), by=user, now=now, uuid=data["submission"],
                at_time=data["at_time"], told=data["told"], done=data["done"],
            )  # fmt: skip
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The training team has been told. Ring if it cannot wait.")
            return redirect(sitting.url())
    context = {"form": form, "sitting": sitting, "session": session, "event": session.event, "advice": advice()}
    context |= {"duty": duty_people(session.event, london_day(now)), "keep_until": kept_until(session, now)}
    return render(request, "bookings/register_happened.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    rows = Incident.objects.visible_to(user_of(request)).select_related("session__event__version", "by")
    context = {"open": rows.open(), "closed": rows.filter(closed_at__isnull=False)[:50]}
    return render(request, "bookings/incidents.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _visible_or_404(request, reference), CloseForm())


@requires(Permission.OWN_RECORD)
@require_POST
def incident_close(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _visible_or_404(request, reference), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    outcome = form.cleaned_data["outcome"]
    try:
        close_incident(incident=found, outcome=outcome, by=user_of(request), now=timezone.now())
    except BookingsError as error:
        form.add_error(None, str(error))
        return _page(request, found, form)
    messages.success(request, "Closed.")
    return redirect("bookings:incident", reference=found.reference)


def _visible_or_404(request: HttpRequest, reference: str) -> Incident:
    rows = Incident.objects.visible_to(user_of(request)).select_related("session__event__version", "by", "closed_by")
    return get_object_or_404(rows, reference=reference)


def _page(request: HttpRequest, found: Incident, form: CloseForm) -> HttpResponse:
    context = {"incident": found, "form": form, "may_close": may_close(found, user_of(request))}
    return render(request, "bookings/incident.html", context)
