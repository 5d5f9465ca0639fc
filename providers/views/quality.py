"""Complaints and observations of teaching: what was recorded, and what came of it."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from providers.actions.quality import decide_complaint, record_complaint, record_observation
from providers.errors import ProvidersError
from providers.forms.quality import ComplaintForm, DecideComplaintForm, ObservationForm
from providers.models import Complaint, Observation
from providers.quality_words import complaints_table, observations_table
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.pages import paginate

MANAGE = Permission.MANAGE_CONTRACTS


@requires(Permission.SEE_PROVIDERS)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    manages = user_of(request).may(MANAGE)
    complaints = Complaint.objects.select_related("provider", "event__version")
    is_open = complaints.filter(standing=Complaint.Standing.OPEN)
    page = paginate(request, complaints.exclude(standing=Complaint.Standing.OPEN))
    seen = Observation.objects.select_related("provider", "event__version")
    context = {
        "open": complaints_table("Open complaints", is_open, may_decide=manages),
        "page": page,
        "decided": complaints_table("Decided complaints", page, may_decide=False),
        "observations": observations_table(seen[:50]),
        "manages": manages,
    }
    return render(request, "providers/quality.html", context)


@requires(MANAGE)
@require_http_methods(["GET", "POST"])
def complaint_add(request: HttpRequest) -> HttpResponse:
    by, now = user_of(request), timezone.now()
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _saved(request, form, lambda: record_complaint(**data, by=by, now=now), "The complaint is recorded."):
            return redirect("providers:quality")
    return render(request, "providers/complaint_add.html", {"form": form})


@requires(MANAGE)
@require_http_methods(["GET", "POST"])
def complaint_decide(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = get_object_or_404(Complaint.objects.select_related("provider"), reference=reference.upper())
    by, now = user_of(request), timezone.now()
    form = DecideComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _saved(request, form, lambda: decide_complaint(complaint=complaint, **data, by=by, now=now), "Saved."):
            return redirect("providers:quality")
    return render(request, "providers/complaint_decide.html", {"form": form, "complaint": complaint})


@requires(MANAGE)
@require_http_methods(["GET", "POST"])
def observation_add(request: HttpRequest) -> HttpResponse:
    by, now = user_of(request), timezone.now()
    form = ObservationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if _saved(request, form, lambda: record_observation(**data, by=by, now=now), "The observation is recorded."):
            return redirect("providers:quality")
    return render(request, "providers/observation_add.html", {"form": form})


def _saved(request: HttpRequest, form: Form, action: Callable[[], object], said: str) -> bool:
    """Whether it was done; a refusal is on the form."""
    try:
        action()
    except ProvidersError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True
