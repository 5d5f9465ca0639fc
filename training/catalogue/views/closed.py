"""The page of a date that says which organisations it is for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.closed import close_for
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.closed import ClosedForm
from training.catalogue.models import Course, Event
from training.catalogue.views.rows import event_or_404
from training.catalogue.words import closed_for_words
from training.people.access import requires, user_of
from training.people.models import Agency
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def date_organisations(request: HttpRequest, reference: str) -> HttpResponse:
    """Only of a course that is a session for one organisation."""
    event = event_or_404(request, reference)
    if event.version.course.kind != Course.Kind.CLOSED:
        raise Http404
    named = list(Agency.objects.filter(pk__in=event.closed_for.values("agency")).order_by("name"))
    initial = {
        "kept": [agency.reference for agency in named],
        "revision": event.revision,
        "seen": as_seen(closed_for_words(event)),
    }
    form = ClosedForm(request.POST or None, initial=initial, named=named)
    if request.method == "POST" and form.is_valid() and _save(request, event, form):
        return redirect("desk:date", event.reference)
    return render(request, "catalogue/desk/date_organisations.html", {"event": event, "form": form})


def _save(request: HttpRequest, event: Event, form: ClosedForm) -> bool:
    revision = form.cleaned_data["revision"]
    try:
        close_for(event=event, agencies=form.agencies, revision=revision, by=user_of(request))
    except CatalogueError as error:
        show_refusal(form, error, closed_for_words(event))
        return False
    messages.success(request, f"{event}: saved. Only people of these organisations see this date and can book it.")
    return True
