"""Everything taken out: an administrator's page, and the file once a worker has written it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from evaluation.actions.taking_out import agree_to_everything, ask_for_everything, fetch_everything
from evaluation.errors import EvaluationError
from evaluation.forms.taking_out import TakeOutForm
from evaluation.models import TakeOut
from evaluation.taking_out.tables import LEFT_OUT, TAKEN_OUT
from training.people.access import requires, user_of
from training.people.navigation import people_tabs
from training.people.permissions import Permission

MAY = Permission.MANAGE_PARTNERSHIP
SHOWN = 20


@requires(MAY)
@require_http_methods(["GET", "POST"])
def take_outs(request: HttpRequest) -> HttpResponse:
    form, user, now = TakeOutForm(request.POST or None), user_of(request), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_for_everything(reason=form.cleaned_data["reason"], by=user, now=now)
        except EvaluationError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, f"Asked for: {made.get_state_display().lower()}.")
            return redirect("evaluation:take-outs")
    rows = TakeOut.objects.select_related("asked_by", "agreed_by").prefetch_related("steps__by")[:SHOWN]
    context = {
        "form": form,
        "rows": rows,
        "tables": len(TAKEN_OUT),
        "left_out": sorted(set(LEFT_OUT.values())),
        "tabs": people_tabs(request),
        "now": now,
        "reader": user.person,
    }
    return render(request, "evaluation/take_outs.html", context)


@requires(MAY)
@require_POST
def take_out_agree(request: HttpRequest, reference: str) -> HttpResponse:
    return _answer(request, reference, is_agreed=True, sentence="Agreed. A worker writes the file.")


@requires(MAY)
@require_POST
def take_out_refuse(request: HttpRequest, reference: str) -> HttpResponse:
    return _answer(request, reference, is_agreed=False, sentence="Not agreed: nothing leaves.")


def _answer(request: HttpRequest, reference: str, *, is_agreed: bool, sentence: str) -> HttpResponse:
    held, by = get_object_or_404(TakeOut, reference=reference), user_of(request)
    _tried(
        request,
        lambda: agree_to_everything(take_out=held, is_agreed=is_agreed, by=by, now=timezone.now()),
        sentence,
    )
    return redirect("evaluation:take-outs")


def _tried(request: HttpRequest, action: Callable[[], object], sentence: str) -> None:
    try:
        action()
    except EvaluationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, sentence)


@requires(MAY)
@require_POST
def take_out_fetch(request: HttpRequest, reference: str) -> HttpResponseBase:
    """By a button, since it is written down who fetched it."""
    held = get_object_or_404(TakeOut, reference=reference)
    try:
        pieces = fetch_everything(take_out=held, by=user_of(request), now=timezone.now())
    except EvaluationError as error:
        messages.error(request, str(error))
        return redirect("evaluation:take-outs")
    response = StreamingHttpResponse(pieces(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="Muster-{held.asked_at:%Y-%m-%d}-{held.reference}.zip"'
    response["Content-Length"] = str(held.size_bytes)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
