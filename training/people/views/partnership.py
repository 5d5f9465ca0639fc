"""What the partnership is called and goes by, kept by administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from training.people.access import requires, user_of
from training.people.actions.partnership import change_partnership
from training.people.audit_trail import history_of_partnership
from training.people.errors import PeopleError
from training.people.forms.partnership import PartnershipForm
from training.people.models import Partnership
from training.people.navigation import people_tabs
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.web.components import Step
from training.web.pages import paginate
from training.web.words import clock, day


@requires(Permission.MANAGE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def partnership(request: HttpRequest) -> HttpResponse:
    held, user = get_object_or_404(Partnership), user_of(request)
    form, kept = PartnershipForm(request.POST or None, initial=PartnershipForm.initial_of(held)), []
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            change_partnership(particulars=form.particulars, revision=typed["revision"], by=user)
        except PeopleError as error:
            kept = form.kept_otherwise(get_object_or_404(Partnership))
            show_refusal(form, error)
        else:
            messages.success(request, "Saved. It counts from now on.")
            return redirect("people:partnership")
    context = {"form": form, "kept": kept, "tabs": people_tabs(request), "sees_audit": user.may(Permission.SEE_AUDIT)}
    return render(request, "people/partnership.html", context)


@requires(Permission.SEE_AUDIT)
@require_safe
def partnership_history(request: HttpRequest) -> HttpResponse:
    """Every change since changes have been kept, and who made it."""
    page = paginate(request, history_of_partnership(), per_page=50)
    steps = [Step(change.what, f"{day(change.at)}, {clock(change.at)}", change.who, change.values) for change in page]
    return render(request, "people/partnership_history.html", {"page": page, "steps": steps})
