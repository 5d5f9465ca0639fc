"""What is expected of providers: now, before and from when on; set by a coordinator or the PDL subgroup."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from providers.actions.targets import may_set_targets, set_target
from providers.errors import ProvidersError
from providers.forms.targets import TargetForm
from providers.models import KpiTarget
from providers.target_words import history_table, targets_table
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.SEE_PROVIDERS)
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    rows = list(KpiTarget.objects.select_related("decision__meeting__body", "set_by"))
    may_set = may_set_targets(user_of(request))
    table = targets_table(rows, timezone.localdate(), may_set=may_set)
    context = {"table": table, "history": history_table(rows), "may_set": may_set}
    return render(request, "providers/targets.html", context)


@requires(Permission.SEE_PROVIDERS)
@require_http_methods(["GET", "POST"])
def target_set(request: HttpRequest, measure: str) -> HttpResponse:
    if measure not in KpiTarget.Measure.values:
        raise Http404
    user = user_of(request)
    if not may_set_targets(user):
        raise PermissionDenied
    form = TargetForm(measure, request.POST if request.method == "POST" else None)
    label = KpiTarget.Measure(measure).label
    if request.method == "POST" and form.is_valid():
        try:
            set_target(text=form.text, by=user, now=timezone.now())
        except ProvidersError as error:
            form.add_error("in_force_from", str(error))
        else:
            messages.success(request, f"{label}: saved. Reports of quarters before stay as they are.")
            return redirect("providers:targets")
    return render(request, "providers/target_set.html", {"form": form, "label": label})
