"""Who holds which role: given and taken away by administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.people.access import requires, user_of
from training.people.actions.roles import end_role, grant_role, may_grant
from training.people.actions.second_factor import reset_second_factor
from training.people.errors import PeopleError
from training.people.forms.roles import ReasonForm, RoleEndForm, RoleGrantForm
from training.people.models import Person, RoleGrant, User
from training.people.navigation import people_tabs
from training.people.permissions import Permission, Role
from training.people.refusals import show_refusal
from training.people.tables import roles_table
from training.people.views.rows import person_or_404
from training.web.pages import paginate


@requires(Permission.GRANT_ROLES)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """All roles held today or from a later day on."""
    role = request.GET.get("role", "")
    seen = Person.objects.visible_to(user_of(request))
    rows = RoleGrant.objects.filter(person__in=seen).not_over(timezone.localdate())
    if role in Role.values:
        rows = rows.filter(role=role)
    rows = rows.select_related("person", "agency", "granted_by").order_by("role", Lower("person__name"), "pk")
    page = paginate(request, rows)
    context = {"page": page, "table": roles_table(page), "role": role, "roles": Role.choices}
    return render(request, "people/roles.html", {**context, "tabs": people_tabs(request)})


@requires(Permission.APPOINT_LEADS)
@require_http_methods(["GET", "POST"])
def role_grant(request: HttpRequest, reference: str) -> HttpResponse:
    user = user_of(request)
    person = person_or_404(user, reference)
    form = RoleGrantForm(request.POST or None, roles=[role for role in Role if may_grant(user, role)])
    if request.method == "POST" and form.is_valid():
        try:
            grant = grant_role(
                person=person,
                by=user,
                now=timezone.now(),
                **{**form.cleaned_data, "role": Role(form.cleaned_data["role"])},
            )
        except PeopleError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{person} is {grant.get_role_display()} from {grant.first_day:%-d %B %Y}.")
            return redirect("people:person", person.reference)
    return render(request, "people/role_grant.html", {"form": form, "person": person})


@requires(Permission.APPOINT_LEADS)
@require_POST
def role_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a role away from today on. A second click finds it ended and changes nothing."""
    user, form = user_of(request), RoleEndForm(request.POST)
    if (named := request.POST.get("role", "")) in Role.values and not may_grant(user, Role(named)):
        raise PermissionDenied
    person = person_or_404(user, reference)
    if not form.is_valid():
        raise Http404
    held = person.role_grants.filter(role=form.cleaned_data["role"], period__startswith=form.cleaned_data["since"])
    grant = held.filter(agency__reference=form.cleaned_data["agency"] or None).first()
    try:
        if grant is not None:
            end_role(grant=grant, by=user, today=timezone.localdate())
        messages.success(request, f"{person} no longer holds that role.")
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("people:person", person.reference)


@requires(Permission.GRANT_ROLES)
@require_http_methods(["GET", "POST"])
def person_reset_second_factor(request: HttpRequest, reference: str) -> HttpResponse:
    """For somebody who has lost their phone: their second step goes, and they are told."""
    user = user_of(request)
    person = person_or_404(user, reference)
    login = get_object_or_404(User, person=person)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reset = reset_second_factor(user=login, by=user, now=timezone.now(), reason=form.cleaned_data["reason"])
        except PeopleError as error:
            show_refusal(form, error)
        else:
            done = "can sign in without their second step now" if reset else "had no second step to take away"
            messages.success(request, f"{person} {done}.")
            return redirect("people:person", person.reference)
    return render(request, "people/person_reset_second_factor.html", {"form": form, "person": person})
