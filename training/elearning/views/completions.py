"""Rows of the platform's list that nobody is known for: whose are they?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.elearning.actions import set_completion_aside, settle_completion
from training.elearning.forms import WhoseForm
from training.elearning.models import Completion
from training.elearning.tables import completions_table
from training.people.access import requires, user_of
from training.people.finding import find_persons
from training.people.models import Person
from training.people.permissions import Permission
from training.web.pages import paginate

LIKELY = 5


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def completions(request: HttpRequest) -> HttpResponse:
    page = paginate(request, Completion.objects.to_settle().select_related("version").order_by("name", "pk"))
    return render(request, "elearning/completions.html", {"page": page, "table": completions_table(page)})


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def completion(request: HttpRequest, reference: str) -> HttpResponse:
    """Whose it is, or nobody's. People of a like name are offered; anybody else goes by their reference."""
    user = user_of(request)
    row = get_object_or_404(Completion.objects.select_related("version", "person"), reference=reference.upper())
    if request.method == "POST" and "aside" in request.POST:
        set_completion_aside(completion=row, by=user)
        messages.success(request, f"{row.name} is set aside.")
        return redirect("elearning:completions")
    form = WhoseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["reference"]
        settle_completion(completion=row, person=person, by=user, now=timezone.now())
        messages.success(request, f"{row.version} is in the record of {person}.")
        return redirect("elearning:completions")
    likely = find_persons(Person.objects.visible_to(user).present(), row.name)[:LIKELY]
    return render(request, "elearning/completion.html", {"completion": row, "form": form, "likely": likely})
