"""Adding somebody by hand, and closing or opening an organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.people.access import requires, user_of
from training.people.actions.adding import add_person, alike
from training.people.actions.closing import close_agency, reopen_agency
from training.people.errors import PeopleError
from training.people.forms.adding import AgencyCloseForm, AgencyReopenForm, PersonAddForm
from training.people.models import Agency
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.people.views.rows import agency_or_404
from training.web.words import count


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Who may be the same is shown first; it is saved when the coordinator has seen just those."""
    form, found = PersonAddForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        found = alike(name=typed["name"], email=typed["email"], agency=typed["agency"])
        seen = ",".join(sorted(likeness.person.reference for likeness in found))
        if seen == typed["seen"]:
            try:
                person = add_person(by=user_of(request), now=timezone.now(), **form.details)
            except PeopleError as error:
                show_refusal(form, error)
            else:
                messages.success(request, f"{person}: added.")
                return redirect("people:person", person.reference)
        changed = request.POST.copy()
        changed["seen"] = seen
        form.data = changed
    return render(request, "people/person_add.html", {"form": form, "found": found})


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_close(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens to its people is said first; another may take them over."""
    agency, form = agency_or_404(reference), AgencyCloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = close_agency(agency=agency, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except PeopleError as error:
            show_refusal(form, error, "successor" if form.cleaned_data["successor"] else None)
        else:
            went = f" {count(moved, 'person', 'people')} moved to {form.cleaned_data['successor']}." if moved else ""
            messages.success(request, f"{agency} is closed.{went}")
            return redirect("people:agency-edit", agency.reference)
    here = agency.employments.not_refused().not_over(timezone.localdate())
    context = {"form": form, "agency": agency, "people": here.values("person_id").distinct().count()}
    return render(request, "people/agency_close.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def agency_reopen(request: HttpRequest, reference: str) -> HttpResponse:
    agency, form = agency_or_404(reference), AgencyReopenForm(request.POST or None)
    if agency.standing != Agency.Standing.CLOSED:
        return redirect("people:agency-edit", agency.reference)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_agency(agency=agency, by=user_of(request), **form.cleaned_data)
        except PeopleError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{agency} is open again.")
            return redirect("people:agency-edit", agency.reference)
    return render(request, "people/agency_reopen.html", {"form": form, "agency": agency})
