"""Single-agency training: a lead files it by quarter; the training team sees who has not."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.people.access import requires, user_of
from training.people.models import Agency, Partnership
from training.people.navigation import agency_tabs
from training.people.permissions import Permission
from training.record.filing import FilingError, asked_to_file, file_return, quarters_to_file, returns_of
from training.record.filing_forms import ReturnForm
from training.record.filing_words import own_table, team_table
from training.web.periods import Period

LEADS = Permission.SEE_AGENCY_PEOPLE


@requires(LEADS)
@require_safe
def agency_returns(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    led = Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name")
    context = {"tabs": agency_tabs(request), "table": own_table(returns_of(user, led, _quarters()))}
    return render(request, "record/agency_returns.html", context)


@requires(LEADS)
@require_http_methods(["GET", "POST"])
def agency_return(request: HttpRequest, reference: str, quarter: str) -> HttpResponse:
    user = user_of(request)
    agency = Agency.objects.filter(pk__in=user.led_agency_ids, reference=reference.upper()).first()
    period = next((one for one in _quarters() if one.key == quarter), None)
    if agency is None or period is None:
        raise Http404
    held = returns_of(user, [agency], [period])[0].filed
    form = ReturnForm(request.POST if request.method == "POST" else None, initial=ReturnForm.initial_of(held))
    if request.method == "POST" and form.is_valid() and _filed(request, form, agency, period):
        return redirect("record:agency-returns")
    context = {"form": form, "agency": agency, "period": period, "held": held}
    return render(request, "record/agency_return.html", context)


def _filed(request: HttpRequest, form: ReturnForm, agency: Agency, period: Period) -> bool:
    """Whether it was; a refusal is on the form."""
    user, now, source = user_of(request), timezone.now(), form.cleaned_data["source"]
    try:
        file_return(agency=agency, quarter=period, lines=form.lines, source=source, by=user, now=now)
    except FilingError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"{agency}, {period.title}: filed. You can correct it here.")
    return True


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """`?quarter=2026-Q2`; the last one that is over for nonsense. Whoever has not filed comes first."""
    quarters = _quarters()
    period = next((one for one in quarters if one.key == request.GET.get("quarter")), quarters[0])
    rows = returns_of(user_of(request), asked_to_file(timezone.localdate()), [period])
    filed = sum(1 for one in rows if one.filed)
    context = {"table": team_table(rows), "filed": filed, "asked": len(rows), "period": period, "quarters": quarters}
    return render(request, "record/returns.html", context)


def _quarters() -> list[Period]:
    return quarters_to_file(timezone.localdate(), Partnership.objects.get().financial_year_starts_month)
