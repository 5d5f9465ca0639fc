"""Everybody's records, for coordinators and administrators."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.outbox.models import Message
from training.people.access import requires, user_of
from training.people.actions.employments import end_employment
from training.people.actions.persons import correct_details
from training.people.audit_trail import history_of
from training.people.errors import PeopleError
from training.people.finding import find_persons, tidy_search
from training.people.forms.persons import CorrectForm
from training.people.forms.work import LeavingForm
from training.people.models import Employment, IdentityClaim, Person, User
from training.people.models.person import log_view
from training.people.navigation import people_tabs
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.people.tables import history_table, persons_table
from training.people.views.rows import employment_or_404, person_or_404
from training.people.visibility import messages_to, messages_visible_to
from training.web.pages import paginate


@requires(Permission.SEE_ALL_PEOPLE)
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    text = tidy_search(request.GET.get("q", ""))
    now_at = Employment.objects.not_refused().not_over(timezone.localdate()).select_related("agency")
    rows = Person.objects.visible_to(user_of(request)).present().select_related("user")
    found = find_persons(rows, text).prefetch_related(Prefetch("employments", now_at, to_attr="workplaces"))
    page = paginate(request, found)
    context = {"page": page, "table": persons_table(page), "q": text, "tabs": people_tabs(request)}
    context["may_manage"] = user_of(request).may(Permission.MANAGE_PEOPLE)
    return render(request, "people/persons.html", context)


@requires(Permission.SEE_ALL_PEOPLE)
@require_safe
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """One record; a look at it is logged. A record that was joined to another is a signpost to that one."""
    user = user_of(request)
    found = person_or_404(user, reference)
    if found.merged_into is not None:
        return redirect("people:person", found.merged_into.reference)
    log_view(found, by=user, page="people:person", now=timezone.now())
    return render(request, "people/person.html", person_context(found, user))


def person_context(person: Person, user: User) -> dict[str, Any]:
    claims = IdentityClaim.objects.visible_to(user).select_related("newcomer", "known", "settled_by")
    sent = Message.objects.filter(messages_visible_to(user)).filter(messages_to(person))
    return {
        "person": person,
        "login": User.objects.filter(person=person).first(),
        "employments": person.employments.select_related("agency", "settled_by").order_by("-period"),
        "grants": person.role_grants.select_related("agency", "granted_by").order_by("-period"),
        "claims": (claims.filter(newcomer=person) | claims.filter(known=person)).order_by("-made_at"),
        "messages_sent": sent.defer("text", "html", "calendar").order_by("-created_at", "-pk")[:10],
        "joined": person.merged_from.order_by("name"),
        "looks": person.views.select_related("viewer").order_by("-at")[:10],
        "today": timezone.localdate(),
        "may_manage": user.may(Permission.MANAGE_PEOPLE),
        "may_grant": user.may(Permission.GRANT_ROLES) and user.person_id != person.pk,
        "may_appoint": user.may(Permission.APPOINT_LEADS) and user.person_id != person.pk,
        "may_see_audit": user.may(Permission.SEE_AUDIT),
    }


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_correct(request: HttpRequest, reference: str) -> HttpResponse:
    user = user_of(request)
    found = person_or_404(user, reference)
    form = CorrectForm(request.POST or None, initial=CorrectForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            correct_details(person=found, by=user, **form.cleaned_data)
        except PeopleError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']}: saved.")
            return redirect("people:person", found.reference)
    return render(request, "people/person_correct.html", {"form": form, "person": found})


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_leaving(request: HttpRequest, reference: str, agency: str) -> HttpResponse:
    user = user_of(request)
    employment = employment_or_404(user, reference, agency)
    form = LeavingForm(request.POST or None, initial={"last_day": employment.last_day})
    if request.method == "POST" and form.is_valid():
        try:
            end_employment(employment=employment, last_day=form.day, by=user, today=timezone.localdate())
        except PeopleError as error:
            show_refusal(form, error, "last_day")
        else:
            messages.success(request, f"Last day at {employment.agency}: {form.day:%-d %B %Y}.")
            return redirect("people:person", employment.person.reference)
    return render(request, "people/person_leaving.html", {"form": form, "employment": employment})


@requires(Permission.SEE_AUDIT)
@require_safe
def person_history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every change the database has seen to this person's record, workplaces and roles."""
    user = user_of(request)
    found = person_or_404(user, reference)
    log_view(found, by=user, page="people:person-history", now=timezone.now())
    page = paginate(request, history_of(found), per_page=50)
    context = {"person": found, "page": page, "table": history_table(page)}
    return render(request, "people/person_history.html", context)
