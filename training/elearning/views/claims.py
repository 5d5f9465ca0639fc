"""“I did it elsewhere”: saying so, and answering it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.elearning.actions import claim_elsewhere, settle_claim
from training.elearning.errors import ElearningError
from training.elearning.forms import ClaimAnswerForm, ElsewhereForm
from training.elearning.models import ElsewhereClaim
from training.elearning.tables import claims_table
from training.people.access import requires, user_of
from training.people.navigation import agency_tabs
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.downloads import uploaded_file
from training.web.pages import paginate


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest) -> HttpResponse:
    own_person(request)
    form = ElsewhereForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_elsewhere(by=user_of(request), now=timezone.now(), **form.facts)
        except ElearningError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "We have it. Your training lead or the training team confirms it.")
            return redirect("bookings:own-time")
    return render(request, "elearning/elsewhere.html", {"form": form})


@requires(Permission.OWN_RECORD)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Those that this user may answer: for whoever is neither lead nor coordinator there are none."""
    rows = ElsewhereClaim.objects.to_settle_by(user_of(request)).open().defer("proof")
    page = paginate(request, rows.select_related("person", "version").order_by("made_at", "pk"))
    tabs = agency_tabs(request) if user_of(request).may(Permission.SEE_AGENCY_PEOPLE) else []
    return render(request, "elearning/claims.html", {"page": page, "table": claims_table(page), "tabs": tabs})


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    user, form = user_of(request), ClaimAnswerForm(request.POST or None)
    found = _claim_or_404(request, reference)
    if request.method == "POST" and form.is_valid():
        try:
            settled = settle_claim(claim=found, by=user, now=timezone.now(), **form.cleaned_data)
        except ElearningError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{settled.person}: {settled.get_outcome_display().lower()}.")
            return redirect("elearning:claims")
    may_answer = found.outcome == "" and found.person_id != user.person_id
    return render(request, "elearning/claim.html", {"claim": found, "form": form, "may_answer": may_answer})


@requires(Permission.OWN_RECORD)
@require_safe
def claim_proof(request: HttpRequest, reference: str) -> HttpResponse:
    found = _claim_or_404(request, reference)
    if not found.proof:
        raise Http404
    stem, _, extension = found.proof_name.rpartition(".")
    ending = "".join(filter(str.isalnum, extension))[:5] or "file"
    return uploaded_file(bytes(found.proof), "application/octet-stream", stem, ending)


def _claim_or_404(request: HttpRequest, reference: str) -> ElsewhereClaim:
    rows = ElsewhereClaim.objects.visible_to(user_of(request)).select_related("person", "version", "settled_by")
    return get_object_or_404(rows, reference=reference.upper())
