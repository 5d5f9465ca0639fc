"""The list of organisations, kept by coordinators."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.people.access import requires, user_of
from training.people.actions.agencies import replace_agency, save_agency
from training.people.actions.headcounts import record_headcount
from training.people.audit_trail import former_names
from training.people.errors import PeopleError
from training.people.finding import find_agencies, tidy_search
from training.people.forms.agencies import AgencyForm
from training.people.forms.headcounts import HeadcountForm
from training.people.models import Agency, Employment, Partnership, RoleGrant, Sector
from training.people.navigation import people_tabs
from training.people.permissions import Permission, Role
from training.people.refusals import show_refusal
from training.people.tables import agencies_table, headcounts_table
from training.people.views.rows import agency_or_404
from training.web.pages import paginate


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    text, sector = tidy_search(request.GET.get("q", "")), request.GET.get("sector", "")
    is_closed = request.GET.get("closed") == "1"
    closed = Q(standing=Agency.Standing.CLOSED)
    rows = Agency.objects.filter(closed if is_closed else ~closed).select_related("group")
    if sector in Sector.values:
        rows = rows.filter(sector=sector)
    today = timezone.localdate()
    here = Q(employments__period__contains=today) & ~Q(employments__standing=Employment.Standing.REFUSED)
    found = find_agencies(rows, text).annotate(people=Count("employments", filter=here))
    page = paginate(request, found)
    context = {"page": page, "table": agencies_table(page), "q": text, "sector": sector, "sectors": Sector.choices}
    context |= {"tabs": people_tabs(request), "is_closed": is_closed}
    return render(request, "people/agencies.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_add(request: HttpRequest) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, Agency())):
        messages.success(request, f"{saved}: added.")
        return redirect("people:agencies")
    return render(request, "people/agency_add.html", {"form": form})


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_edit(request: HttpRequest, reference: str) -> HttpResponse:
    agency = agency_or_404(reference)
    form = AgencyForm(request.POST or None, initial=AgencyForm.initial_of(agency))
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, agency)):
        messages.success(request, f"{saved}: saved.")
        return redirect("people:agencies")
    held = agency_or_404(reference)
    return render(request, "people/agency_edit.html", {"form": form, **_shown(held)})


def _shown(held: Agency, headcount_form: HeadcountForm | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    leads = RoleGrant.objects.filter(agency=held, role=Role.AGENCY_LEAD).on(today)
    return {
        "agency": held,
        "former_names": former_names(held),
        "leads": leads.select_related("person").order_by("person__name"),
        "headcounts": headcounts_table(held.headcounts.all()),
        "headcount_form": headcount_form
        or HeadcountForm(initial={"year": Partnership.objects.get().year_start(today).year}),
    }


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def agency_headcount(request: HttpRequest, reference: str) -> HttpResponse:
    """How many work there, as the organisation says once a year."""
    held, form = agency_or_404(reference), HeadcountForm(request.POST)
    if form.is_valid():
        try:
            record_headcount(agency=held, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except PeopleError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{held}: how many work there is kept.")
            return redirect("people:agency-edit", held.reference)
    context = {"form": AgencyForm(initial=AgencyForm.initial_of(held)), **_shown(held, form)}
    return render(request, "people/agency_edit.html", context)


def _save(request: HttpRequest, form: AgencyForm, agency: Agency) -> Agency | None:
    """The organisation saved; None when it was refused, with the sentence on the form."""
    try:
        return save_agency(
            agency=form.apply_to(agency),
            revision=form.cleaned_data["revision"],
            new_group=form.cleaned_data["new_group"],
            by=user_of(request),
        )
    except PeopleError as error:
        show_refusal(form, error)
        return None


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_replace(request: HttpRequest, reference: str) -> HttpResponse:
    """What somebody typed is an organisation we know: which one?"""
    provisional, text = agency_or_404(reference), tidy_search(request.GET.get("q", ""))
    if request.method == "POST":
        known = agency_or_404(request.POST.get("known", ""))
        try:
            replace_agency(provisional=provisional, known=known, by=user_of(request), now=timezone.now())
        except PeopleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"“{provisional}” is {known}. Its people have been moved there.")
        return redirect("people:to-settle")
    others = Agency.objects.settled().exclude(pk=provisional.pk).select_related("group")
    found = find_agencies(others, text or provisional.name)[:20]
    return render(request, "people/agency_replace.html", {"agency": provisional, "others": found, "q": text})
